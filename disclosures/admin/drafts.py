"""The forms in which a notice is written."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from disclosures.admin import matters
from disclosures.admin.fields import Body, Line, Words
from disclosures.models import Audience, CatalogueEntry, Edition
from portal.ledger.moments import today
from portal.organisation.fields import Day
from portal.organisation.models import Authority, Department

GROUPS = (
    (_("标题与正文"), "", ("title", "body", "summary")),
    (
        _("公开范围"),
        _("已按目录事项勾好，可以改。公开后只有这些人看得到。"),
        ("audiences", "named_authority", "inner_reason", "closes_on"),
    ),
    (_("文件信息"), "", ("document_number", "written_on", "genre", "source")),
    (_("其他"), "", ("keywords", "language", "change_note", "is_cleared")),
)
HELP = {
    "title": _("写明哪个单位、什么事，如“示范区第一小学2026年秋季学期收费公示”。最多200字。"),
    "body": _("可从Word、WPS粘贴，字体颜色会去掉，表格、标题和列表会保留。"),
    "summary": _("用一两句话说明要点，显示在列表和搜索结果里。可不填，最多200字。"),
    "audiences": _("可多选。勾选“社会公众”即任何人不用登录就能看到。"),
    "named_authority": _("只在勾选“特定人员”时选择：担任这一职务的人可以看到。"),
    "inner_reason": _("没有勾选“社会公众”时必填，如“涉及学生个人信息”。"),
    "closes_on": _("到这一天结束时自动从公开栏撤下。长期公开的不填。"),
    "document_number": _("正式文件的文号，如“示一小〔2026〕12号”。没有就不填。"),
    "written_on": _("文件落款的日期。"),
    "source": _("内容来自别的单位时填写，如“区教育局”。"),
    "keywords": _("便于查找，用空格隔开。"),
    "change_note": _("更正时必填：改了什么、为什么改。它会与新版一同公开。"),
    "is_cleared": _("送审前必须完成：确认不含国家秘密、工作秘密和不应公开的个人信息。"),
}


class DraftForm(forms.ModelForm):
    """The text of a notice. What is still missing is said at submission, not while writing."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = Line(label=_("标题"), max_length=200)
    body = Body(label=_("正文"), required=False)
    summary = Line(
        label=_("内容概述"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    audiences = forms.MultipleChoiceField(
        label=_("公开范围"),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    inner_reason = Line(label=_("不对社会公开的理由"), max_length=200, required=False)
    closes_on = Day(label=_("公开至"), required=False)
    written_on = Day(label=_("成文日期"), initial=today)
    document_number = Line(label=_("文号"), max_length=60, required=False)
    source = Line(label=_("信息来源"), max_length=120, required=False)
    keywords = Line(label=_("关键词"), max_length=120, required=False)
    change_note = Words(
        label=_("更正说明"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Edition
        fields = [name for _legend, _hint, names in GROUPS for name in names]

    def __init__(self, *args, schools, correction=False, **options):
        super().__init__(*args, **options)
        authorities = Authority.objects.filter(school__in=schools)
        self.fields["named_authority"].queryset = authorities.select_related("school", "department")
        if not correction:
            del self.fields["change_note"]
        for name, text in HELP.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def clean_closes_on(self):
        day = self.cleaned_data["closes_on"]
        if day and day < today():
            raise forms.ValidationError(_("这一天已经过去，请改为今天或以后；长期公开的不填。"))
        return day

    def groups(self):
        """The fields under their headings, with those above the headings' own left out."""
        for legend, hint, names in GROUPS:
            yield legend, hint, [self[name] for name in names if name in self.fields]

    def content(self):
        """What the act writes: the fields of the text, and nothing of the form's own."""
        names = [name for name in self.Meta.fields if name in self.cleaned_data]
        return {name: self.cleaned_data[name] for name in names}


class NewDraftForm(DraftForm):
    """A new notice: first whose it is and which matter of the catalogue it discloses."""

    version = None
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    department = forms.ModelChoiceField(label=_("责任部门"), queryset=Department.objects.none())
    entry = forms.ModelChoiceField(
        label=_("目录事项"),
        queryset=CatalogueEntry.objects.none(),
        help_text=_("决定要由哪些人审核。"),
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, schools=matters.schools_drafted_for(user), **options)
        matters.offer(self, user=user)

    def clean(self):
        return matters.check(self, super().clean())
