"""依法隐去 in the workplace: choosing the parts, seeing what will go, deciding."""

import pytest
from django.urls import reverse

from disclosures.models import Edition
from portal.text.masking import MARK
from tests.disclosures.test_redact import BODY, propose, row_of
from tests.disclosures.test_tabulate import fees

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


@pytest.fixture
def long(stage):
    """A published table of 2,000 rows."""
    edition = stage.draft(body="<p>名单如下。</p>")
    rows = fees(*((f"第{n}项", "1") for n in range(1, 2001)))
    edition.tabulate(by=stage.cast.editor, table=rows)
    return stage.carry_out(edition)


def test_of_a_long_table_one_finds_the_row_and_the_page_stays_short(cast, long, signed_in):
    office = signed_in(cast.office)
    page = office.get(address(long, "redaction-proposal")).content.decode()
    assert page.count('name="names"') == 100
    assert "处可以隐去，下面列出100处。" in page
    found = office.get(address(long, "redaction-proposal"), {"find": "第1234项"}).content.decode()
    assert found.count('name="names"') == 1
    assert 'value="row/01234"' in found
    assert "第1234行：第1234项 · 代收费 · 1 ·" in found
    nothing = office.get(address(long, "redaction-proposal"), {"find": "王小明"}).content.decode()
    assert "没有找到，请换一个词。" in nothing


def test_rows_are_named_by_their_numbers(cast, long, signed_in):
    office, there = signed_in(cast.office), address(long, "redaction-proposal")
    typed = {"version": long.version, "basis": "law", "reason": "依法", "names": "row/00007"}
    asked = office.post(there, typed | {"rows": "3，1998-2000"})
    assert asked.status_code == 302
    names = ["row/00003", "row/00007", "row/01998", "row/01999", "row/02000"]
    assert long.proposals.get().names == names


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("2001", "没有第2001行，或者它已经隐去。"),
        ("三到五", "行号看不懂。请写成“3，7-9”这样。"),
    ],
)
def test_a_number_that_is_none_says_so_and_keeps_what_was_typed(
    cast, long, signed_in, rows, sentence
):
    office, there = signed_in(cast.office), address(long, "redaction-proposal")
    typed = {"version": long.version, "basis": "law", "reason": "依法", "rows": rows}
    page = office.post(there, typed).content.decode()
    assert sentence in page
    assert f'value="{rows}"' in page
    assert "依法</textarea>" in page
    assert not long.proposals.exists()


def test_the_second_person_sees_the_rows_that_will_go(cast, long, signed_in):
    long.propose_redaction(by=cast.office, names=["row/01234"], basis="law", reason="依法")
    page = signed_in(cast.principal).get(address(long, "redaction")).content.decode()
    assert "第1234行：第1234项 · 代收费 · 1 ·" in page
    assert "第1235项" not in page
