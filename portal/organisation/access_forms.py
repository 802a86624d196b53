"""The two codes a person types: to activate an account, to read what a class's parents may."""

from hashlib import sha256

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.ledger.acts import Refused
from portal.organisation.models import ActivationCode, ClassCode
from portal.organisation.pace import Pace, address_of

# A school's parents may all sit behind one address: only failures count.
by_address = Pace(20, seconds=15 * 60)
by_account = Pace(10, seconds=15 * 60)


class Code(forms.CharField):
    """A code copied from paper; how it is written does not matter."""

    def __init__(self, **options):
        plain = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs=plain), **options)


class Throttled:
    """A form that compares a secret: after too many failures it compares nothing for a while."""

    def __init__(self, *args, request, **options):
        super().__init__(*args, **options)
        self.request = request

    def counters(self):
        return [(by_address, address_of(self.request))]

    def ensure_patience(self):
        """Refuse to compare while the address or the account has to wait."""
        minutes = max(count.minutes_to_wait(key) for count, key in self.counters())
        if minutes:
            sentence = ngettext(
                "失败次数太多，请在%(minutes)d分钟后再试。",
                "失败次数太多，请在%(minutes)d分钟后再试。",
                minutes,
            )
            raise forms.ValidationError(sentence % {"minutes": minutes})

    def fail(self, sentence):
        for count, key in self.counters():
            count.failed(key)
        raise forms.ValidationError(sentence)


class ActivationForm(Throttled, forms.Form):
    """User name and code, and the password of one's own: one sentence for whatever is wrong."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": gettext_lazy("请填写用户名。")},
    )
    code = Code(
        label=gettext_lazy("激活码"),
        help_text=gettext_lazy("学校发给您的20位激活码，大小写和横线都可以不管。"),
        error_messages={"required": gettext_lazy("请填写激活码。")},
    )
    new_password1 = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("至少8位，不要全是数字，不要用常见密码、姓名或用户名。"),
    )
    new_password2 = forms.CharField(
        label=gettext_lazy("再填一次新密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def counters(self):
        username = self.cleaned_data["username"].casefold()
        account = sha256(username.encode("utf-8", "replace")).hexdigest()
        return [*super().counters(), (by_account, account)]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.ensure_patience()
        row = ActivationCode.objects.open_with(cleaned["username"], cleaned["code"])
        if row is None:
            self.fail(
                _("用户名或激活码不正确，或激活码已用过、已过期。请核对，或请校务公开办公室重发。")
            )
        self._check_password(row.user)
        self.row = row
        return cleaned

    def _check_password(self, user):
        first, second = self.cleaned_data["new_password1"], self.cleaned_data["new_password2"]
        if first != second:
            self.add_error("new_password2", _("两次填写的新密码不一致，请重新填写。"))
            return
        try:
            password_validation.validate_password(first, user)
        except forms.ValidationError as weak:
            self.add_error("new_password1", weak)

    def activate(self) -> bool:
        """Perform the act; a refusal stands above the form."""
        try:
            self.row.activate(self.cleaned_data["new_password1"])
        except Refused as refused:
            self.add_error(None, refused.sentence)
            return False
        return True


class ClassCodeForm(Throttled, forms.Form):
    """The code of a class of this school."""

    code = Code(
        label=gettext_lazy("班级查看码"),
        help_text=gettext_lazy("班级发给家长的15位查看码，大小写和横线都可以不管。"),
        error_messages={"required": gettext_lazy("请填写班级查看码。")},
    )

    def __init__(self, *args, school, **options):
        super().__init__(*args, **options)
        self.school = school

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.ensure_patience()
        self.found = ClassCode.objects.open_with(self.school, cleaned["code"])
        if self.found is None:
            self.fail(_("查看码不正确、已过期或已收回。请核对后再试，或向班主任要新的查看码。"))
        return cleaned
