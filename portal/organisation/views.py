"""Signing in and out, and one's own password: Django's pages with the portal's forms."""

from django.contrib.auth import views as auth

from portal.organisation import forms

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
