from django.urls import path

from portal.organisation import views

urlpatterns = [
    path("accounts/sign-in/", views.sign_in, name="sign_in"),
    path("accounts/sign-out/", views.sign_out, name="sign_out"),
    path("accounts/activation/", views.activation, name="activation"),
    path("schools/<slug:slug>/class-code/", views.class_code, name="class_code"),
    path("accounts/password/", views.password_change, name="password_change"),
    path("accounts/password/changed/", views.password_change_done, name="password_change_done"),
    path("accounts/password-reset/", views.password_reset, name="password_reset"),
    path("accounts/password-reset/sent/", views.password_reset_done, name="password_reset_done"),
    path(
        "accounts/password-reset/complete/",
        views.password_reset_complete,
        name="password_reset_complete",
    ),
    path(
        "accounts/password-reset/<uidb64>/<token>/",
        views.password_reset_confirm,
        name="password_reset_confirm",
    ),
]
