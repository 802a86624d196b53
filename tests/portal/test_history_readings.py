"""Who read what is not meant for everybody."""

from datetime import timedelta

from django.urls import reverse

from disclosures.models import Reading
from portal.ledger.moments import as_of
from tests.portal.record import NOON, READINGS, record_pages


def test_readings_are_listed_and_filtered(client, cast, stage):
    named = {
        "audiences": ["named"],
        "named_authority": cast.principal.groups.get().authority,
        "inner_reason": "限定知悉",
    }
    edition = stage.draft(title="处分决定", **named)
    with as_of(NOON):
        Reading.objects.note(edition, by=cast.office)
    with as_of(NOON + timedelta(days=1)):
        Reading.objects.note(edition, by=cast.principal)
    client.force_login(cast.supervisor)

    def readers(**asked):
        shown = client.get(reverse(READINGS), asked).context["readings"]
        return [reading.reader.name for reading in shown]

    assert readers() == ["校长", "公开办主任"]
    assert readers(reader="公开办") == ["公开办主任"]
    assert readers(title="处分", until="2026-09-01") == ["公开办主任"]
    assert readers(title="收费") == []


def test_reading_a_restricted_text_in_the_history_is_a_reading(client, cast, stage):
    named = {
        "audiences": ["named"],
        "named_authority": cast.principal.groups.get().authority,
        "inner_reason": "限定知悉",
    }
    restricted, plain = stage.draft(**named), stage.draft()
    client.force_login(cast.supervisor)
    for page in record_pages(plain)[4:] + record_pages(restricted)[4:]:
        assert client.get(page).status_code == 200
    found = list(Reading.objects.values_list("edition", "reader"))
    assert found == [(restricted.pk, cast.supervisor.pk)] * 2
