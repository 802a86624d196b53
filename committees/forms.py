"""What the school's office fills in when somebody joins or leaves a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Membership
from portal.ledger.moments import today
from portal.organisation.fields import Day
from portal.organisation.models import User
from portal.text.clean import clean_line


class JoiningForm(forms.Form):
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("人员"),
        help_text=_("只列出本校人员。不能办理自己，请由另一位有权限的人办理。"),
        error_messages={"required": _("请选择人员。")},
    )
    role = forms.ChoiceField(
        label=_("小组职务"), choices=Membership.Role.choices, initial=Membership.Role.MEMBER
    )
    represents = forms.CharField(
        label=_("代表方面"),
        max_length=40,
        required=False,
        help_text=_("如：教代会代表、家长代表。"),
    )
    starts_on = Day(label=_("加入日期"), initial=today)

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = candidates

    def clean_represents(self):
        return clean_line(self.cleaned_data["represents"])


class LeavingForm(forms.Form):
    reason = forms.CharField(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明退出的理由。")},
    )

    def clean_reason(self):
        return clean_line(self.cleaned_data["reason"])
