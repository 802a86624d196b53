from django.urls import path

from feedback import views

urlpatterns = [
    path("schools/<slug:school>/mailboxes/<slug:slug>/", views.mailbox, name="mailbox"),
    path("letters/", views.letter_lookup, name="letter_lookup"),
    path("letters/<uuid:pk>/", views.letter, name="letter"),
]
