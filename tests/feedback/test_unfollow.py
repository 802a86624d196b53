"""Ending it: by one click of a mail program or on the page of everything the address follows."""

from datetime import timedelta

import pytest

from feedback.digest import tell_followers
from feedback.models import Subscription
from portal.ledger.moments import as_of, now
from tests.feedback.followers import following


def test_a_mail_program_ends_it_by_one_post_and_a_link_scanner_does_not(client, cast):
    path = following(client)
    assert client.get(f"{path}end/").status_code == 200
    assert Subscription.objects.get().is_running
    for _again in range(2):
        done = client.post(f"{path}end/", {"List-Unsubscribe": "One-Click"})
        assert done.status_code == 200
        assert not done.cookies
    assert not Subscription.objects.get().is_running
    with as_of(now() + timedelta(days=4)):
        tell_followers()
    assert not Subscription.objects.exists()
    assert client.post(f"{path}end/", {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_one_page_shows_everything_the_address_follows_and_ends_it(client, cast):
    path = following(client)
    following(client, "/follow/?school=second")
    following(client, "/follow/", email="other@home.example")
    page = client.get(path)
    assert [row.label for row in page.context["others"]] == ["示范区第二小学"]
    other = page.context["others"][0]
    stranger = Subscription.objects.get(email="other@home.example")
    client.post(path, {"end_other": str(stranger.pk)})
    assert Subscription.objects.running().count() == 3
    client.post(path, {"end_other": str(other.pk)})
    assert Subscription.objects.running().count() == 2
    client.post(path, {"act": "end_all"})
    assert list(Subscription.objects.running()) == [stranger]


def test_who_ended_may_begin_again(client, cast):
    path = following(client)
    client.post(path, {"act": "end"})
    assert following(client) == path
    assert Subscription.objects.get().is_running


@pytest.mark.parametrize("token", ["unknown", "é", "x" * 2000])
def test_an_unknown_link_is_answered_with_what_to_do(client, cast, token):
    page = client.get(f"/follow/{token}/")
    assert page.status_code == 404
    assert "没有这个订阅" in page.content.decode()
    assert client.post(f"/follow/{token}/", {"act": "confirm"}).status_code == 404
