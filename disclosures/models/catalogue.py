"""The catalogue: what must be disclosed, to whom, when, and who answers and decides."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from disclosures.catalogue.words import (
    Audience,
    Kind,
    audience_stages,
    is_review_order,
    review_steps,
)
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models import Authority, Office, School
from portal.text.reader import named


class CatalogueEntryQuerySet(RecordedQuerySet):
    def in_force(self, on=None):
        on = on or today()
        return self.filter(Q(superseded_on=None) | Q(superseded_on__gt=on))

    def offered_to(self, school):
        """The entries issued by the school itself or by a body above it."""
        return self.filter(owner__in=school.ancestors())

    def meant_for(self, school=None):
        """Of the list the school follows; without a school, of a list that somebody follows."""
        if school is not None:
            return self.filter(_fits(school))
        universities = School.objects.filter(stage=School.Stage.UNIVERSITY)
        return self.filter(~Q(sector="he") | Exists(universities))

    def listed_for(self, school):
        """The school's catalogue: offered, in force and for its stage, adopted or not."""
        return self.offered_to(school).in_force().meant_for(school)

    def adopted_by(self, school):
        """What the school has to disclose: its catalogue without what it has switched off."""
        off = CatalogueEntry.objects.filter(adoptions__school=school, adoptions__is_on=False)
        return self.listed_for(school).exclude(pk__in=off.values("pk"))

    def kept_by(self, user):
        """The entries a person may issue, change and supersede: those of the office they keep."""
        return self.filter(owner__in=Authority.objects.schools_kept_by(user, Office.OFFICE))

    def readable_by(self, user):
        """What is offered to a school where the person holds any office, superseded or not."""
        schools = Authority.objects.schools_kept_by(user, *Office)
        return self.filter(Exists(schools.filter(path__startswith=OuterRef("owner__path"))))

    def in_order(self):
        """The bureau's entries first, each owner's in the order of its list."""
        return self.order_by("owner__path", "sector", "position", "code")


def _fits(school):
    """A university follows the list for universities, every other body the list for schools."""
    university = school.stage == School.Stage.UNIVERSITY
    return Q(sector="he" if university else "k12") | Q(sector="")


