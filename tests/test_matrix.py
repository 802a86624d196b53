"""Every address as every role over two schools and every state: nobody reads or does too much.

What each role may read is written here as the rule says it, not as the code computes it.
"""

import re
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from committees.models import Question
from disclosures import paper
from disclosures.admin.acts import ACTS
from disclosures.models import Attachment, Disclosure, Edition, Release
from feedback.models import Mailbox
from portal.ledger.models import Act, LedgerEntry
from portal.organisation.models import Post
from tests.world import INNER, STATES, UNPUBLISHED, World, canary

ROLES = (
    "public",
    "editor",
    "head",
    "principal",
    "office",
    "supervisor",
    "bureau",
    "teacher",
    "parent",
    "sysadmin",
)
SEALED = ("scheduled", "public", *INNER, "withdrawn", "superseded")
REVIEWED = tuple(name for name in STATES if name not in ("draft", "discarded"))

# What a role may read of its own school (1) beside what everybody may.
OWN = {
    "editor": (*STATES, "question", "register"),
    "head": (*REVIEWED, "staff", "question"),
    "principal": (*STATES, "letter", "question", "register"),
    "office": (*STATES, "follower", "question", "register"),
    "supervisor": (*STATES, "question", "register"),
    "teacher": ("staff",),
    "parent": ("parents", "letter"),
}
NAMED = (*STATES, "letter", "follower", "question", "register")
# A withdrawn or superseded text may be named where its address is answered.
FOR_EVERYBODY = {("public", 1), ("public", 2), ("withdrawn", 1), ("withdrawn", 2)}

IGNORED = {
    "jsi18n",
    "autocomplete",
    "healthz",
    "password_reset_confirm",
    "view_on_site",
}


def may_read(role):
    readable = set(FOR_EVERYBODY) | {(name, 1) for name in OWN.get(role, ())}
    if role == "bureau":
        readable |= set(product((*SEALED, "question"), (1, 2)))
    return readable


@pytest.fixture
def world(cast, stage, monkeypatch):
    # What a PDF says is packed away; the page it is made from can be read.
    monkeypatch.setattr(paper, "pdf_of", str.encode)
    return World(cast, stage)


def client_of(world, role):
    client = Client(raise_request_exception=True)
    if role != "public":
        client.force_login(getattr(world.cast, role))
    return client


