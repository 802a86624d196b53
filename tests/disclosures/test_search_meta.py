"""What search engines are told of the search: its form may be found, what was asked may not."""

import re

import pytest

ABOUT = "在学校对社会公开的内容里查找：标题、正文、附件、文号、索引号，简体繁体都行。"


def meta(page, name):
    return re.findall(rf'<meta name="{name}" content="([^"]*)">', page.content.decode())


@pytest.mark.parametrize("address", ["/search/", "/schools/first/search/"])
def test_the_empty_form_may_be_kept(client, cast, address):
    page = client.get(address)
    assert (meta(page, "robots"), meta(page, "description")) == ([], [ABOUT])


@pytest.mark.parametrize("asked", ["q=收费", "q=", "school=first", "after=x", "order=rank"])
def test_what_was_asked_is_not_kept(client, cast, asked):
    page = client.get(f"/search/?{asked}")
    assert meta(page, "robots") == ["noindex, follow"]


def test_the_search_behind_the_door_is_not_kept(signed_in, cast):
    page = signed_in(cast.teacher).get("/inward/search/")
    assert (meta(page, "robots"), meta(page, "description")) == (["noindex, follow"], [])
