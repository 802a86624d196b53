"""What a browser is told that pages may not do."""

import pytest


def policy(page):
    rules = (rule.split() for rule in page["Content-Security-Policy"].split(";"))
    return {name: allowed for name, *allowed in rules}


@pytest.mark.parametrize(
    "place", ["/", "/notices/", "/schools/first/", "/accounts/sign-in/", "/x/"]
)
def test_a_page_loads_runs_and_sends_nothing_elsewhere(client, cast, place):
    page = client.get(place)
    assert policy(page) == {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"


def test_a_page_has_nothing_the_policy_forbids(client, cast):
    text = client.get("/schools/first/").content.decode()
    assert [
        found for found in ("<script", " style=", " onclick", "http-equiv") if found in text
    ] == []
