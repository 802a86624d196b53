"""What is known of an edition beside its text: who wrote it, how it was sealed, why it left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosures.models.text import EditionText
from portal.ledger.moments import now


class EditionStanding(EditionText):
    """The people of an edition, the titles frozen at sealing, and its marks."""

    class Unconfirmed(models.TextChoices):
        NO = "", _("已确认")
        EMERGENCY = "emergency", _("紧急公开待确认")
        TAKEN_DOWN = "taken_down", _("紧急撤下待确认")

    class Ground(models.TextChoices):
        """Why a notice left the board, in the words of its tombstone."""

        ERROR = "error", _("发布有误")
        EXPIRED = "expired", _("公开期限届满")
        PERSONAL = "personal", _("含有个人信息")
        LAW = "law", _("依法撤回")
        OTHER = "other", _("其他原因")

    class Basis(models.TextChoices):
        """On which basis something is lawfully removed from what was published."""

        PERSON = "person", _("本人要求")
        GUARDIAN = "guardian", _("未成年人的监护人要求")
        LAW = "law", _("法律、法规规定")
        OTHER = "other", _("其他依据（请在理由中写明）")

    drafted_by = models.ForeignKey(
        "organisation.User",
        models.PROTECT,
        verbose_name=_("起草人"),
        related_name="+",
        editable=False,
    )
    drafted_at = models.DateTimeField(_("起草时间"), default=now, editable=False)
    edited_by = models.ForeignKey(
        "organisation.User",
        models.PROTECT,
        verbose_name=_("最后修改人"),
        related_name="+",
        editable=False,
    )
    edited_at = models.DateTimeField(_("最后修改时间"), default=now, editable=False)
    submitted_by = models.ForeignKey(
        "organisation.User",
        models.PROTECT,
        null=True,
        verbose_name=_("送审人"),
        related_name="+",
        editable=False,
    )
    submitted_at = models.DateTimeField(_("送审时间"), null=True, editable=False)

    issuer = models.CharField(_("发布机构"), max_length=80, blank=True, editable=False)
    department_title = models.CharField(_("责任部门"), max_length=40, blank=True, editable=False)
    category_title = models.CharField(_("目录类别"), max_length=40, blank=True, editable=False)
    entry_title = models.CharField(_("目录事项"), max_length=120, blank=True, editable=False)
    sealed_at = models.DateTimeField(_("定稿时间"), null=True, editable=False)
    sealed_by = models.ForeignKey(
        "organisation.User",
        models.PROTECT,
        null=True,
        verbose_name=_("公开人"),
        related_name="+",
        editable=False,
    )
    digest = models.CharField(_("内容摘要值"), max_length=64, blank=True, editable=False)
    unconfirmed = models.CharField(
        _("待确认"), max_length=10, choices=Unconfirmed.choices, blank=True, editable=False
    )
    unconfirmed_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, editable=False)
    withdrawal_ground = models.CharField(
        _("撤回原因"), max_length=10, choices=Ground.choices, blank=True, editable=False
    )
    withdrawal_reason = models.CharField(_("撤回说明"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_sealed(self):
        return self.sealed_at is not None
