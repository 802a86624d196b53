"""What an edition says: the fields a reader sees, and the one contract of their bytes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosures.catalogue.words import Audience
from portal.ledger.acts import Refused
from portal.ledger.history import Recorded
from portal.ledger.moments import today
from portal.organisation.models import Authority
from portal.text.canonical import date_bytes, digest, json_bytes, text_bytes
from portal.text.html import RULE, obeys_rule, plain_text, sanitise
from portal.text.reader import listed

CONTENT_SCHEMA = 1
BODY_LIMIT = 500_000
MOST_TOLD = 5  # faults of a table that are told one by one


class EditionText(Recorded):
    """The content of an edition: metadata of the disclosure catalogue, body, audience."""

    class Language(models.TextChoices):
        HANS = "zh-Hans", _("简体中文")
        HANT = "zh-Hant", _("繁体中文")
        ENGLISH = "en", _("英文")

    class Genre(models.TextChoices):
        NOTICE = "notice", _("通知")
        ANNOUNCEMENT = "announcement", _("公告")
        PUBLICITY = "publicity", _("公示")
        MEASURE = "measure", _("办法")
        REPORT = "report", _("报告")
        PLAN = "plan", _("方案")
        MINUTES = "minutes", _("会议纪要")
        OTHER = "other", _("其他")

    title = models.CharField(_("标题"), max_length=200)
    summary = models.CharField(_("内容概述"), max_length=200, blank=True)
    body = models.TextField(_("正文"), blank=True)
    rule = models.PositiveSmallIntegerField(default=RULE, editable=False)
    language = models.CharField(
        _("文本语言"), max_length=10, choices=Language.choices, default=Language.HANS
    )
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    written_on = models.DateField(_("成文日期"), default=today)
    genre = models.CharField(_("体裁"), max_length=12, choices=Genre.choices, default=Genre.NOTICE)
    keywords = models.CharField(_("关键词"), max_length=120, blank=True)
    source = models.CharField(_("信息来源"), max_length=120, blank=True)
    audiences = models.JSONField(_("公开范围"), default=list)
    named_authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("特定人员"),
        related_name="+",
    )
    inner_reason = models.CharField(_("不对社会公开的理由"), max_length=200, blank=True)
    closes_on = models.DateField(_("公开至"), null=True, blank=True)
    sheet = models.ForeignKey(
        "disclosures.Sheet",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("数据表"),
        related_name="+",
    )
    change_note = models.CharField(_("更正说明"), max_length=300, blank=True)
    is_cleared = models.BooleanField(_("已作保密审查，不涉密"), default=False)
    content_schema = models.PositiveSmallIntegerField(default=CONTENT_SCHEMA, editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """The body is cleaned wherever it comes from; a sealed one stays as it was sealed."""
        if not self.is_sealed:
            self.body, self.rule = sanitise(self.body), RULE
        super().save(*args, **kwargs)

    @classmethod
    def content_fields(cls):
        """The names of the fields a person writes; everything else follows from acts."""
        return [field.name for field in EditionText._meta.get_fields() if field.editable]

    def write(self, content):
        """Take over new content (field name → value), refusing what no text can say."""
        if strange := set(content) - set(self.content_fields()):
            raise TypeError(f"Not part of the text: {', '.join(sorted(strange))}")
        for name, value in content.items():
            setattr(self, name, value)
        if set(self.audiences) - set(Audience.values):
            raise Refused(_("公开范围里有系统不认识的对象，请重新选择公开范围。"))
        if self.sheet and self.sheet.disclosure_id != self.disclosure_id:
            raise Refused(_("数据表属于别的公开事项，不能放进这份文稿。"))
        self.audiences = [code for code in Audience.values if code in self.audiences]

    def parts(self):
        """The content as ordered (name, media type, bytes): the one contract of what it says.

        Fields first, then the table, files last. A table or file stands as the digest of what it
        says, a file with its title, so that the whole is computed without reading either.
        Source: docs/decisions/0007 and 0013.
        """
        for name in ("title", "summary", "document_number", "genre", "keywords", "source"):
            yield name, "text/plain", text_bytes(getattr(self, name))
        yield "language", "text/plain", text_bytes(self.language)
        yield "written_on", "text/plain", date_bytes(self.written_on)
        yield "audiences", "application/json", json_bytes(sorted(self.audiences))
        yield "named_authority", "application/json", json_bytes(self._named())
        yield "inner_reason", "text/plain", text_bytes(self.inner_reason)
        yield "closes_on", "text/plain", date_bytes(self.closes_on) if self.closes_on else b""
        yield "change_note", "text/plain", text_bytes(self.change_note)
        yield "body", "text/html", text_bytes(self.body)
        if self.sheet:
            yield self.sheet.part()
        if self.pk and not self._state.adding:
            for attachment in self.attachments.kept().select_related("served"):
                yield attachment.part()

    def content_digest(self):
        return self.digest or digest(self.parts(), schema=self.content_schema)

    @property
    def body_is_fit(self):
        """Whether the stored body may be shown as HTML under the rule in force."""
        return self.rule == RULE or obeys_rule(self.body)

    @property
    def body_as_text(self):
        return plain_text(self.body)

    @property
    def is_restricted(self):
        """Whether it is meant for named people alone."""
        return Audience.NAMED in self.audiences and Audience.PUBLIC not in self.audiences

    def audience_labels(self):
        return [Audience(code).label for code in self.audiences]

    def problems(self):
        """What still has to be done before this text may be reviewed, as sentences."""
        told = []
        if not self.title.strip():
            told.append(_("请填写标题。"))
        if not (self.body.strip() or self.sheet_id or self.attachments.kept().exists()):
            told.append(_("正文、数据表和附件不能都空着。"))
        told += self._audience_problems()
        told += self._table_problems()
        if not self.is_cleared:
            told.append(_("请先完成保密审查，并勾选“已作保密审查，不涉密”。"))
        if self.based_on_id and not self.change_note.strip():
            told.append(_("更正已公开的内容，请填写更正说明，它会与新版一同公开。"))
        if self.closes_on and self.closes_on < today():
            told.append(_("“公开至”的日期已经过去，请改为今天或以后。"))
        return [*told, *self._faults_in_table()]

    def _audience_problems(self):
        if not self.audiences:
            yield _("请选择公开范围。")
        elif Audience.PUBLIC not in self.audiences and not self.inner_reason.strip():
            yield _("不对社会公开的，请写明理由。")
        if Audience.NAMED in self.audiences:
            if not self.named_authority:
                yield _("公开范围选了“特定人员”，请选定是哪一职务的人员。")
            elif self.named_authority.school_id != self.disclosure.school_id:
                yield _("“特定人员”只能选本校的职务，请重新选定。")

    def _faults_in_table(self):
        """What does not hold in the table now: it may have been taken over, or time has passed."""
        if not self.sheet:
            return
        faults = self.sheet.as_kind.faults(self.sheet.table())
        for fault in faults[:MOST_TOLD]:
            place = _("第%(row)d行") % {"row": fault.row} if fault.row else ""
            said = {"place": f"{place} {fault.column}".strip(), "sentence": fault.sentence}
            yield _("数据表%(place)s：%(sentence)s") % said
        if len(faults) > MOST_TOLD:
            yield _("数据表还有%(count)d处要改。") % {"count": len(faults) - MOST_TOLD}

    def _table_problems(self):
        """A table about people may be meant for some alone, whatever the entry allows."""
        allowed = self.sheet.as_kind.audiences if self.sheet_id else ()
        if allowed and set(self.audiences) - set(allowed):
            told = {
                "table": self.sheet.as_kind.label,
                "allowed": listed(Audience(code).label for code in allowed),
            }
            yield _("“%(table)s”只能对%(allowed)s公开，请改公开范围，或取下数据表。") % told

    def _named(self):
        """The named readers in words that do not depend on the language of whoever asks."""
        if self.named_authority is None:
            return {}
        department = self.named_authority.department
        return {
            "office": self.named_authority.office,
            "department": department.slug if department else "",
        }
