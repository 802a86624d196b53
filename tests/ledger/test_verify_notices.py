"""Each promise about notices broken once, with full access to the tables: the row is named."""

from datetime import timedelta

import pytest

from disclosures.models import Attachment, Disclosure, Edition, IndexCounter, Release, StoredFile
from portal.ledger.acts import _write
from portal.ledger.models import Act
from portal.organisation.models import School
from tests.ledger.house import change, erase, rows, verified
from tests.ledger.lives import TABLE

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=2)


def test_the_whole_life_of_notices_is_in_order(house):
    with house.broken():
        assert list(house.findings()) == []
        assert house.lives.again.title == "改写以后"


def test_a_changed_word_is_named_and_the_code_is_that_of_verify_py(house):
    with house.broken():
        edition = house.lives.published
        change(edition, title="另一个标题")
        code, printed = verified("notices")
        assert code == 41
        entry = f"[41] disclosures.Edition {edition.pk}: 内容不是存证时的内容。 (0 title)"
        assert printed.splitlines() == [entry, "41 内容被改动"]


def found(house, *names):
    """What these checks alone find: the other nets may catch it too."""
    return {(each.code, each.row) for each in house.findings() if str(each.sentence) in names}


def test_an_edition_published_by_sql_alone_has_no_entry(house):
    with house.broken():
        edition = house.lives.cancelled
        change(edition, state="published", sealed_at=edition.edited_at)
        assert (41, f"disclosures.Edition {edition.pk}") in found(house, "没有存证就公开了。")


def test_an_edition_taken_back_by_sql_alone_is_missing(house):
    with house.broken():
        edition = house.lives.published
        change(edition, state="draft")
        assert (42, f"disclosures.Edition {edition.pk}") in found(house, "状态与存证不符。")


def test_an_edition_deleted_is_missing(house):
    with house.broken():
        edition = house.lives.published
        erase(edition)
        name = f"disclosures.Edition {edition.disclosure_id}/1"
        assert (42, name) in found(house, "存证过的文稿不见了。")
        erase(edition.disclosure)
        name = f"disclosures.Disclosure {edition.disclosure_id}"
        assert (42, name) in found(house, "存证过的公开事项不见了。")


@pytest.mark.parametrize("life", ["published", "corrected", "restored", "again", "inner", "named"])
def test_a_release_closed_by_sql_alone_is_not_explained(house, life):
    with house.broken():
        for release in Release.objects.filter(edition=getattr(house.lives, life), closes_at=None):
            change(release, closes_at=release.opens_at)
            name = f"disclosures.Release {release.pk}"
            assert (42, name) in found(house, "结束时间没有存证说明。")


@pytest.mark.parametrize("life", ["first", "withdrawn", "scheduled", "taken_down", "cancelled"])
def test_a_release_kept_open_by_sql_alone_is_not_explained(house, life):
    with house.broken():
        release = Release.objects.filter(edition=getattr(house.lives, life)).first()
        later = (release.closes_at or release.opens_at) + HOUR
        change(release, closes_at=later)
        name = f"disclosures.Release {release.pk}"
        assert (42, name) in found(house, "结束时间没有存证说明。")


def test_a_release_to_another_audience_is_not_what_was_entered(house):
    with house.broken():
        edition = house.lives.inner
        change(edition.releases.get(), audience="public")
        said = found(house, "内容不是存证时的内容。")
        assert (41, f"disclosures.Edition {edition.pk}") in said


def test_a_further_release_has_no_entry(house):
    with house.broken():
        release = house.lives.withdrawn.releases.get()
        release.pk, release.closes_at = None, None
        release.sealed_at -= HOUR
        rows(Release).bulk_create([release])
        name = f"disclosures.Release {release.pk}"
        assert (41, name) in found(house, "公开安排没有存证。")


def test_another_address_is_not_the_one_entered(house):
    with house.broken():
        edition = house.lives.published
        change(edition.disclosure, serial=4711)
        said = found(house, "地址与存证不符。", "内容不是存证时的内容。")
        assert (41, f"disclosures.Edition {edition.pk}") in said


def test_a_number_cannot_be_given_out_twice(house):
    with house.broken():
        counter = IndexCounter.objects.get(school=house.lives.cast.school)
        change(counter, last=1)
        name = f"disclosures.IndexCounter {counter.school_id} {counter.year}"
        assert (41, name) in found(house, "索引号的计数小于已经用过的编号。")


