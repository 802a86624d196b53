"""An edition of a disclosure, and the acts that carry it from draft to board and off it."""

from django.db import models
from django.db.models import Max, Q
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures import news, proof
from disclosures.kinds import kind_of
from disclosures.models.disclosure import Disclosure
from disclosures.models.leaving import EditionLeaving
from disclosures.models.life import SEALED, UNSEALED, Decision, State
from disclosures.models.moving import EditionQuerySet
from disclosures.models.register import Register
from disclosures.models.sheet import Sheet
from portal.ledger.acts import Facts, Refused, Stale
from portal.ledger.moments import local_day, now
from portal.text.reader import together


class Edition(EditionLeaving):
    """One version of the text of a disclosure. Published, it never changes again."""

    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, verbose_name=_("公开事项"), related_name="editions"
    )
    number = models.PositiveSmallIntegerField(_("版次"), default=1, editable=False)
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        verbose_name=_("依据版本"),
        related_name="+",
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(_("修改次数"), default=0, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开文稿")
        verbose_name_plural = pgettext_lazy("plural", "公开文稿")
        ordering = ["disclosure", "number"]
        indexes = [
            models.Index(fields=["state", "-edited_at"], name="edition_by_state"),
            # Hardly any: an index of all would look useless to SQLite's planner.
            models.Index(
                fields=["unconfirmed"],
                condition=Q(unconfirmed="emergency"),
                name="edition_unconfirmed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="edition_number"),
            models.UniqueConstraint(
                fields=["disclosure"],
                condition=Q(state__in=UNSEALED),
                name="edition_one_in_work",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SEALED, sealed_at__isnull=False) | ~Q(state__in=SEALED),
                name="edition_published_is_sealed",
            ),
        ]

    def facts(self):
        entry = self.disclosure.entry
        return Facts(
            title=self.title,
            school=self.disclosure.school.slug,
            subject_id=str(self.disclosure_id),
            category=entry.category_code,
            entry=entry.code,
        )

    @property
    def is_correction(self):
        return self.based_on_id is not None

    def edit(self, *, by, version, **content):
        """Change the text of a draft. `version` is the one the editor had before them."""
        with self.moving("edit", by=by, version=version) as record:
            # A form may have written on this object already: the row says what was there.
            record.digest_before = Edition.objects.get(pk=self.pk).content_digest()
            self.write(content)
            self.edited_by, self.edited_at = by, now()
            self.save()

    def tabulate(self, *, by, table, version=None):
        """Put a typed table in the place of the one before; None takes it off.

        Rows that were there before keep their ids, so that the next edition can be compared.
        """
        with self.moving("edit", by=by, version=version) as record:
            record.digest_before = Edition.objects.get(pk=self.pk).content_digest()
            if table is not None:
                table = self._sound(table)
            self.sheet = table and Sheet.objects.keep(self.disclosure, table)
            self.edited_by, self.edited_at = by, now()
            self.save()

    def roll_back(self, *, by, earlier, reason, version=None):
        """Take an earlier text back as the draft's new one; what is sealed stays as it is.

        `earlier` is a past state of this draft (a row of its history) or another edition of the
        same disclosure. Files stay, and so does the note on what another edition had changed.
        """
        if not reason.strip():
            raise Refused(_("取回旧稿请写明理由，同事要知道为什么改回去。"))
        if earlier.disclosure_id != self.disclosure_id:
            raise Refused(_("只能取回同一公开事项以前的文字。"))
        with self.moving("roll_back", by=by, reason=reason, version=version) as record:
            record.digest_before = Edition.objects.get(pk=self.pk).content_digest()
            self.write(self._words_of(earlier))
            self.edited_by, self.edited_at = by, now()
            self.save()
            if self.content_digest() == record.digest_before:
                raise Refused(_("这一稿和现在的文字相同，不用取回。"))

    def discard(self, *, by, reason="", version=None):
        """Give up a draft. It stays in the history; nothing of it was ever public."""
        with self.moving("discard", by=by, reason=reason, version=version):
            self.save()

    def submit(self, *, by, version=None):
        """Put the draft before the offices its catalogue entry names, in their order."""
        with self.moving("submit", by=by, version=version):
            if problems := self.problems():
                raise Refused(together(problems))
            self.reviews.lay_out(self)
            self.submitted_by, self.submitted_at = by, now()
            self.save()
            self.reviews.ask_next(self)

    def recall(self, *, by, reason="", version=None):
        """Take the text back to change it; every decision of the round is void."""
        with self.moving("recall", by=by, reason=reason, version=version):
            self.reviews.close_round(self)
            self.save()

    def approve(self, *, by, seen, opinion="", version=None):
        """Agree to the text whose digest the reviewer has `seen`; the next office is asked."""
        with self.moving("approve", by=by, reason=opinion, version=version):
            if seen != self.content_digest():
                raise Stale(_("文稿内容与您看到的不一致，请刷新后重新审核。"))
            self.open_review().decide(Decision.APPROVED, by=by, opinion=opinion, seen=seen)
            if self.open_review() is None:
                self.state = State.APPROVED
            self.save()
            self.reviews.ask_next(self)

    def send_back(self, *, by, opinion, version=None):
        """Return the text to its editors with an opinion; the remaining steps are void."""
        if not opinion.strip():
            raise Refused(_("退回时请写明意见，让起草人知道要改什么。"))
        with self.moving("send_back", by=by, reason=opinion, version=version):
            seen = self.content_digest()
            self.open_review().decide(Decision.SENT_BACK, by=by, opinion=opinion, seen=seen)
            self.reviews.close_round(self)
            self.save()
            news.sent_back(self, opinion)

    def publish(self, *, by, opens_at=None, version=None):
        """Seal the text and plan its releases, now or from a later moment."""
        with self.moving("publish", by=by, version=version):
            self._seal(by=by, opens_at=opens_at)
            proof.sealed(self, "correct" if self.based_on_id else "publish")
            news.published(self)

    def cancel(self, *, by, reason, version=None):
        """Undo a publication that has not begun; a first number stays burnt."""
        with self.moving("cancel", by=by, reason=reason, version=version):
            proof.ended(self, "cancel", reason=reason)
            self.releases.revoke(self)
            self.sealed_at = self.sealed_by = None
            self.digest = ""
            self.save()
            if not self.disclosure.editions.filter(sealed_at__isnull=False).exists():
                self.disclosure.burn_number()

    def emergency_publish(self, *, by, reason, version=None):
        """The principal puts an urgent text up at once, marked until a second person confirms."""
        if not reason.strip():
            raise Refused(_("紧急公开要写明理由。"))
        with self.moving("emergency_publish", by=by, reason=reason, version=version):
            if problems := self.problems():
                raise Refused(together(problems))
            self.reviews.close_round(self)
            self.unconfirmed, self.unconfirmed_by = self.Unconfirmed.EMERGENCY, by
            self._seal(by=by)
            proof.sealed(self, "emergency")
            news.unconfirmed(self)

    def confirm(self, *, by, reason="", version=None):
        """A second person agrees to an emergency publication or an emergency removal."""
        with self.moving("confirm", by=by, reason=reason, version=version):
            self.unconfirmed, self.unconfirmed_by = "", None
            self.save()
            proof.ended(self, "confirm", reason=reason)

    def correct(self, *, by, reason="", version=None):
        """Begin the next edition from this one; the published text itself stays as it is."""
        with self.moving("correct", by=by, reason=reason, version=version):
            last = self.disclosure.editions.aggregate(last=Max("number"))["last"]
            successor = Edition(disclosure=self.disclosure, number=last + 1, based_on=self)
            for name in self.content_fields():
                setattr(successor, name, getattr(self, name))
            successor.change_note = ""
            successor.drafted_by = successor.edited_by = by
            successor.save()
            self.attachments.copy(self, successor)
            self.save()
        return successor

    def _sound(self, table):
        """The table with the ids of the rows it had before; what adds up to nothing is refused."""
        kind = kind_of(table.schema)
        Register.objects.must_be_of(self.disclosure.school, kind.key)
        if faults := kind.unfilled(table) or kind.faults(table):
            raise Refused(together(fault.sentence for fault in faults[:3]))
        earlier = self.sheet and self.sheet.table()
        kind.follow(table, earlier)
        if table.removed() - (earlier.removed() if earlier else set()):
            raise Refused(_("“〔依法隐去〕”只能由依法隐去的手续留下，不能自己填写。"))
        return table

    def _words_of(self, earlier):
        own = earlier.number == self.number
        names = [name for name in self.content_fields() if own or name != "change_note"]
        return {name: getattr(earlier, name) for name in names}

    def _seal(self, *, by, opens_at=None):
        moment = now()
        opens_at = opens_at or moment
        self._must_be_possible(opens_at, moment)
        disclosure = self.disclosure
        disclosure.number_for(local_day(opens_at).year)
        self.issuer, self.department_title = disclosure.school.name, disclosure.department.name
        self.category_title = disclosure.entry.category
        self.entry_title = disclosure.entry.title
        self.digest = ""
        self.digest = self.content_digest()
        self.sealed_at, self.sealed_by, self.state = moment, by, State.PUBLISHED
        self.save()
        self.releases.plan(self, opens_at=opens_at, planned_at=moment)
        disclosure.school.fix_slug()

    def _must_be_possible(self, opens_at, moment):
        if is_naive(opens_at):
            raise Refused(_("公开时间缺少时区，请重新选择公开时间。"))
        if opens_at < moment:
            raise Refused(_("公开时间不能早于现在。"))
        if self.closes_on and self.closes_on < local_day(opens_at):
            raise Refused(_("“公开至”的日期早于公开时间，请先收回，改好日期再送审。"))
