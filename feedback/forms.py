"""What a writer fills in."""

import unicodedata
import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import Letter, Reply
from portal.text.clean import clean_line, clean_text

TOO_LONG = _("最多%(limit_value)s个字，现在有%(show_value)s个，请删减后再提交。")


class Line(forms.CharField):
    """One line of ordinary characters."""

    default_error_messages = {"max_length": TOO_LONG}

    def to_python(self, value):
        return clean_line(super().to_python(value))


class Lines(forms.CharField):
    """Paragraphs of ordinary characters, without the limit that makes a browser cut a paste."""

    default_error_messages = {"max_length": TOO_LONG}

    def __init__(self, *, rows, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value):
        return clean_text(super().to_python(value))

    def widget_attrs(self, widget):
        return {k: v for k, v in super().widget_attrs(widget).items() if k != "maxlength"}


def longest(model, name):
    return model._meta.get_field(name).max_length


class LetterForm(forms.Form):
    name = Line(
        label=_("姓名"),
        max_length=longest(Letter, "name"),
        help_text=_("请写真实姓名，只有信箱处理人看得到。"),
        error_messages={"required": _("请写下您的姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = Line(
        label=_("联系方式"),
        max_length=longest(Letter, "contact"),
        help_text=_("电话或电子邮箱，学校核实情况时使用。"),
        error_messages={"required": _("请留下电话或电子邮箱。")},
    )
    subject = Line(
        label=_("主题"),
        max_length=longest(Letter, "subject"),
        help_text=_("一封信只说一件事，最多100个字。"),
        error_messages={"required": _("请写下主题。")},
    )
    body = Lines(
        label=_("内容"),
        rows=10,
        max_length=longest(Letter, "body"),
        help_text=_("请写清时间、地点和经过，最多5000个字。"),
        error_messages={"required": _("请写下信的内容。")},
    )
    website = forms.CharField(
        label=_("请不要填写这一栏"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @classmethod
    def blank(cls, writer):
        """A fresh form with its own token; whoever is signed in need not repeat their name."""
        known = {"name": writer.name, "contact": writer.phone} if writer else {}
        return cls(initial={"token": uuid.uuid4()} | known)

    def clean_website(self):
        """A field people do not see: whoever fills it in is asked again, nothing is lost."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("请把“请不要填写这一栏”清空后再提交。"))

    def letter(self):
        """The written text and the token, as `Letter.objects.receive` takes them."""
        written = {name: self.cleaned_data[name] for name in Letter.TEXT}
        return written | {"token": str(self.cleaned_data["token"] or "")}


class LookupForm(forms.Form):
    number = Line(
        label=_("受理编号"),
        max_length=60,
        error_messages={"required": _("请输入回执上的受理编号。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = Line(
        label=_("查询码"),
        max_length=60,
        help_text=_("20位，大小写和横线都可以不管。"),
        error_messages={"required": _("请输入回执上的查询码。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self):
        return unicodedata.normalize("NFKC", self.cleaned_data["number"])


class ReplyForm(forms.Form):
    body = Lines(
        label=_("答复内容"),
        rows=8,
        max_length=longest(Reply, "body"),
        help_text=_("写信人会看到全文，最多5000个字。发出后不能修改，可以再作补充答复。"),
        error_messages={"required": _("请写下答复内容。")},
    )
