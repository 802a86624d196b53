"""That a notice was also made known elsewhere: on the wall, in a meeting, by letter or WeChat."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.models.disclosure import Disclosure
from disclosures.models.edition import Edition
from disclosures.models.life import State, edits, wrong_state
from disclosures.models.stored import StoredFile
from portal.ledger.acts import Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now, today
from portal.ledger.vocabulary import ActName
from portal.text.filenames import extension_of
from portal.text.files import UnfitFile, examine
from portal.text.pictures import bare

PICTURES = ("jpg", "jpeg", "png")
LONG_BEFORE = timedelta(days=366)


def open_to_post(user):
    """The published notices of which the person may record where else they were made known."""
    return Edition.objects.filter(edits(user), state=State.PUBLISHED)


class PostingQuerySet(RecordedQuerySet):
    def of(self, edition):
        """Everything recorded of an edition, newest first, with the people."""
        return self.filter(edition=edition).select_related("recorded_by", "struck_by", "photo")

    def standing(self, edition):
        """What readers are told: what has not been struck out again, in order of time."""
        return self.filter(edition=edition, struck_at=None).order_by("posted_on", "recorded_at")

    def record(self, edition, *, by, photo=None, key=None, **told):
        """Record that a published notice was also posted elsewhere.

        `told` are form, place, posted_on, posted_by and note; `photo` an upload, of which nothing
        is kept but the picture. `key` is the row's id if the form that asks has one: sent twice,
        it records once. Raises `UnfitFile` for what is no picture.
        """
        posting = self.model(edition=edition, recorded_by=by, **told)
        posting.pk = key or posting.pk
        ensure_open_to_post(edition, by)
        posting.ensure_possible()
        posting.photo = _kept(photo) if photo else None
        posting.photo_name = f"photo.{extension_of(photo.name)}" if photo else ""
        with perform("record_posting", posting, by=by, reason=posting.note):
            Disclosure.objects.locked(edition.disclosure_id)
            ensure_open_to_post(edition, by)
            posting.save(force_insert=True)
        return posting


def ensure_open_to_post(edition, by, act="record_posting"):
    """Refuse what is not on the board, and whoever neither edits it nor keeps the office."""
    state = Edition.objects.values_list("state", flat=True).get(pk=edition.pk)
    if state != State.PUBLISHED:
        raise Refused(wrong_state(act, state))
    if not open_to_post(by).filter(pk=edition.pk).exists():
        raise Refused(_("您没有对这份文稿办理“%(act)s”的权限。") % {"act": ActName(act).label})


def _kept(upload):
    """The picture as a kept file, without what the camera wrote into it."""
    if extension_of(upload.name) not in PICTURES:
        raise UnfitFile(_("照片要用 JPG 或 PNG 图片。"))
    examine(upload.name, upload)
    try:
        content = bare(upload.read())
    except ValueError as damaged:
        raise UnfitFile(_("照片已损坏，请重新拍摄或另存后再上传。")) from damaged
    return StoredFile.objects.keep(ContentFile(content, name=upload.name))


class Posting(Recorded):
    """One place or occasion where a notice was made known beside the board on the net."""

    class Form(models.TextChoices):
        BOARD = "board", _("公示栏张贴")
        MEETING = "meeting", _("会议宣布")
        LETTER = "letter", _("书面告知")
        WECHAT = "wechat", _("微信通知")
        BROADCAST = "broadcast", _("校园广播")
        OTHER = "other", pgettext_lazy("posting", "其他方式")

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="postings"
    )
    form = models.CharField(_("方式"), max_length=10, choices=Form.choices, default=Form.BOARD)
    place = models.CharField(_("地点或对象"), max_length=80)
    posted_on = models.DateField(_("日期"), default=today)
    posted_by = models.CharField(_("经办人"), max_length=40)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    photo_name = models.CharField(max_length=20, blank=True)
    recorded_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("登记人"), related_name="+"
    )
    recorded_at = models.DateTimeField(_("登记时间"), default=now)
    struck_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("撤销人"), related_name="+"
    )
    struck_at = models.DateTimeField(_("撤销时间"), null=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("张贴记录")
        verbose_name_plural = pgettext_lazy("plural", "张贴记录")
        ordering = ["-posted_on", "-recorded_at"]

    def __str__(self):
        return f"{self.get_form_display()} {self.place}"

    def facts(self):
        return self.edition.facts()

    @property
    def served(self):
        """The photograph, as a file is downloaded."""
        return self.photo

    @property
    def name(self):
        return self.photo_name

    def ensure_possible(self):
        """Refuse a day to come or long before there was a notice, and a row without its words."""
        if self.posted_on > today():
            raise Refused(_("日期不能晚于今天。张贴以后再来登记。"))
        if self.posted_on < self.edition.written_on - LONG_BEFORE:
            raise Refused(_("日期比成文日期早了一年以上，请核对。"))
        if not (self.place.strip() and self.posted_by.strip()):
            raise Refused(_("请写明地点或对象，以及经办人。"))

    def strike(self, *, by, reason):
        """Take back what was recorded by mistake; the row stays in the record."""
        if not reason.strip():
            raise Refused(_("撤销登记请写明理由。"))
        with perform("strike_posting", self, by=by, reason=reason):
            ensure_open_to_post(self.edition, by, "strike_posting")
            stored = Posting.objects.select_for_update().get(pk=self.pk)
            if stored.struck_at:
                raise Refused(_("这条登记已经撤销，不用再办一次。"))
            self.struck_by, self.struck_at = by, now()
            self.save()
