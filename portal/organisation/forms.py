"""Signing in, and changing or regaining a password."""

from django import forms
from django.conf import settings
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.ledger.moments import now
from portal.organisation.models import Message
from portal.organisation.pace import Pace, address_of

SIGN_INS = Pace(10, seconds=15 * 60)


class SignInForm(AuthenticationForm):
    """A user name and password; ten failures from one address make the account wait there."""

    error_messages = {
        "invalid_login": _("用户名或密码不正确，请核对后再试。密码区分大小写。"),
        "inactive": _("用户名或密码不正确，请核对后再试。密码区分大小写。"),
    }

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")
        self.fields["username"].error_messages["required"] = _("请填写用户名。")
        self.fields["password"].error_messages["required"] = _("请填写密码。")

    def clean(self):
        if not (self.cleaned_data.get("username") and self.cleaned_data.get("password")):
            return self.cleaned_data
        key = self._key()
        if minutes := SIGN_INS.minutes_to_wait(key):
            raise forms.ValidationError(_wait(minutes), code="wait")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            SIGN_INS.failed(key)
            raise
        SIGN_INS.forget(key)
        return cleaned

    def _key(self):
        username = self.cleaned_data["username"].casefold()
        return f"{username}\n{address_of(self.request)}"


def _wait(minutes):
    sentence = ngettext(
        "失败次数太多，请在%(minutes)d分钟后再试。忘记密码可以通过电子邮箱找回，或请学校的校务公开办公室重置。",
        "失败次数太多，请在%(minutes)d分钟后再试。忘记密码可以通过电子邮箱找回，或请学校的校务公开办公室重置。",
        minutes,
    )
    return sentence % {"minutes": minutes}


class NewPassword:
    """Two fields for a password of one's own; saving them is the person's act."""

    error_messages = SetPasswordForm.error_messages | {
        "password_mismatch": _("两次填写的新密码不一致，请重新填写。"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = _("新密码")
        self.fields["new_password2"].label = _("再填一次新密码")
        self.fields["new_password1"].help_text = _(
            "至少8位，不要全是数字，不要用常见密码、姓名或用户名。"
        )
        self.fields["new_password2"].help_text = ""

    def save(self, commit=True):
        self.user.change_password(self.cleaned_data["new_password1"])
        return self.user


class ChangePasswordForm(NewPassword, PasswordChangeForm):
    error_messages = NewPassword.error_messages | {
        "password_incorrect": _("原密码不正确，请重新填写。"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("原密码")

    def clean_new_password1(self):
        """A password somebody else has set, or knows, is not kept."""
        chosen = self.cleaned_data["new_password1"]
        if self.user.check_password(chosen):
            raise forms.ValidationError(_("新密码要和原密码不同。"))
        return chosen


class ChoosePasswordForm(NewPassword, SetPasswordForm):
    """After the link in the mail."""


class ForgottenPasswordForm(PasswordResetForm):
    """The answer is the same whether an account has the address or not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("电子邮箱")
        self.fields["email"].help_text = _("填写账号里登记的电子邮箱。")
        self.fields["email"].error_messages["required"] = _("请填写电子邮箱。")
        self.fields["email"].error_messages["invalid"] = _(
            "请填写完整的电子邮箱，如name@example.com。"
        )

    def save(self, **options):
        """Through the outbox: a slow mail server neither delays nor betrays who is known.

        Its link takes the site's address from the settings, never from the request.
        """
        super().save(**options | {"domain_override": settings.SITE_URL})

    def send_mail(self, subject_template_name, email_template_name, context, *args, **kwargs):
        user = context["user"]
        with translation.override(user.language):
            subject = render_to_string(subject_template_name, context)
            body = render_to_string(email_template_name, context)
            link = reverse("password_reset_confirm", args=[context["uid"], context["token"]])
        # One message in five minutes, however often the button is pressed.
        key = f"password_reset:{user.pk}:{int(now().timestamp()) // 300}"
        values = {"subject": subject.strip(), "body": body.strip(), "link": link}
        Message.objects.get_or_create(key=key, defaults={"recipient": user, **values})
