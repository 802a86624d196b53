"""The map of the site. Each room hangs its own pages; the roof adds what spans several."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

from portal import views, views_ledger, views_pages, views_site


class Tile:
    """The number of a tile in five digits, more when the log needs them: one address each."""

    regex = "[0-9]{5}|[1-9][0-9]{5,11}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:05d}"


register_converter(Tile, "tile")

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views_site.robots, name="robots"),
    path("sitemap.xml", views_site.sitemap, name="sitemap"),
    path("sitemap-<str:kind>-<int:number>.xml", views_site.sitemap_part, name="sitemap_part"),
    path("ledger/checkpoint", views_ledger.checkpoint, name="checkpoint"),
    path("ledger/heads.txt", views_ledger.heads, name="heads"),
    path("ledger/key.txt", views_ledger.key, name="ledger_key"),
    path("ledger/entries/<tile:number>.jsonl", views_ledger.entries, name="ledger_entries"),
    path("ledger/content/<int:seq>.json", views_ledger.content, name="ledger_content"),
    path("ledger/<str:name>", views_ledger.program, name="ledger_program"),
    *i18n_patterns(
        path("ledger/", views_ledger.about, name="ledger"),
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