class CatalogueEntry(Recorded):
    """A matter that must be made public (《关于推进中小学信息公开工作的意见》 and its kin).

    Once a disclosure uses it an entry is superseded, never edited: what was published keeps
    the rule it was published under.
    """

    class Sector(models.TextChoices):
        ALL = "", _("通用")
        K12 = "k12", _("中小学")
        HE = "he", _("高等学校")

    class LimitUnit(models.TextChoices):
        NONE = "", _("无")
        WORKING_DAYS = "wd", _("工作日")
        DAYS = "d", _("自然日")

    class Confidence(models.TextChoices):
        SOURCE = "S", _("有依据")
        NATIONAL = "O", _("国家规定，待核")
        LOCAL = "L", _("本地惯例，待核")
        ADDED = "K", _("补充事项，待核")

    class EndAction(models.TextChoices):
        KEEP = "keep", _("保留")
        MASK = "mask", _("遮盖个人信息")
        RESTRICT = "restrict", _("转为校内")
        WITHDRAW = "withdraw", _("撤下")

    owner = models.ForeignKey(School, models.PROTECT, verbose_name=_("发布单位"), related_name="+")
    sector = models.CharField(_("适用"), max_length=4, choices=Sector.choices, blank=True)
    code = models.CharField(_("编码"), max_length=30)
    category_code = models.CharField(_("类别编码"), max_length=20)
    category = models.CharField(_("类别"), max_length=40)
    category_en = models.CharField(_("类别英文名"), max_length=80, blank=True)
    title = models.CharField(_("公开事项"), max_length=120)
    title_en = models.CharField(_("英文译名"), max_length=200, blank=True)
    kind = models.CharField(_("内容形式"), max_length=12, choices=Kind.choices, default=Kind.TEXT)
    releases = models.CharField(
        _("公开对象"), max_length=60, help_text=_("同时公开用“+”连接，先后公开用“>”连接。")
    )
    cadence = models.CharField(_("公开频次"), max_length=60, default="adhoc")
    window = models.CharField(_("月份"), max_length=5, blank=True)
    limit_days = models.PositiveSmallIntegerField(_("时限天数"), null=True, blank=True)
    limit_unit = models.CharField(
        _("时限单位"), max_length=2, choices=LimitUnit.choices, blank=True
    )
    limit_anchor = models.CharField(_("时限起点"), max_length=20, default="created")
    limit = models.CharField(_("公开时限"), max_length=120, blank=True)
    publicity_days = models.PositiveSmallIntegerField(_("公示天数"), null=True, blank=True)
    publicity_unit = models.CharField(
        _("公示期单位"), max_length=2, choices=LimitUnit.choices, blank=True
    )
    publicity_basis = models.CharField(_("公示期依据"), max_length=10, default="none")
    end_action = models.CharField(
        _("期满处理"), max_length=10, choices=EndAction.choices, default=EndAction.KEEP
    )
    keep_until = models.CharField(_("保留至"), max_length=5, blank=True)
    personal_data = models.CharField(_("个人信息"), max_length=12, default="none")
    is_sensitive = models.BooleanField(_("须专项审核"), default=False)
    department_name = models.CharField(_("通常责任部门"), max_length=40, blank=True)
    offices = models.CharField(
        _("审核步骤"), max_length=120, help_text=_("职务代码，按先后用“>”连接。")
    )
    legal_basis = models.CharField(_("依据"), max_length=80, blank=True)
    confidence_title = models.CharField(
        _("事项把握"), max_length=1, choices=Confidence.choices, default=Confidence.SOURCE
    )
    confidence_timing = models.CharField(
        _("时限把握"), max_length=1, choices=Confidence.choices, default=Confidence.LOCAL
    )
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    superseded_on = models.DateField(_("更替日期"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("新事项"), related_name="+"
    )

    objects = CatalogueEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("目录事项")
        verbose_name_plural = _("公开目录")
        ordering = ["sector", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "code"],
                condition=Q(superseded_on=None),
                name="entry_code_in_force",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def facts(self):
        return Facts(
            title=str(self), school=self.owner.slug, category=self.category_code, entry=self.code
        )

    @property
    def display_title(self):
        return named(self.title, self.title_en)

    @property
    def display_category(self):
        return named(self.category, self.category_en)

    @property
    def timing_is_verified(self):
        return self.confidence_timing == self.Confidence.SOURCE

    @property
    def is_in_force(self):
        return self.superseded_on is None or self.superseded_on > today()

    def audiences(self):
        """The audiences the catalogue names, in order of opening."""
        return [audience for stage in audience_stages(self.releases) for audience in stage]

    def steps(self):
        """The offices that review a disclosure of this entry, in order."""
        return review_steps(self.offices)

    def is_used(self):
        return self.disclosures.exists()

    def clean(self):
        """Audiences and review steps are words of the catalogue; sensitive matters are audited."""
        try:
            audience_stages(self.releases or Audience.PUBLIC)
        except ValueError:
            raise ValidationError(_("公开对象有不认识的代码，请重新选择。")) from None
        if self.offices:
            check_steps(self.offices, sensitive=self.is_sensitive)

    def issue(self, *, by, reason=""):
        """Put a new entry into the catalogue of its owner."""
        self.full_clean()
        with perform("issue_entry", self, by=by, reason=reason):
            self.save()

    def amend(self, *, by, reason=""):
        """Change an entry nothing has been disclosed under; a used one is superseded instead."""
        self.full_clean()
        with perform("change", self, by=by, reason=reason):
            stored = CatalogueEntry.objects.select_for_update().get(pk=self.pk)
            if stored.superseded_on:
                raise Refused(_("这一目录事项已经更替，不能再修改。"))
            if stored.is_used():
                raise Refused(_("已有信息依照这一目录事项公开，不能修改；请用“更替”发布新事项。"))
            self.save()

    def supersede(self, successor, *, by, reason):
        """Put another entry in this one's place from today on; disclosures keep the old one.

        What schools have said of the old entry holds for the new one, except own review steps
        that would leave out a special audit the new entry demands.
        """
        if not reason.strip():
            raise Refused(_("更替目录事项要写明理由。"))
        with perform("supersede_entry", self, by=by, reason=reason.strip()):
            stored = CatalogueEntry.objects.select_for_update().get(pk=self.pk)
            if stored.superseded_on:
                raise Refused(_("这一目录事项已经更替。"))
            self.superseded_on = today()
            self.save()
            successor.owner, successor.code = self.owner, self.code
            successor.full_clean()
            successor.save()
            self.superseded_by = successor
            self.save()
            for adoption in self.adoptions.all():
                adoption.pass_to(successor)


def check_steps(offices, *, sensitive):
    """Steps are reviewing offices in the customary order, with the special audit where due."""
    try:
        steps = review_steps(offices)
    except ValueError:
        raise ValidationError({"offices": _("审核步骤有不认识的职务，请重新选择。")}) from None
    if not is_review_order(steps):
        raise ValidationError({"offices": _("审核步骤的先后不对，请按列出的次序选择。")})
    if sensitive and Office.SPECIAL_AUDIT not in steps:
        raise ValidationError({"offices": _("这一事项涉及个人信息或资金，审核步骤要有专项审核。")})
