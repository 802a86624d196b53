"""Files taken in by the command: a folder of old documents, or a trial."""

from pathlib import Path

import pytest

from disclosures.importing import deciding
from disclosures.models import Edition
from portal.organisation.models import Job
from tests.disclosures.intake import LOCKED, told
from tests.portal.test_text_files import encrypted_pdf

SEEDS = sorted((Path(__file__).parent.parent / "fixtures" / "seeds").glob("*.txt"))


def test_the_command_takes_in_the_seeds_with_their_repairs(cast):
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general")
    out, err = told(*map(str, SEEDS), *asked, "--by", "editor")
    assert (len(SEEDS), out.count("《"), err) == (5, 5, "")
    titles = set(Edition.objects.values_list("title", "language"))
    assert ("校務工作者心得體會(5篇)", "zh-Hant") in titles
    assert ("教育局评议行风的工作总结", "zh-Hans") in titles
    edition = Edition.objects.get(title="校務工作者心得體會(5篇)")
    assert "\ue48d" not in edition.body and "監(jiān)督" in edition.body
    assert len(deciding.left_for(edition)["repairs"]) > 20


def test_a_dry_run_tells_and_writes_nothing(cast):
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general")
    out, err = told(str(SEEDS[0]), *asked, "--by", "editor", "--dry-run")
    assert "《校務公開工作總結》，待决定的修复7项。" in out
    assert (err, Edition.objects.count(), Job.objects.count()) == ("", 0, 0)


def test_the_command_names_bad_files_and_takes_in_the_rest(cast, tmp_path):
    bad = tmp_path / "a.pdf"
    bad.write_bytes(encrypted_pdf())
    asked = ("--school", "first", "--entry", "K12-A04", "--department", "general")
    _out, err = told(str(bad), str(tmp_path / "none.txt"), str(SEEDS[3]), *asked, "--by", "editor")
    assert f"{bad}: {LOCKED}" in err and "有2个文件没有导入。" in err
    assert Edition.objects.get().title == "教育局评议行风的工作总结"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("--school", "none", "--entry", "K12-A04"), "没有网址名为“none”的单位。"),
        (("--school", "first", "--entry", "X"), "本校没有采用目录事项“X”。"),
        (
            ("--school", "first", "--entry", "K12-A04", "--by", "nobody"),
            "没有用户名为“nobody”的人员。",
        ),
        (
            ("--school", "first", "--entry", "K12-A04", "--department", "general"),
            "请用 --by 写明由谁起草。",
        ),
        (
            (
                "--school",
                "first",
                "--entry",
                "K12-A04",
                "--department",
                "general",
                "--by",
                "teacher",
            ),
            "教师不能为这个部门起草。",
        ),
        (("--school", "first", "--entry", "K12-A04"), "请用 --department 写明责任部门的网址名。"),
    ],
)
def test_the_command_says_what_is_missing(cast, asked, sentence):
    assert told(str(SEEDS[0]), *asked) == ("", sentence)
    assert Edition.objects.count() == 0
