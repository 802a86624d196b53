"""Whoever searches finds what their boards show them, in every state of every notice, no more."""

import re

import pytest
from django.test import Client

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


def answer(client, path):
    """What a search for a word of every notice says, the marks around the word taken away."""
    return re.sub("</?mark>", "", body_of(client.get(path, {"q": "暗号"})))
