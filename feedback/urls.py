from django.urls import path

from feedback import follow, views

urlpatterns = [
    path("schools/<slug:school>/mailboxes/<slug:slug>/", views.mailbox, name="mailbox"),
    path("letters/", views.letter_lookup, name="letter_lookup"),
    path("letters/<uuid:pk>/", views.letter, name="letter"),
    path("follow/", follow.follow, name="follow"),
    path("follow/<str:token>/", follow.following, name="following"),
    path("follow/<str:token>/end/", follow.unfollow, name="unfollow"),
]
