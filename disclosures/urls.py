"""The public addresses of what is disclosed: short, and permanent once given out."""

from django.urls import path, re_path

from disclosures.views import (
    board,
    bulk,
    catalogue,
    feeds,
    files,
    lists,
    notice,
    open_data,
    preview,
    proof,
    search,
    tables,
)

# Serials have five digits, more when a school needs them: one notice has one address.
NOTICE = (
    r"^schools/(?P<slug>[a-z][a-z0-9-]*)/(?P<year>[0-9]{4})-(?P<serial>[0-9]{5}|[1-9][0-9]{5,8})/"
)

urlpatterns = [
    path("notices/", lists.notices, name="notices"),
    path("search/", search.everywhere, name="search"),
    path("inward/", board.inward_boards, name="inward"),
    path("inward/search/", search.inward, name="inward_search"),
    path("schools/<slug:slug>/", board.outward, name="board"),
    path("schools/<slug:slug>/inward/", board.inward, name="inward_board"),
    path("schools/<slug:slug>/notices/", lists.school_notices, name="school_notices"),
    path("schools/<slug:slug>/search/", search.of_school, name="school_search"),
    path("schools/<slug:slug>/categories/<str:code>/", lists.category, name="category"),
    path("schools/<slug:slug>/departments/<slug:name>/", lists.department, name="department"),
    path("schools/<slug:slug>/catalogue/", catalogue.page, name="catalogue"),
    path("schools/<slug:slug>/catalogue.<str:suffix>", catalogue.download, name="catalogue_file"),
    re_path(f"{NOTICE}$", notice.page, name="notice"),
    re_path(f"{NOTICE}verification/$", proof.page, name="verification"),
    re_path(rf"{NOTICE}table\.(?P<suffix>csv|xlsx|json)$", tables.download, name="table_file"),
    re_path(rf"{NOTICE}proof\.json$", proof.download, name="proof"),
    path("feed.<str:suffix>", feeds.feed, name="feed"),
    path("schools/<slug:school>/feed.<str:suffix>", feeds.feed, name="school_feed"),
    path(
        "schools/<slug:school>/categories/<str:category>/feed.<str:suffix>",
        feeds.feed,
        name="category_feed",
    ),
    path(
        "schools/<slug:school>/departments/<slug:department>/feed.<str:suffix>",
        feeds.feed,
        name="department_feed",
    ),
    path("search/feed.<str:suffix>", feeds.search_feed, name="search_feed"),
    path(
        "schools/<slug:school>/search/feed.<str:suffix>",
        feeds.search_feed,
        name="school_search_feed",
    ),
    path("open/", open_data.about, name="open_data"),
    path("open/notices.json", open_data.notices, name="open_notices"),
    path("schools/<slug:slug>/open-data.jsonl", bulk.download, name="open_data_file"),
    path("schools/<slug:slug>/embed/", open_data.frame, name="embed"),
    path("preview/<str:token>/", preview.page, name="preview"),
    path("preview/<str:token>/files/<uuid:pk>/", preview.file, name="preview_file"),
    path("attachments/<uuid:pk>/<str:name>", files.attachment, name="attachment"),
]
