"""The supervision group says how much it looks at."""

import pytest
from django.urls import reverse

from portal.ledger.acts import Refused
from portal.ledger.models import Act

SHARE = "admin:committees_look_share"


def test_a_member_sets_the_share_and_the_record_says_so(cast, watching):
    watching.set_share(50, by=cast.supervisor)
    watching.refresh_from_db()
    assert watching.share == 50
    act = Act.objects.get(name="set_share")
    assert (act.actor_name, act.school) == ("监督小组成员", "first")
    assert watching.history.first().act_id == act.uuid


@pytest.mark.parametrize("who", ["office", "principal", "supervisor2", "bureau", "sysadmin"])
def test_nobody_it_watches_sets_it(cast, watching, who):
    with pytest.raises(Refused, match="由监督小组自己设定"):
        watching.set_share(1, by=getattr(cast, who))
    watching.refresh_from_db()
    assert watching.share == 20


@pytest.mark.parametrize("share", [0, 101])
def test_a_share_is_one_to_a_hundred(cast, watching, share):
    with pytest.raises(Refused, match="在1到100之间"):
        watching.set_share(share, by=cast.supervisor)
    watching.refresh_from_db()
    assert watching.share == 20


def test_the_leading_group_has_no_share_to_set(cast, leading):
    with pytest.raises(Refused):
        leading.set_share(50, by=cast.supervisor)


def test_the_page_sets_it(client, cast, watching):
    client.force_login(cast.supervisor)
    assert client.post(reverse(SHARE), {"share": "0"}).context["form"].errors
    response = client.post(reverse(SHARE), {"share": "35"}, follow=True)
    assert "抽查比例已改为35%。" in response.content.decode()
    watching.refresh_from_db()
    assert watching.share == 35


@pytest.mark.parametrize(("who", "status"), [("office", 404), ("bureau", 404), ("parent", 302)])
def test_for_others_the_page_does_not_open(client, cast, watching, who, status):
    client.force_login(getattr(cast, who))
    assert client.post(reverse(SHARE), {"share": "1"}).status_code == status
    watching.refresh_from_db()
    assert watching.share == 20
