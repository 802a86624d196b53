"""Who read what is not meant for everybody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.urls import reverse

from disclosures.models import Reading
from portal.ledger.moments import as_of, today
from portal.organisation.models import ClassCode, SchoolClass
from portal.organisation.viewer import Viewer
from tests.portal.record import NOON, READINGS, matter_pages


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


def test_who_came_by_a_class_code_is_told_and_found_by_the_class(client, cast, stage):
    school_class = SchoolClass(school=cast.school, name="一年级1班", entry_year=2026)
    school_class.save()
    code = ClassCode(school_class=school_class, expires_on=today() + timedelta(days=30))
    with as_of(NOON):
        code.issue(by=cast.office)
    edition = stage.published(title="家长会", audiences=["parents"], inner_reason="只对家长")
    viewer = Viewer.of(AnonymousUser(), class_codes=[code.pk])
    Reading.objects.record(edition, viewer=viewer)
    Reading.objects.record(edition, viewer=Viewer.of(cast.parent))
    client.force_login(cast.supervisor)
    told = "一年级1班的班级查看码（2026-09-01发放）"
    page = client.get(reverse(READINGS), {"reader": "1班"})
    assert [reading.told_reader() for reading in page.context["readings"]] == [told]
    assert f"<td>{told}</td>" in page.content.decode()


@pytest.mark.parametrize("who", [(), ("reader", "class_code")])
def test_a_reading_is_of_a_person_or_of_a_code(cast, stage, who):
    code = ClassCode(
        school_class=SchoolClass.objects.create(school=cast.school, name="1班", entry_year=2026),
        expires_on=today(),
    )
    code.issue(by=cast.office)
    readers = {"reader": cast.parent, "class_code": code}
    with pytest.raises(IntegrityError, match="reading_by_person_or_code"), transaction.atomic():
        Reading.objects.create(edition=stage.draft(), **{name: readers[name] for name in who})


def test_reading_a_restricted_text_in_the_history_is_a_reading(client, cast, stage):
    named = {
        "audiences": ["named"],
        "named_authority": cast.principal.groups.get().authority,
        "inner_reason": "限定知悉",
    }
    restricted, plain = stage.draft(**named), stage.draft()
    client.force_login(cast.supervisor)
    for page in matter_pages(plain) + matter_pages(restricted):
        assert client.get(page).status_code == 200
    found = list(Reading.objects.values_list("edition", "reader"))
    assert found == [(restricted.pk, cast.supervisor.pk)] * 2
