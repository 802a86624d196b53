from django.urls import path

from committees import views

urlpatterns = [
    path("schools/<slug:school>/committees/<slug:kind>/", views.committee, name="committee"),
]
