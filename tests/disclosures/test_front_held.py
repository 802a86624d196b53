"""What the home page and a catalogue show changes their version: by the clock or by an act."""

import uuid
from datetime import timedelta

import pytest

from disclosures.models import Adoption, CatalogueEntry, Edition
from portal.ledger.acts import perform
from portal.ledger.moments import as_of, now, today

FRONT = (
    "/",
    "/schools/first/catalogue/",
    "/schools/first/catalogue.csv",
    "/schools/first/catalogue.xlsx",
)


def scheduled(stage):
    stage.published(title="以后的", opens_at=now() + timedelta(minutes=5))
    return timedelta(minutes=6)


def closing(stage):
    stage.published(title="到今天", closes_on=today())
    return timedelta(days=1)


def growing_old(stage):
    return timedelta(days=31)


# A file says no notice is new, so nothing in it grows old.
CLOCK = [(a, planned) for a in FRONT for planned in (scheduled, closing)]
CLOCK += [(a, growing_old) for a in FRONT if a.endswith("/")]


@pytest.mark.parametrize(("address", "planned"), CLOCK)
def test_the_front_and_the_catalogue_change_by_the_clock(client, stage, address, planned):
    stage.published(title="现在的")
    later = planned(stage)
    with as_of(now() + timedelta(seconds=1)):
        before = client.get(address)
        held = {"If-None-Match": before["ETag"]}
        assert client.get(address, headers=held).status_code == 304
    with as_of(now() + later):
        after = client.get(address, headers=held)
        assert after.status_code == 200
        assert after.content != before.content


def renamed(cast, stage):
    cast.school.name = "示范区实验小学"
    with perform("change", cast.school, by=cast.office):
        cast.school.save()


def department_renamed(cast, stage):
    Adoption.objects.of(cast.school, cast.entry).adopt(by=cast.office, department=cast.department)
    cast.department.name = "后勤处"
    with perform("change", cast.department, by=cast.office):
        cast.department.save()


def published(cast, stage):
    stage.published(title="新的", entry=cast.short_entry)


def withdrawn(cast, stage):
    edition = Edition.objects.get(title="现在的")
    edition.propose_withdrawal(by=cast.editor, ground="error", reason="有误")
    edition.withdraw(by=cast.office)


def adopted(cast, stage):
    Adoption.objects.of(cast.school, cast.entry).adopt(by=cast.office, channels="宣传栏")


def switched_off(cast, stage):
    said = Adoption.objects.of(cast.school, cast.short_entry)
    said.switch_off(by=cast.office, reason="本校没有")


def amended(cast, stage):
    cast.short_entry.title = "校历"
    cast.short_entry.amend(by=cast.bureau)


def superseded(cast, stage):
    successor = CatalogueEntry.objects.get(pk=cast.entry.pk)
    successor.pk, successor.title, successor._state.adding = uuid.uuid4(), "收费", True
    cast.entry.supersede(successor, by=cast.bureau, reason="更替")


ACTS = {
    "/": [renamed, published, withdrawn],
    "/schools/first/catalogue/": [
        *(renamed, published, withdrawn, adopted, switched_off, amended, superseded),
        department_renamed,
    ],
    "/schools/first/catalogue.csv": [
        *(published, withdrawn, adopted, switched_off, amended, superseded, department_renamed),
    ],
}


@pytest.mark.parametrize(
    ("address", "act"), [(address, act) for address, acts in ACTS.items() for act in acts]
)
def test_the_front_and_the_catalogue_change_with_every_act_that_shows(
    client, cast, stage, address, act
):
    stage.published(title="现在的")
    before = client.get(address)
    held = {"If-None-Match": before["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    act(cast, stage)
    after = client.get(address, headers=held)
    assert after.status_code == 200
    assert after.content != before.content


@pytest.mark.parametrize("address", FRONT)
def test_another_release_of_the_program_or_another_address_is_another_page(
    client, cast, address, monkeypatch, settings
):
    held = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=held).status_code == 304
    with monkeypatch.context() as patch:
        patch.setattr("disclosures.versions.build", lambda: "another")
        assert client.get(address, headers=held).status_code == 200
    assert client.get(address, headers=held).status_code == 304
    settings.SITE_URL = "https://open.example"
    assert client.get(address, headers=held).status_code == 200


def test_the_front_is_the_same_for_whoever_is_signed_in(cast, stage, client, signed_in):
    stage.published(title="内部", audiences=["staff"], inner_reason="只涉及教职工")
    for address in FRONT[:3]:
        public, own = client.get(address), signed_in(cast.teacher).get(address)
        assert own.content == public.content
        assert own["ETag"] == public["ETag"]
        assert not own.cookies
