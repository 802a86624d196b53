"""Every kind of page there is to look at, by name: the suite and `make audit` walk the same."""

from urllib.parse import urlencode

from django.urls import reverse

MODES = [f"{mode}{language}" for mode in ("", "/care") for language in ("", "/zh-hant", "/en")]
LANGUAGES = [mode for mode in MODES if not mode.startswith("/care")]
FAILING = ("400", "403", "403-csrf", "500")
# What a kind of page answers where that is not 200.
ANSWERS = {f"failing {kind}": int(kind[:3]) for kind in FAILING} | {
    "gone": 410,
    "followed by nobody": 404,
    "not found": 404,
}


def public_places(shown):
    """Addresses of what anybody may ask for, about the things `shown` names."""
    slug, code = shown.school.slug, shown.entry.category_code
    board, query = reverse("board", args=[slug]), urlencode({"q": shown.word})
    department = shown.department.slug
    scope = urlencode({"school": slug, "department": department})
    return {
        "home": "/",
        "notices": reverse("notices"),
        "nothing listed": "/notices/?year=2020",
        "board": board,
        "another board": reverse("board", args=[shown.other_school.slug]),
        "school list": reverse("school_notices", args=[slug]),
        "category": reverse("category", args=[slug, code]),
        "department": reverse("department", args=[slug, department]),
        "catalogue": reverse("catalogue", args=[slug]),
        "notice": shown.notice.disclosure.get_absolute_url(),
        "poster": f"{shown.notice.disclosure.get_absolute_url()}poster/",
        "typed": shown.typed.disclosure.get_absolute_url(),
        "accounts": shown.accounts.disclosure.get_absolute_url(),
        "accounts board": f"{shown.accounts.disclosure.get_absolute_url()}poster/",
        "fee board": f"{shown.typed.disclosure.get_absolute_url()}poster/",
        "urgent": shown.urgent.disclosure.get_absolute_url(),
        "gone": shown.gone.disclosure.get_absolute_url(),
        "ledger": reverse("ledger"),
        "verification": f"{shown.notice.disclosure.get_absolute_url()}verification/",
        "verification of what is gone": f"{shown.gone.disclosure.get_absolute_url()}verification/",
        "committee": reverse("committee", args=[slug, "leading"]),
        "search": reverse("search"),
        "found": f"{reverse('search')}?{query}",
        "found at a school": f"{reverse('school_search', args=[slug])}?{query}",
        "nothing found": "/search/?q=没有人写过的话",
        "embed": reverse("embed", args=[slug]),
        "preview": reverse("preview", args=[shown.preview_token]),
        **own_words(slug),
        **following(shown.follow_token, scope),
        **{f"failing {kind}": f"/failing/{kind}/" for kind in FAILING},
        "not found": "/nothing-here/",
    }


def own_words(slug):
    """What the site says of itself, and its forms."""
    return {
        "about": reverse("about"),
        "accessibility": reverse("accessibility"),
        "privacy": reverse("privacy"),
        "school privacy": reverse("school_privacy", args=[slug]),
        "site map": reverse("site_map"),
        "open data": reverse("open_data"),
        "mailbox": reverse("mailbox", args=[slug, "principal"]),
        "lookup": reverse("letter_lookup"),
        "sign in": reverse("sign_in"),
        "activation": reverse("activation"),
        "class code": reverse("class_code", args=[slug]),
        "password reset": reverse("password_reset"),
    }


def following(token, scope):
    return {
        "follow": f"{reverse('follow')}?{scope}",
        "followed": reverse("following", args=[token]),
        "followed by nobody": reverse("following", args=["unknown"]),
    }


def workplace_places(shown):
    """Addresses behind the door: who opens them, and by name what they open."""
    edition = "admin:disclosures_edition_"
    written = [shown.draft.pk]
    return {
        "editor": {
            "desk": reverse("admin:index"),
            "texts": reverse(f"{edition}changelist"),
            "choosing a matter": reverse(f"{edition}add"),
            "writing": reverse(f"{edition}change", args=written),
            "sharing": reverse(f"{edition}share", args=written),
            "submitting": reverse(f"{edition}submit", args=written),
            "import": reverse(f"{edition}import"),
            "import told": reverse(f"{edition}import_job", args=[shown.job.pk]),
            "repairs": reverse(f"{edition}change", args=[shown.imported.pk]),
            "table": reverse(f"{edition}table", args=[shown.imported.pk]),
            "new table": f"{reverse(f'{edition}table', args=written)}?kind=budget",
            "table from a file": reverse(f"{edition}table_import", args=written),
            "table taken off": reverse(f"{edition}table_removal", args=[shown.imported.pk]),
            "next period": reverse(f"{edition}roll_forward", args=[shown.notice.pk]),
        },
        "office": {
            "desk of the office": reverse("admin:index"),
            "reading": reverse(f"{edition}change", args=[shown.notice.pk]),
            "posting": reverse(f"{edition}posting", args=[shown.notice.pk]),
            "people": reverse("admin:organisation_user_changelist"),
            "people from a table": reverse("admin:organisation_user_import"),
            "adoptions": reverse("admin:disclosures_adoption_changelist"),
            "asking for a removal": reverse(f"{edition}propose_redaction", args=[shown.notice.pk]),
            "refusing a removal": reverse(f"{edition}decline", args=[shown.urgent.pk]),
        },
        "supervisor": {
            "record": reverse("admin:ledger_act_changelist"),
            "inward": reverse("inward"),
            "inward board": reverse("inward_board", args=[shown.school.slug]),
            "changes": reverse("admin:committees_look_changelist"),
            "change": reverse("admin:committees_look_change", args=[shown.change.uuid]),
            "share of changes": reverse("admin:committees_look_share"),
            "questions": reverse("admin:committees_question_changelist"),
            "question": reverse("admin:committees_question_change", args=[shown.question.pk]),
            "month's account": reverse("admin:committees_question_report"),
        },
    }
