"""What an import leaves for the clerk to repair, on the draft's page."""

import pytest

from disclosures.importing import deciding
from portal.ledger.models import Act
from tests.disclosures.intake import imported
from tests.disclosures.workplace import address, said, stored


def test_the_drafts_page_proposes_repairs_and_carries_one_out_as_an_edit(cast, client):
    edition = imported(client, cast)
    page = said(client.get(address("change", edition)))
    assert "监(jiān)" in page and "点击下载文档" in page and "导入时发现的问题" in page
    (sound,) = [n for n, r in deciding.left_for(edition)["repairs"] if r.kind == "pinyin"]
    client.post(address("repair", edition), {"version": edition.version, "repair": [sound]})
    after = stored(edition)
    assert after.body == "<p>监督电话见公示栏。</p><p>点击下载文档</p>"
    assert Act.objects.about(edition.disclosure_id).filter(name="edit").count() == 1
    assert [r.kind for _n, r in deciding.left_for(after)["repairs"]] == ["line"]


def test_all_repairs_at_once_and_none_left(cast, client):
    edition = imported(client, cast)
    client.post(address("repair", edition), {"version": edition.version, "all": "1"})
    assert stored(edition).body == "<p>监督电话见公示栏。</p>"
    assert "导入时发现的问题" not in said(client.get(address("change", edition)))


def test_what_is_kept_stays_and_is_proposed_no_more(cast, client):
    edition = imported(client, cast)
    places = [place for place, _repair in deciding.left_for(edition)["repairs"]]
    client.post(
        address("repair", edition), {"version": edition.version, "repair": places, "keep": "1"}
    )
    assert stored(edition).version == edition.version
    assert deciding.left_for(edition)["repairs"] == []


@pytest.mark.parametrize("version", ["7", "", "-1", "x", "²"])
def test_a_repair_of_a_text_changed_meanwhile_changes_nothing(cast, client, version):
    edition = imported(client, cast)
    answer = client.post(address("repair", edition), {"version": version, "all": "1"}, follow=True)
    assert "这份草稿刚刚被改动过" in said(answer)
    assert stored(edition).body == edition.body
    assert len(deciding.left_for(edition)["repairs"]) == 2


def test_nobody_else_repairs_a_draft(cast, client):
    edition = imported(client, cast)
    for other in (cast.editor_other, cast.principal, cast.editor2, cast.sysadmin):
        client.force_login(other)
        sent = client.post(address("repair", edition), {"version": edition.version, "all": "1"})
        assert sent.status_code == 404
    assert stored(edition).body == edition.body
