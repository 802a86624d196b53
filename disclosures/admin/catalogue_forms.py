"""The forms of the catalogue: its short notations as choices a clerk can read."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.admin.fields import Line, Words
from disclosures.catalogue.tables import categories
from disclosures.catalogue.words import (
    REVIEW_ORDER,
    Anchor,
    Audience,
    Cadence,
    PersonalData,
    PublicityBasis,
)
from disclosures.models import CatalogueEntry
from portal.organisation.models import Department

STEPS = [(office.value, office.label) for office in REVIEW_ORDER]
MONTHS = r"^(0[1-9]|1[0-2])-(0[1-9]|1[0-2])$"
MONTH_AND_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class Joined(forms.MultipleChoiceField):
    """Several choices kept as one text, always in the order in which they are offered."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices, joiner, **options):
        super().__init__(choices=choices, **options)
        self.joiner = joiner

    def prepare_value(self, value):
        return value.split(self.joiner) if isinstance(value, str) and value else value

    def clean(self, value):
        return self._join(super().clean(value))

    def has_changed(self, initial, data):
        return self._join(data or []) != (initial or "")

    def _join(self, chosen):
        return self.joiner.join(code for code, _label in self.choices if code in chosen)


def _audiences(**options):
    return Joined(choices=Audience.choices, joiner="+", **options)


class EntryForm(forms.ModelForm):
    """An entry as its owner fills it in."""

    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
        label=_("编码"),
        max_length=30,
        error_messages={"invalid": _("编码请只用字母、数字、点和连字符。")},
        help_text=_("如 K12-E01。本校自增事项建议以“X-”开头，发布后编码不再改变。"),
    )
    category_code = forms.ChoiceField(label=_("类别"))
    title = Line(label=_("公开事项"), max_length=120)
    title_en = Line(label=_("英文译名"), max_length=200, required=False)
    first_releases = _audiences(label=_("公开对象"), help_text=_("可选多项，同时公开。"))
    then_releases = _audiences(
        label=_("随后扩大到"), required=False, help_text=_("先内后外的事项才填，其他事项留空。")
    )
    cadence = Joined(choices=Cadence.choices, joiner="+", label=_("公开频次"))
    limit = Line(
        label=_("公开时限"),
        max_length=120,
        help_text=_("目录页上照此显示，如：形成或变更后20个工作日内公开。"),
    )
    limit_anchor = forms.ChoiceField(
        label=_("时限起点"), choices=Anchor.choices, initial=Anchor.CREATED
    )
    window = forms.RegexField(
        MONTHS,
        label=_("月份"),
        required=False,
        error_messages={"invalid": _("请按“03-05”的样子填写起止月份。")},
        help_text=_("固定在某几个月公开的事项填写，如 03-05。"),
    )
    publicity_basis = forms.ChoiceField(
        label=_("公示期依据"), choices=PublicityBasis.choices, initial=PublicityBasis.NONE
    )
    keep_until = forms.RegexField(
        MONTH_AND_DAY,
        label=_("保留至"),
        required=False,
        error_messages={"invalid": _("请按“08-31”的样子填写月和日。")},
        help_text=_("期满处理要等到当年某一天的事项填写，如 08-31。"),
    )
    personal_data = forms.ChoiceField(label=_("个人信息"), choices=PersonalData.choices)
    department_name = Line(label=_("通常责任部门"), max_length=40, required=False)
    offices = Joined(
        choices=STEPS,
        joiner=">",
        label=_("审核步骤"),
        help_text=_("从上到下依次审核。涉及个人信息或资金的事项要有专项审核。"),
    )
    legal_basis = Line(
        label=_("依据"),
        max_length=80,
        required=False,
        help_text=_("写文件名称；总目录已列的文件可写编号，如 R4 R29，编号之间空一格。"),
    )

    class Meta:
        model = CatalogueEntry
        fields = (
            "owner",
            "sector",
            "code",
            "category_code",
            "title",
            "title_en",
            "kind",
            "cadence",
            "limit",
            "limit_days",
            "limit_unit",
            "limit_anchor",
            "window",
            "publicity_days",
            "publicity_unit",
            "publicity_basis",
            "end_action",
            "keep_until",
            "personal_data",
            "is_sensitive",
            "department_name",
            "offices",
            "legal_basis",
            "confidence_title",
            "confidence_timing",
            "position",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "category_code" not in self.fields:
            return
        self.fields["category_code"].choices = [
            (category.code, f"{category.code} {category.title}")
            for category in categories().values()
        ]
        stages = self.instance.releases.split(">") if self.instance.releases else []
        for name, stage in zip(("first_releases", "then_releases"), stages, strict=False):
            self.initial[name] = stage

    def clean(self):
        cleaned = super().clean()
        self._clean_code(cleaned)
        self._clean_terms(cleaned)
        if cleaned.get("confidence_timing") == "S" and not cleaned.get("legal_basis"):
            self.add_error("legal_basis", _("时限把握选“有依据”的，请写明依据的文件。"))
        self._take_over(cleaned)
        return cleaned

    def _clean_code(self, cleaned):
        same = CatalogueEntry.objects.filter(
            owner=cleaned.get("owner"), code=cleaned.get("code"), superseded_on=None
        )
        if "code" in cleaned and same.exclude(pk=self.instance.pk).exists():
            self.add_error("code", _("这个编码已有事项使用，请换一个编码。"))

    def _clean_terms(self, cleaned):
        for days, unit in (("limit_days", "limit_unit"), ("publicity_days", "publicity_unit")):
            if bool(cleaned.get(days)) != bool(cleaned.get(unit)):
                self.add_error(unit, _("天数和单位要么都填，要么都不填。"))

    def _take_over(self, cleaned):
        """What the model keeps in other words than the form asks."""
        first, then = cleaned.get("first_releases"), cleaned.get("then_releases")
        if first:
            self.instance.releases = f"{first}>{then}" if then else first
            if then and len(set(self.instance.audiences())) < len(self.instance.audiences()):
                self.add_error("then_releases", _("随后扩大到的对象不要与先公开的对象重复。"))
        if category := categories().get(cleaned.get("category_code")):
            self.instance.category = category.title
            self.instance.category_en = category.title_en


class SuccessorForm(EntryForm):
    """The entry that takes another's place: all but its owner and code, and why."""

    code = None
    field_order = (
        "sector",
        "category_code",
        "title",
        "title_en",
        "kind",
        "first_releases",
        "then_releases",
    )
    reason = Words(
        label=_("更替理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("如：上级文件调整了公开时限。会留在操作记录里。"),
    )

    class Meta(EntryForm.Meta):
        fields = [name for name in EntryForm.Meta.fields if name not in ("owner", "code")]


class AdoptionForm(forms.Form):
    """How the school carries out an entry."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=_("责任部门"),
        required=False,
        empty_label=_("不指定，按目录的通常责任部门"),
    )
    channels = Line(
        label=_("公开渠道"),
        max_length=200,
        required=False,
        help_text=_("如：学校网站、公开栏、家长会。留空即本网站。"),
    )
    offices = Joined(
        choices=STEPS,
        joiner=">",
        label=_("本校审核步骤"),
        required=False,
        help_text=_("全不选即按目录的审核步骤。涉及个人信息或资金的事项要有专项审核。"),
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = school.departments.open()


class SwitchingOffForm(forms.Form):
    reason = Words(
        label=pgettext_lazy("entry", "停用理由"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("公众在目录页上看得到这条理由，请写清楚为什么本校没有这一事项。"),
    )
