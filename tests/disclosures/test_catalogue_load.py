import shutil

import pytest
from django.core.management import CommandError, call_command

from disclosures.catalogue.reading import BadFile, read
from disclosures.catalogue.tables import FOLDER, bases, categories
from disclosures.models import Adoption, CatalogueEntry, Disclosure
from portal.ledger.models import Act
from portal.organisation.models import Office
from tests.cast import school_of


@pytest.fixture
def bureau(db):
    return school_of("bureau", "示范区教育局", kind="bureau", stage="", code="11350000000000000A")


@pytest.fixture
def folder(tmp_path):
    """A copy of the catalogue files that a test may spoil."""
    for name in ("k12.csv", "he.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


def load(capsys, **options):
    call_command("load_catalogue", **options)
    return capsys.readouterr().out


def respell(folder, old, new, name="k12.csv"):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_both_lists_are_issued_as_acts_of_the_portal(bureau, capsys):
    assert load(capsys) == (
        "示范区教育局《中小学公开目录》：新增128项，修改0项，更替0项，未变0项。\n"
        "示范区教育局《高等学校公开目录》：新增50项，修改0项，更替0项，未变0项。\n"
    )
    assert CatalogueEntry.objects.filter(owner=bureau, sector="k12").count() == 128
    assert CatalogueEntry.objects.filter(owner=bureau, sector="he").count() == 50
    acts = Act.objects.filter(name="issue_entry")
    assert (acts.count(), set(acts.values_list("actor_id", "school"))) == (178, {("", "bureau")})
    written = set(CatalogueEntry.history.values_list("act_id", flat=True))
    assert written == set(acts.values_list("uuid", flat=True))


def test_an_entry_says_what_its_row_says(bureau, capsys):
    load(capsys)
    entry = CatalogueEntry.objects.get(code="K12-A04")
    assert (entry.sector, entry.position, entry.category, entry.category_en) == (
        "k12",
        4,
        "学校概况",
        "About the school",
    )
    assert entry.steps() == [Office.DEPARTMENT_HEAD, Office.OFFICE]
    assert (entry.limit, entry.limit_days, entry.limit_anchor) == (
        "每学期开学前公开",
        None,
        "term_start",
    )
    assert (entry.confidence_title, entry.confidence_timing) == ("K", "L")


def test_parents_in_the_files_are_parents_and_pupils_and_stages_stay_stages(bureau, capsys):
    load(capsys)
    found = set(CatalogueEntry.objects.values_list("releases", flat=True))
    assert found == {
        "public",
        "parents+pupils",
        "parents+pupils+staff",
        "public+staff",
        "staff",
        "named",
        "staff>public",
        "party>staff",
        "staff+party",
        "party",
    }


def test_every_sensitive_entry_and_no_other_has_the_special_audit(bureau, capsys):
    load(capsys)
    for entry in CatalogueEntry.objects.all():
        assert entry.is_sensitive == (Office.SPECIAL_AUDIT in entry.steps()), entry.code
    assert CatalogueEntry.objects.filter(is_sensitive=True).count() == 69


def test_every_entry_names_known_bases_and_a_known_category(bureau, capsys):
    load(capsys)
    for entry in CatalogueEntry.objects.all():
        assert set(entry.legal_basis.split()) <= set(bases()), entry.code
        assert categories()[entry.category_code].title == entry.category
        assert entry.category_en
    assert list(bases()) == [f"R{number}" for number in range(1, 30)]


def test_loading_again_touches_nothing(bureau, capsys):
    load(capsys)
    before = CatalogueEntry.history.count(), Act.objects.count()
    assert "新增0项，修改0项，更替0项，未变128项。" in load(capsys, sector="k12")
    assert (CatalogueEntry.history.count(), Act.objects.count()) == before


def test_a_changed_row_changes_an_unused_entry(bureau, capsys, folder):
    load(capsys, sector="k12")
    before = CatalogueEntry.objects.get(code="K12-A04")
    respell(folder, "校历与作息时间", "校历、作息时间")
    told = load(capsys, sector="k12", folder=folder)
    assert "新增0项，修改1项，更替0项，未变127项。" in told
    after = CatalogueEntry.objects.get(code="K12-A04")
    assert (after.pk, after.title) == (before.pk, "校历、作息时间")
    assert Act.objects.latest("id").name == "change"


def test_a_changed_row_supersedes_a_used_entry_and_keeps_what_schools_said(cast, capsys, folder):
    load(capsys, sector="k12")
    entry = CatalogueEntry.objects.get(code="K12-A04", superseded_on=None)
    Disclosure.objects.draft(
        department=cast.department, entry=entry, by=cast.editor, title="校历", audiences=["public"]
    )
    Adoption(school=cast.school2, entry=entry).switch_off(by=cast.office2, reason="由区统一公布")
    respell(folder, "校历与作息时间", "校历、作息时间")
    assert "修改0项，更替1项，未变127项。" in load(capsys, sector="k12", folder=folder, by="bureau")
    entry.refresh_from_db()
    new = entry.superseded_by
    assert (entry.title, new.title, new.code) == ("校历与作息时间", "校历、作息时间", "K12-A04")
    assert list(CatalogueEntry.objects.in_force().filter(code="K12-A04")) == [new]
    act = Act.objects.latest("id")
    assert (act.name, act.actor_name, act.object_id) == (
        "supersede_entry",
        "局办公室",
        str(entry.pk),
    )
    assert Adoption.objects.of(cast.school2, new).reason == "由区统一公布"
    assert Adoption.history.filter(act_id=act.uuid).count() == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "K12-A04,K12-A",
            "K12-A04,K12-Z",
            "k12.csv第5行的“category_zh”列有误：“学校概况”。请改正后再载入。",
        ),
        (
            "guide,public,longterm",
            "guide,everybody,longterm",
            "k12.csv第4行的“releases”列有误：“everybody”。请改正后再载入。",
        ),
        (
            "部门负责人>办公室,R4,K",
            "办公室>部门负责人,R4,K",
            "k12.csv第5行的“offices_zh”列有误：“办公室>部门负责人”。请改正后再载入。",
        ),
        (
            "R4 R29,S,S",
            "R4 R99,S,S",
            "k12.csv第2行的“legal_basis”列有误：“R4 R99”。请改正后再载入。",
        ),
        ("K12-A02,", "K12-A01,", "k12.csv第3行的“code”列有误：“K12-A01”。请改正后再载入。"),
        (",20,wd,", ",twenty,wd,", "k12.csv第2行的“limit_days”列有误：“twenty”。请改正后再载入。"),
        (",20,wd,", ",20,,", "k12.csv第2行的“limit_unit”列有误：“”。请改正后再载入。"),
        ("window", "windows", "k12.csv第1行有不认识的列“windows”，请删去或改正列名。"),
        ("window,", "code,", "k12.csv第1行应当有且只有一列“code”。"),
    ],
)
def test_a_fault_names_file_row_and_column_and_nothing_is_saved(bureau, folder, old, new, sentence):
    respell(folder, old, new)
    with pytest.raises(CommandError) as told:
        call_command("load_catalogue", folder=folder)
    assert str(told.value) == sentence
    assert not CatalogueEntry.objects.exists()
    assert not Act.objects.exists()