def patterns(resolver=None, prefix=""):
    """Every route as (name, path with <converter:argument>)."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        elif isinstance(entry, URLPattern):
            yield entry.name, re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", path).strip("^$")


def values_for(world, name, path):
    """The arguments to try for a route; raises for a route nobody has classified."""
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
    if not wanted:
        return [[]]
    if name == "app_list":
        return [["organisation"], ["disclosures"], ["ledger"], ["feedback"], ["committees"]]
    if path.startswith("admin/"):
        return [[value] for value in admin_keys(world, path)]
    found = PUBLIC_ARGUMENTS[name](world)
    assert all(len(row) == len(wanted) for row in found), (name, path)
    return found


def admin_keys(world, path):
    app, model = path.removeprefix("admin/").split("/")[:2]
    if model in ("edition",):
        return [edition.pk for edition in editions(world)]
    if (app, model) in (("ledger", "act"), ("committees", "look")):
        disclosures = Disclosure.objects.values_list("pk", flat=True)
        acts = list(Act.objects.order_by("pk").values_list("uuid", flat=True)[:400:40])
        acts += Question.objects.values_list("act", flat=True)
        return [*acts, *disclosures] if "uuid" in path or "timeline" in path else acts
    from django.apps import apps  # noqa: PLC0415  read by name only here

    rows = apps.get_model(app, model)._default_manager.all()
    return list(rows.values_list("pk", flat=True)[:4])


def editions(world):
    return [edition for (_n, name), edition in world.items.items() if name != "letter"]


def schools(world):
    return [[world.school(1).slug], [world.school(2).slug]]


def numbered(world):
    numbered = Disclosure.objects.exclude(index_number=None).select_related("school")
    return [[row.school.slug, row.year, f"{row.serial:05d}"] for row in numbered]


PUBLIC_ARGUMENTS = {
    "board": schools,
    "inward_board": schools,
    "class_code": schools,
    "school_notices": schools,
    "school_search": schools,
    "school_privacy": schools,
    "catalogue": schools,
    "catalogue_file": lambda w: [[s, x] for (s,), x in product(schools(w), ("csv", "xlsx"))],
    "category": lambda w: [[s, "K12-E"] for (s,) in schools(w)],
    "department": lambda w: [[s, "general"] for (s,) in schools(w)],
    "committee": lambda w: [[s, "leading"] for (s,) in schools(w)],
    "mailbox": lambda w: [[m.school.slug, m.slug] for m in Mailbox.objects.all()],
    "letter": lambda w: [[w.items[n, "letter"].pk] for n in (1, 2)],
    "notice": numbered,
    "verification": numbered,
    "poster": numbered,
    "poster_pdf": numbered,
    "proof": numbered,
    "ledger_entries": lambda w: [["00000"]],
    "ledger_content": lambda w: [[seq] for seq in LedgerEntry.objects.values_list("pk", flat=True)],
    "ledger_program": lambda w: [["verify.py"], ["witness.py"], ["none"]],
    "feed": lambda w: [["atom"], ["json"]],
    "school_feed": lambda w: [[s, "json"] for (s,) in schools(w)],
    "category_feed": lambda w: [[s, "K12-E", "atom"] for (s,) in schools(w)],
    "department_feed": lambda w: [[s, "general", "json"] for (s,) in schools(w)],
    "search_feed": lambda w: [["atom?q=暗号"], ["json?q=暗号"]],
    "school_search_feed": lambda w: [[s, "json?q=暗号"] for (s,) in schools(w)],
    "table_file": lambda w: [[*n, x] for n, x in product(numbered(w), ("csv", "xlsx", "json"))],
    "open_data_file": schools,
    "embed": schools,
    "sitemap_part": lambda w: [["schools", 0], ["notices", 0]],
    "following": lambda w: [["unknown"]],
    "unfollow": lambda w: [["unknown"]],
    "preview": lambda w: [["x" * 32]],
    "preview_file": lambda w: [["x" * 32, a.pk] for a in Attachment.objects.all()],
    "attachment": lambda w: [[a.pk, a.name] for a in Attachment.objects.all()],
}


def addresses(world):
    """(route name, url) of everything a person can ask for."""
    for name, path in set(patterns()):
        if name in IGNORED or name is None or path.startswith("static"):
            continue
        for values in values_for(world, name, path):
            filled = path
            for value in values:
                filled = re.sub(r"<[^>]+>", str(value), filled, count=1)
            yield name, "/" + filled.lstrip("/")


def body_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def heard(text):
    """The (state, school) pairs whose words appear in a text."""
    return {
        (name, number) for number, name in product((1, 2), NAMED) if canary(number, name) in text
    }


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_more_than_the_table_allows(world, role):
    client, allowed, leaks, found = client_of(world, role), may_read(role), [], set()
    for _name, url in addresses(world):
        response = client.get(url)
        assert response.status_code < 500, (url, response.status_code)
        seen = heard(body_of(response))
        found |= seen
        leaks += [(url, *pair) for pair in seen - allowed]
    assert leaks == []
    assert ("public", 1) in found
    if role in OWN:
        assert {(name, 1) for name in OWN[role]} - found == set()


def snapshot():
    """Everything an act could have changed."""
    return (
        list(Edition.objects.order_by("pk").values_list("pk", "state", "version", "title")),
        list(Release.objects.order_by("pk").values_list("pk", "opens_at", "closes_at")),
        list(Disclosure.objects.order_by("pk").values_list("pk", "index_number")),
        list(Post.objects.order_by("pk").values_list("pk", "ends_on")),
        Act.objects.count(),
    )


POWERLESS = ("public", "supervisor", "bureau", "teacher", "parent", "sysadmin")
ANSWERS = {
    "reason": "理由",
    "opinion": "意见",
    "ground": "error",
    "confirmed": "on",
    "when": "now",
}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_acts_on_what_is_not_theirs(world, role):
    """The powerless change nothing anywhere; nobody of school 1 changes anything of school 2."""
    client, before = client_of(world, role), snapshot()
    numbers = (1, 2) if role in POWERLESS else (2,)
    for (number, name), edition in world.items.items():
        if name == "letter" or number not in numbers:
            continue
        answers = ANSWERS | {"version": edition.version, "seen": edition.content_digest()}
        for act in ACTS.values():
            base = reverse("admin:disclosures_edition_change", args=[edition.pk])
            url = base.removesuffix("change/") + act.resource + "/"
            response = client.post(url, answers)
            assert response.status_code in (302, 403, 404, 409), (url, response.status_code)
    assert snapshot() == before


def test_every_unpublished_state_is_in_the_world(world):
    states = {edition.state for edition in editions(world)}
    assert states == {"draft", "in_review", "approved", "published", "withdrawn", "discarded"}
    assert set(UNPUBLISHED) < set(STATES)
