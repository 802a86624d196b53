"""Signing in and out, one's own password, and the codes that open an account or a class's board."""

from django.contrib import messages
from django.contrib.auth import views as auth
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.organisation import class_access, forms
from portal.organisation.access_forms import ActivationForm, ClassCodeForm
from portal.organisation.models import School

private = cache_control(private=True, no_store=True)
page_with_form = require_http_methods(["GET", "HEAD", "POST"])

sign_in = auth.LoginView.as_view(
    template_name="registration/sign_in.html", authentication_form=forms.SignInForm
)
sign_out = auth.LogoutView.as_view()
password_change = auth.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm)
password_change_done = auth.PasswordChangeDoneView.as_view()
password_reset = auth.PasswordResetView.as_view(
    form_class=forms.ForgottenPasswordForm,
    email_template_name="registration/password_reset_email.txt",
    subject_template_name="registration/password_reset_subject.txt",
)
password_reset_done = auth.PasswordResetDoneView.as_view()
password_reset_confirm = auth.PasswordResetConfirmView.as_view(form_class=forms.ChoosePasswordForm)
password_reset_complete = auth.PasswordResetCompleteView.as_view()


@private
@page_with_form
@sensitive_post_parameters()
def activation(request):
    """An imported person sets their first password with the code they were handed."""
    form = ActivationForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid() and form.activate():
        messages.success(request, _("账号已激活，请用刚才设置的密码登录。"))
        return redirect("sign_in")
    return render(request, "organisation/activation.html", {"form": form})


@private
@page_with_form
@sensitive_post_parameters()
def class_code(request, slug):
    """A parent types the code of a class, and reads what the school shows to parents."""
    school = get_object_or_404(School.objects.open(), slug=slug)
    if "leave" in request.POST:
        class_access.forget(request, school)
        return redirect("board", school.slug)
    sent = request.POST if request.method == "POST" else None
    form = ClassCodeForm(sent, request=request, school=school)
    if form.is_valid():
        class_access.remember(request, form.found)
        return redirect("inward_board", school.slug)
    is_open = school.pk in class_access.schools(request)
    context = {"school": school, "form": form, "is_open": is_open}
    return render(request, "organisation/class_code.html", context)
