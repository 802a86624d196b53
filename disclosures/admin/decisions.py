"""The small forms with which an act is confirmed: what was seen, and the words that go with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from disclosures.admin.fields import Moment, Words
from disclosures.models import Edition
from portal.ledger.moments import now


def _area(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class ActForm(forms.Form):
    """An act on the version the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def arguments(self):
        return dict(self.cleaned_data)


class NotedForm(ActForm):
    reason = Words(
        label=_("说明"),
        max_length=300,
        required=False,
        widget=_area(),
        help_text=_("可不填。会留在操作记录里。"),
    )


class ReasonForm(ActForm):
    reason = Words(
        label=_("理由"),
        max_length=300,
        widget=_area(),
        help_text=_("会留在操作记录里，监督小组看得到。"),
    )


class GroundForm(ActForm):
    ground = forms.ChoiceField(
        label=_("原因"),
        choices=Edition.Ground.choices,
        widget=forms.RadioSelect,
        help_text=_("撤回后，公开栏上会写明这个原因。"),
    )
    reason = Words(
        label=_("说明"),
        max_length=300,
        widget=_area(),
        help_text=_("具体是什么问题。请不要写出要撤下的个人信息。"),
    )


class ApprovalForm(ActForm):
    seen = forms.CharField(widget=forms.HiddenInput)
    opinion = Words(label=_("审核意见"), max_length=2000, required=False, widget=_area())


class SendingBackForm(ActForm):
    opinion = Words(
        label=_("审核意见"),
        max_length=2000,
        widget=_area(4),
        help_text=_("写明要改什么，起草人会看到。"),
    )


class PublicationForm(ActForm):
    when = forms.ChoiceField(
        label=_("公开时间"),
        choices=[("now", _("现在公开")), ("later", _("到下面的时间自动公开"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    opens_at = Moment(
        label=_("自动公开的时间"), required=False, help_text=_("北京时间。选“现在公开”时不用填。")
    )

    def clean(self):
        cleaned = super().clean()
        opens_at = cleaned.get("opens_at")
        if cleaned.get("when") != "later":
            cleaned["opens_at"] = None
        elif "opens_at" not in self.errors and not opens_at:
            self.add_error("opens_at", _("请填写自动公开的时间。"))
        elif opens_at and opens_at <= now():
            self.add_error("opens_at", _("这个时间已经过去。请填写以后的时间，或选“现在公开”。"))
        return cleaned

    def arguments(self):
        return {name: self.cleaned_data[name] for name in ("version", "opens_at")}
