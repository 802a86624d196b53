"""Whoever searches finds what their boards show them, in every state of every notice, no more."""

import re

import pytest
from django.test import Client

from disclosures.models import Reading
from portal.organisation.models import Authority, Office
from tests.test_matrix import ROLES, body_of, heard, may_read
from tests.world import World


@pytest.fixture
def world(cast, stage):
    return World(cast, stage)


def test_nobody_finds_more_than_they_may_read(world):
    for role in ROLES:
        client = Client()
        if role != "public":
            client.force_login(getattr(world.cast, role))
        everybody = {("public", 1), ("public", 2)}
        assert heard(answer(client, "/search/")) == everybody, role
        assert heard(answer(client, "/schools/second/search/")) == {("public", 2)}, role
        found = heard(answer(client, "/inward/search/"))
        assert found <= may_read(role), role
        assert role == "public" or everybody <= found, role


def test_those_who_belong_to_a_school_find_its_inner_notices(world):
    client = Client()
    client.force_login(world.cast.teacher)
    assert ("staff", 1) in heard(answer(client, "/inward/search/"))


def test_what_is_meant_for_named_people_is_found_by_its_title_and_read_on_its_page(cast, stage):
    """Reading it leaves a trace, which a list of results does not."""
    named = {"audiences": ["named"], "inner_reason": "涉及个人", "entry": cast.short_entry}
    named["named_authority"] = Authority.objects.at(cast.school, Office.PRINCIPAL)
    stage.published(title="困难补助暗号", body="<p>王某暗号三百元</p>", **named)
    client = Client()
    client.force_login(cast.principal)
    page = client.get("/inward/search/?q=暗号")
    assert [each["release"].edition.title for each in page.context["results"]] == ["困难补助暗号"]
    assert "三百元" not in page.content.decode()
    assert Reading.objects.count() == 0


def answer(client, path):
    """What a search for a word of every notice says, the marks around the word taken away."""
    return re.sub("</?mark>", "", body_of(client.get(path, {"q": "暗号"})))
