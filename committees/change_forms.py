"""What is chosen and written on the pages of changes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.changes import KINDS, changes_watched_by, drawn, schools_watched_by
from committees.models import Look
from committees.models.look import share_of
from committees.months import Month, in_month, last_month
from portal.organisation.fields import Words


class ChangeFilter(forms.Form):
    """By school, kind and month; drawn or all; waiting, seen or both."""

    DRAWN, ALL = "drawn", "all"
    WAITING, SEEN = "waiting", "seen"

    school = forms.ChoiceField(label=_("学校"), required=False)
    kind = forms.ChoiceField(
        label=_("更动"), required=False, choices=[("", _("全部")), *KINDS.items()]
    )
    month = Month(label=_("月份"), required=False)
    mode = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[(DRAWN, _("抽查")), (ALL, _("全部更动"))],
    )
    seen = forms.ChoiceField(
        label=_("查看情况"),
        required=False,
        choices=[(WAITING, _("未查看")), (SEEN, _("已查看")), (ALL, _("全部"))],
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.school_names = dict(schools_watched_by(user).values_list("slug", "name"))
        self.fields["school"].choices = [("", _("全部")), *self.school_names.items()]

    def filter(self):
        """The changes asked for, newest first; none while the form has errors."""
        changes = changes_watched_by(self.user)
        if not self.is_valid():
            return changes.none()
        asked = self.cleaned_data
        for name, column in (("school", "school"), ("kind", "name")):
            if asked[name]:
                changes = changes.filter(**{column: asked[name]})
        if asked["month"]:
            changes = in_month(changes, asked["month"])
        if asked["mode"] != self.ALL:
            changes = drawn(changes, share_of(self.user))
        if asked["seen"] != self.ALL:
            seen = asked["seen"] == self.SEEN
            changes = Look.objects.split(changes, self.user, seen=seen)
        return changes.order_by("-at", "-id")


class LookForm(forms.Form):
    note = Words(
        label=_("备注"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可不填。组内都看得到，不要写个人信息。"),
    )


class QuestionForm(forms.Form):
    text = Words(
        label=_("询问"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("会转给经办人，问与答都留在操作记录旁边。不要写个人信息。"),
        error_messages={"required": _("请写明要问什么。")},
    )


class AnswerForm(forms.Form):
    text = Words(
        label=_("答复"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("发出后不能修改，会留在操作记录旁边。不要写个人信息。"),
        error_messages={"required": _("请写明答复。")},
    )


class ShareForm(forms.Form):
    share = forms.IntegerField(
        label=_("抽查比例（%）"),
        min_value=1,
        max_value=100,
        help_text=_("从更动中按此比例抽出待查看的；紧急公开、紧急撤下、依法隐去的一律要看。"),
    )


class ReportForm(forms.Form):
    """Which month, and in the name of which department."""

    month = Month(label=_("月份"), initial=last_month)
    place = forms.TypedChoiceField(label=_("责任部门"), coerce=int)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(enumerate(map(str, places)))

    def clean_month(self):
        if self.cleaned_data["month"] > last_month():
            raise forms.ValidationError(_("这个月还没有过完，请选择以前的月份。"))
        return self.cleaned_data["month"]
