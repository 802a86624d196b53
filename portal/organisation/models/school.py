"""Schools as a tree under a bureau."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.text.reader import named

slug_rule = RegexValidator(
    r"^[a-z][a-z0-9-]{1,39}$", _("请用小写字母开头，只含小写字母、数字和连字符。")
)


class ClosableQuerySet(RecordedQuerySet):
    def open(self, on=None):
        """Those not closed yet: `closed_on` is the first day on which they are."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on or today()))


class SchoolQuerySet(ClosableQuerySet):
    def bureaus(self):
        return self.filter(kind=School.Kind.BUREAU)

    def beneath(self, school):
        """The school itself and all that the tree holds beneath it."""
        return self.filter(path__startswith=school.path)


class School(Recorded):
    """A body that must disclose its affairs: a school, or the bureau above it."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("教育局")
        SCHOOL = "school", _("学校")

    class Stage(models.TextChoices):
        NONE = "", _("不适用")
        KINDERGARTEN = "kindergarten", _("幼儿园")
        PRIMARY = "primary", _("小学")
        JUNIOR = "junior", _("初中")
        NINE_YEAR = "nine_year", _("九年一贯制学校")
        SENIOR = "senior", _("高中")
        COMPLETE = "complete", _("完全中学")
        VOCATIONAL = "vocational", _("中等职业学校")
        SPECIAL = "special", _("特殊教育学校")
        UNIVERSITY = "university", _("高等学校")

    class RequestMode(models.TextChoices):
        CONSULTATION = "consultation", _("信息公开咨询")
        APPLICATION = "application", _("依申请公开")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("上级单位"),
        related_name="children",
    )
    path = models.CharField(max_length=400, unique=True, editable=False)
    kind = models.CharField(_("单位类型"), max_length=10, choices=Kind.choices)
    stage = models.CharField(_("学段"), max_length=20, choices=Stage.choices, blank=True)
    name = models.CharField(_("单位全称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=30)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    slug = models.CharField(_("网址名"), max_length=40, unique=True, validators=[slug_rule])
    slug_fixed = models.BooleanField(default=False, editable=False)
    org_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Z]{10,18}$", _("请填写10至18位数字或大写字母。"))],
        help_text=_("索引号以它开头，首次公开后不要再改。"),
    )
    district = models.CharField(_("所在区域"), max_length=40, blank=True)
    request_mode = models.CharField(
        _("申请方式"),
        max_length=20,
        choices=RequestMode.choices,
        default=RequestMode.CONSULTATION,
    )
    address = models.CharField(_("地址"), max_length=120, blank=True)
    postcode = models.CharField(_("邮编"), max_length=10, blank=True)
    phone = models.CharField(_("办公电话"), max_length=40, blank=True)
    supervision_phone = models.CharField(_("监督电话"), max_length=40, blank=True)
    email = models.EmailField(_("公开邮箱"), blank=True)
    hours = models.CharField(_("办公时间"), max_length=80, blank=True)
    site_code = models.CharField(_("网站标识码"), max_length=20, blank=True)
    icp = models.CharField(_("ICP备案号"), max_length=40, blank=True)
    police_record = models.CharField(_("公安备案号"), max_length=40, blank=True)
    closed_on = models.DateField(_("停办日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("承接单位"), related_name="+"
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("学校")
        verbose_name_plural = pgettext_lazy("plural", "学校")
        ordering = ["path"]

    def __str__(self):
        return self.name

    def facts(self):
        return Facts(title=self.name, school=self.slug)

    @property
    def is_closed(self):
        return self.closed_on is not None and self.closed_on <= today()

    @property
    def is_bureau(self):
        return self.kind == self.Kind.BUREAU

    @property
    def display_name(self):
        """The name in the reader's language, as far as the school has given one."""
        return named(self.name, self.name_en)

    def save(self, *args, **kwargs):
        """The path follows the tree; a slug that readers may have kept is never changed."""
        if fault := self._kept_by_readers():
            raise Refused(next(iter(fault.values())))
        self.path = f"{self.parent.path if self.parent else '/'}{self.slug}/"
        super().save(*args, **kwargs)
        for child in self.children.exclude(path__startswith=self.path):
            child.parent = self
            child.save()

    def clean(self):
        if fault := self._kept_by_readers():
            raise ValidationError(fault)
        if self.parent_id and self._is_beneath_itself():
            raise ValidationError({"parent": _("上级单位不能是本单位或它的下级单位。")})
        if self.is_bureau and self.parent and not self.parent.is_bureau:
            raise ValidationError({"parent": _("教育局的上级单位也应是教育局。")})
        if self.successor_id and self.successor_id == self.pk:
            raise ValidationError({"successor": _("承接单位应是另一个单位。")})

    def _kept_by_readers(self) -> dict:
        """What may not change once addresses and index numbers are in readers' hands."""
        stored = School.objects.filter(pk=self.pk, slug_fixed=True).first()
        if stored and stored.slug != self.slug:
            return {"slug": _("已有信息公开，网址名不能再改，否则旧链接会失效。")}
        if stored and stored.org_code != self.org_code:
            return {"org_code": _("已有信息公开，代码不能再改，否则已公布的索引号会对不上。")}
        return {}

    def _is_beneath_itself(self):
        stored = School.objects.filter(pk=self.pk).first()
        return bool(stored) and self.parent.path.startswith(stored.path)

    @transaction.atomic
    def fix_slug(self):
        """From the first publication on, addresses with this slug are in readers' hands."""
        if not self.slug_fixed:
            self.refresh_from_db(from_queryset=School.objects.select_for_update(no_key=True))
            self.slug_fixed = True
            self.save()

    def ancestors(self):
        """The school itself and all bodies above it."""
        return School.objects.filter(path__in=self._paths_upward())

    def _paths_upward(self):
        parts = self.path.strip("/").split("/")
        return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