def test_what_was_lawfully_removed_and_shows_again_is_found(house):
    with house.broken():
        edition = house.lives.redacted
        change(edition, body=TABLE)
        name = (43, f"disclosures.Edition {edition.pk}")
        assert found(house, "依法隐去的内容又显示出来了。") == {name}


def test_an_act_put_back_as_it_was_before_a_removal_is_found(house):
    with house.broken():
        edition = house.lives.published
        act = Act.objects.get(name="draft", object_id=str(edition.pk))
        as_it_was = [act, *Edition.history.filter(act_id=act.uuid)]
        house.lives.redact(edition, "body/0003")
        assert not found(house, "依法隐去之前的内容又回来了。")
        for row in as_it_was:
            fields = [field.attname for field in row._meta.concrete_fields]
            change(row, **{name: getattr(row, name) for name in fields})
        assert found(house, "依法隐去之前的内容又回来了。") == {(43, f"ledger.Act {act.pk}")}


def test_a_file_changed_or_gone_from_the_disk_is_named(house):
    with house.broken():
        one, two = StoredFile.objects.filter(size__gt=0).order_by("pk")
        kept = one.path.read_bytes()
        one.path.write_bytes(b"x" * one.size)
        moved = two.path.rename(two.path.with_suffix(".away"))
        assert house.told() == {
            (41, f"disclosures.StoredFile {one.pk}"),
            (42, f"disclosures.StoredFile {two.pk}"),
        }
        one.path.write_bytes(kept)
        moved.rename(two.path)
        assert house.told() == set()


def test_a_file_put_beside_a_sealed_text_or_taken_away_is_found(house):
    with house.broken():
        edition = house.lives.attached
        row = edition.attachments.first()
        change(row, is_removed=True)
        name = (42, f"disclosures.Edition {edition.pk}")
        assert name in found(house, "存证过的内容不见了。")
        change(row, is_removed=False)
        row.pk, row.position = Attachment._meta.pk.get_default(), 9
        rows(Attachment).bulk_create([row])
        name = (41, f"disclosures.Edition {edition.pk}")
        assert name in found(house, "多了存证里没有的内容。")


def test_an_act_of_publication_without_an_entry_is_found(house):
    with house.broken():
        edition = house.lives.published
        act = Act(name="withdraw", noun="disclosures.edition")
        act.at = house.later
        _write(act, edition, None)
        assert {(41, f"ledger.Act {act.pk}")} == found(house, "操作没有存证。")
        assert {(42, f"ledger.Act {act.pk}")} == found(house, "操作没有留下记录。")


def test_an_act_of_publication_that_is_gone_is_missed(house):
    with house.broken():
        edition = house.lives.published
        erase(Act.objects.get(name="publish", object_id=str(edition.pk)))
        name = (42, f"disclosures.Edition {edition.pk}")
        assert name in found(house, "存证过的操作不见了。")


def test_a_row_changed_added_or_gone_beside_its_history_is_found(house):
    with house.broken():
        school, edition = house.lives.cast.school, house.lives.scheduled
        change(school, phone="110")
        erase(edition.disclosure)
        copy = Disclosure.objects.get(pk=house.lives.published.disclosure_id)
        copy.pk, copy.serial, copy.index_number = Disclosure._meta.pk.get_default(), None, None
        rows(Disclosure).bulk_create([copy])
        assert (41, f"organisation.School {school.pk}") in found(house, "与最后一次记录不同。")
        gone = (42, f"disclosures.Disclosure {edition.disclosure_id}")
        assert gone in found(house, "记录里有这一行，表里没有。")
        new = (41, f"disclosures.Disclosure {copy.pk}")
        assert new in found(house, "没有记录说明这一行从何而来。")


def test_a_history_row_put_in_late_or_a_second_beginning_is_found(house):
    with house.broken():
        past = School.history.filter(id=house.lives.cast.school2.pk, act_id=None).earliest()
        past.history_id = None
        rows(type(past)).bulk_create([past])
        name = (41, f"organisation.HistoricalSchool {past.history_id}")
        assert found(house, "记录的时间早于它写入之前的存证。") == {name}
        assert found(house, "记录的次序不对。") == {name}
