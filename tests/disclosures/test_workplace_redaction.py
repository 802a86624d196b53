"""依法隐去 in the workplace: choosing the parts, seeing what will go, deciding."""

import pytest
from django.urls import reverse

from disclosures.models import Edition
from portal.text.masking import MARK
from tests.disclosures.test_redact import BODY, propose, row_of

pytestmark = pytest.mark.django_db


def address(edition, resource):
    page = reverse("admin:disclosures_edition_change", args=[edition.pk])
    return f"{page.removesuffix('change/')}{resource}/"


@pytest.fixture
def listed(stage):
    return stage.published(body=BODY)


def test_every_row_can_be_chosen_by_itself(cast, listed, signed_in):
    page = signed_in(cast.office).get(address(listed, "redaction-proposal"))
    text = page.content.decode()
    assert page.status_code == 200
    assert f'value="{row_of(listed, "王小明")}"' in text
    assert "一年级 · 王小明 · 500" in text
    assert "二年级 · 李小红 · 500" in text
    assert "&lt;/" not in text
    assert "隐去以后不能恢复" in text


def test_asking_and_agreeing_go_through_two_people(cast, listed, signed_in):
    typed = {
        "version": listed.version,
        "names": [row_of(listed, "王小明")],
        "basis": "guardian",
        "reason": "家长要求",
    }
    asked = signed_in(cast.office).post(address(listed, "redaction-proposal"), typed)
    assert asked.status_code == 302
    listed.refresh_from_db()
    second = signed_in(cast.principal)
    page = second.get(address(listed, "redaction")).content.decode()
    assert "王小明" in page
    assert "李小红" not in page
    done = second.post(address(listed, "redaction"), {"version": listed.version})
    assert done.status_code == 302
    assert MARK in Edition.objects.get(pk=listed.pk).body


def test_nothing_chosen_says_so_and_keeps_what_was_typed(cast, listed, signed_in):
    typed = {"version": listed.version, "basis": "guardian", "reason": "家长要求"}
    page = signed_in(cast.office).post(address(listed, "redaction-proposal"), typed)
    text = page.content.decode()
    assert "请至少勾选一处要隐去的内容。" in text
    assert "家长要求" in text
    assert BODY in Edition.objects.get(pk=listed.pk).body


def test_a_stale_page_decides_nothing(cast, listed, signed_in):
    propose(listed, cast.office)
    page = signed_in(cast.principal).post(address(listed, "redaction"), {"version": 0})
    assert page.status_code == 409
    assert Edition.objects.get(pk=listed.pk).body == BODY
