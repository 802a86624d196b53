"""The catalogue: what must be disclosed, to whom, when, and who answers and decides."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models import Department, Office, School


class Kind(models.TextChoices):
    FINANCE = "finance", _("财务")
    FEES = "fees", _("收费")
    STAFFING = "staffing", _("人事")
    AWARDS = "awards", _("评优")
    ADMISSIONS = "admissions", _("招生")
    PROCUREMENT = "procurement", _("采购")
    REGISTER = "register", _("台账")
    TEXT = "text", _("文本")
    GUIDE = "guide", _("指南")


class Audience(models.TextChoices):
    """The audiences a release can have. A set, not a ladder."""

    PUBLIC = "public", _("社会公众")
    STAFF = "staff", _("教职工")
    PARENTS = "parents", _("家长")
    PUPILS = "pupils", _("学生")
    PARTY = "party", _("党员")
    NAMED = "named", _("特定人员")


class CatalogueEntryQuerySet(RecordedQuerySet):
    def in_force(self, on=None):
        on = on or today()
        return self.filter(Q(superseded_on=None) | Q(superseded_on__gt=on))

    def offered_to(self, school):
        """The entries issued by the school itself or by a body above it."""
        return self.filter(owner__in=school.ancestors())

    def adopted_by(self, school):
        """What the school has to disclose: offered, in force, for its stage, not switched off."""
        off = Adoption.objects.filter(school=school, is_on=False).values("entry")
        return self.offered_to(school).in_force().filter(_fits(school)).exclude(pk__in=off)


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

    owner = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("发布单位"), related_name="catalogue_entries"
    )
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
        english = (get_language() or "").startswith("en")
        return self.title_en if english and self.title_en else self.title

    @property
    def display_category(self):
        english = (get_language() or "").startswith("en")
        return self.category_en if english and self.category_en else self.category

    @property
    def timing_is_verified(self):
        return self.confidence_timing == self.Confidence.SOURCE

    def audiences(self):
        """The audiences the catalogue names, in order of opening; `restricted` is a named group."""
        words = self.releases.replace(">", "+").split("+")
        return [Audience.NAMED if word == "restricted" else word for word in words]

    def steps(self):
        """The offices that review a disclosure of this entry, in order."""
        return [Office(code) for code in self.offices.split(">")]

    def is_used(self):
        return self.disclosures.exists()

    def supersede(self, successor, *, by, reason):
        """Put another entry in this one's place from today on; disclosures keep the old one."""
        if self.superseded_on:
            raise Refused(_("这一目录事项已经更替。"))
        with perform("supersede_entry", self, by=by, reason=reason):
            self.superseded_on = today()
            self.save()
            successor.save()
            self.superseded_by = successor
            self.save()


class AdoptionQuerySet(RecordedQuerySet):
    def of(self, school, entry):
        """The school's adoption of the entry; an unsaved default if it has said nothing."""
        found = self.filter(school=school, entry=entry).first()
        return found or Adoption(school=school, entry=entry)


class Adoption(Recorded):
    """How one school carries out one entry: on or off with reason, department, channels."""

    school = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("学校"), related_name="adoptions"
    )
    entry = models.ForeignKey(
        CatalogueEntry, models.PROTECT, verbose_name=_("目录事项"), related_name="adoptions"
    )
    is_on = models.BooleanField(_("采用"), default=True)
    reason = models.CharField(_("停用理由"), max_length=200, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("责任部门"),
        related_name="+",
    )
    channels = models.CharField(
        _("公开渠道"), max_length=200, blank=True, help_text=_("如：学校网站、公开栏、家长会。")
    )
    offices = models.CharField(
        _("本校审核步骤"), max_length=120, blank=True, help_text=_("留空即按目录的审核步骤。")
    )

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("目录采用情况")
        verbose_name_plural = _("本校目录")
        ordering = ["school", "entry__position"]
        constraints = [
            models.UniqueConstraint(fields=["school", "entry"], name="adoption_once"),
            models.CheckConstraint(
                condition=Q(is_on=True) | ~Q(reason=""),
                name="adoption_off_has_reason",
                violation_error_message=_("停用目录事项要写明理由。"),
            ),
        ]

    def __str__(self):
        return f"{self.school.short_name} {self.entry.code}"

    def facts(self):
        return Facts(
            title=str(self.entry),
            school=self.school.slug,
            category=self.entry.category_code,
            entry=self.entry.code,
        )

    def steps(self):
        """The review steps in force at this school: its own order, else the catalogue's."""
        codes = self.offices or self.entry.offices
        return [Office(code) for code in codes.split(">")]

    def adopt(self, *, by, department=None, channels="", offices=""):
        """Carry out the entry, naming who answers for it and where it is shown."""
        with perform("adopt", self, by=by):
            self.is_on, self.reason = True, ""
            self.department, self.channels, self.offices = department, channels, offices
            self.full_clean()
            self.save()

    def switch_off(self, *, by, reason):
        """Leave the entry out, saying why: the public sees the reason in the catalogue."""
        if not reason.strip():
            raise Refused(_("停用目录事项要写明理由。"))
        with perform("switch_off", self, by=by, reason=reason):
            self.is_on, self.reason = False, reason.strip()
            self.full_clean()
            self.save()