def test_a_fault_in_the_second_file_leaves_the_first_unsaved(bureau, folder):
    respell(folder, "HE-02,HE1", "HE-02,HE11", name="he.csv")
    with pytest.raises(CommandError, match=r"^he\.csv第3行的“category_zh”列有误"):
        call_command("load_catalogue", folder=folder)
    assert not CatalogueEntry.objects.exists()


def test_a_file_in_another_encoding_or_missing_is_told(folder):
    (folder / "k12.csv").write_text("编码", encoding="gb18030")
    with pytest.raises(BadFile, match="不是UTF-8编码的CSV文件"):
        read(folder / "k12.csv")
    with pytest.raises(BadFile, match=r"^找不到目录文件none\.csv。$"):
        read(folder / "none.csv")


def test_owner_and_person_must_exist(bureau):
    with pytest.raises(CommandError, match="没有网址名为“nowhere”的单位"):
        call_command("load_catalogue", owner="nowhere")
    with pytest.raises(CommandError, match="没有用户名为“nobody”的人员"):
        call_command("load_catalogue", by="nobody")
    school_of("bureau2", "另一教育局", kind="bureau", stage="", code="11350000000000000B")
    with pytest.raises(CommandError, match="请用 --owner 写明目录由哪个教育局发布。"):
        call_command("load_catalogue")
