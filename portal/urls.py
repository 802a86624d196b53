"""The map of the site. Each room hangs its own pages; the roof adds what spans several."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from portal import views, views_pages, views_site

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views_site.robots, name="robots"),
    path("sitemap.xml", views_site.sitemap, name="sitemap"),
    path("sitemap-<str:kind>-<int:number>.xml", views_site.sitemap_part, name="sitemap_part"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("about/", views_pages.about, name="about"),
        path("accessibility/", views_pages.accessibility, name="accessibility"),
        path("privacy/", views_pages.privacy, name="privacy"),
        path("schools/<slug:slug>/privacy/", views_pages.school_privacy, name="school_privacy"),
        path("site-map/", views_pages.site_map, name="site_map"),
        path("admin/", admin.site.urls),
        path("", include("portal.organisation.urls")),
        path("", include("committees.urls")),
        path("", include("feedback.urls")),
        path("", include("disclosures.urls")),
        prefix_default_language=False,
    ),
]
