"""The map of the site. Each room hangs its own pages; the roof adds what spans several."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("admin/", admin.site.urls),
        path("", include("portal.organisation.urls")),
        path("", include("committees.urls")),
        path("", include("feedback.urls")),
        path("", include("disclosures.urls")),
        prefix_default_language=False,
    ),
]
