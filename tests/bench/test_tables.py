"""The tables' part of the bench at tiny size: every part works and says what it measured."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from disclosures import paper
from disclosures.models import Sheet
from tests.bench import tables
from tests.bench.report_tables import AFTER, FORMS, ORDER, show_tables

ROWS = 3
RATES = {"trivial": 1000.0, "30": 200.0, "2000": 100.0}


def test_a_file_of_the_bench_is_read_back_whole(tmp_path):
    tables.write_files(tmp_path, ROWS)
    for form in ("xlsx", "csv"):
        assert tables.read_file(tmp_path, ROWS, form=form)["seconds"] > 0
        with pytest.raises(RuntimeError):
            tables.read_file(tmp_path, ROWS + 1, form=form)


def test_tables_are_kept_published_exported_and_posted(stage, monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "TABLES", 2)
    monkeypatch.setattr(tables, "NOTICES", {2: "2008-autumn", 1: "2009-autumn"})
    monkeypatch.setattr(paper, "missing", lambda: "")
    monkeypatch.setattr(paper, "pdf_of", lambda _html: b"%PDF-")
    told = tables.published(stage, ROWS)
    assert min(told["keep"], told["publish"]) > 0
    sizes = Sheet.objects.order_by("made_at").values_list("row_count", flat=True)
    assert list(sizes) == [ROWS, ROWS, 2, 1]
    assert len(tables.addresses()) == 4
    sizes = {form: tables.exported(form)["size"] for form in FORMS}
    assert min(sizes.values()) > 0 and sizes["jsonl"] > sizes["json"]
    assert min(tables.poster(tmp_path, ROWS).values()) > 0


def test_a_part_runs_by_itself_and_tells_its_memory(tmp_path):
    program = "import django; django.setup(); from tests.bench.tables import main; main()"
    command = [sys.executable, "-c", program, "idle", str(tmp_path), "1"]
    told = {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        command, env=os.environ | told, cwd=settings.BASE_DIR, capture_output=True, check=True
    )
    assert 20 < float(done.stdout.split(b":")[-1].strip(b" }\n")) < 1000
    assert set(tables.PARTS) == {*ORDER, *AFTER}


def report(**changes):
    part = {"seconds": 1.5, "peak": 120.0, "size": 3.25}
    told = {name: part for name in (*ORDER, *AFTER)}
    made = {"make": {"keep": 2.0, "publish": 3.0, "peak": 200.0}}
    drawn = {"poster": part | {"first": 1.9}, "pages": {"rates": RATES, "peak": 90.0}}
    return told | made | drawn | changes


def test_the_report_prints_each_part_beside_its_memory(capsys):
    show_tables("sqlite", 10_000, report())
    printed = capsys.readouterr().out.splitlines()
    assert printed[1] == "sqlite: tables of 10,000 rows, each part in a process of its own"
    assert [line.split()[-2:] for line in printed[3:5]] == [["0.00", "120"], ["1.50", "120"]]
    assert "a whole school, 100,000 rows, 3.2 MB" in printed[-6]
    assert printed[-3] == (
        "requests a second: trivial 1000; a notice of 2,000 rows 100 (0.100);"
        " a notice of 30 rows 200 (0.200)"
    )
    assert printed[-2:] == ["budgets: an export holds ≤ 300 MB, a poster takes ≤ 2 s", "all kept"]


def test_the_report_names_what_missed_its_budget(capsys):
    heavy = {"export jsonl": {"seconds": 9.0, "peak": 301.0, "size": 40.0}}
    show_tables("sqlite", 10, report(**heavy, poster={"seconds": 2.5, "first": 3.0, "peak": 1.0}))
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "the export as jsonl held 301 MB",
        "a poster took 2.5 s",
    ]
    show_tables("sqlite", 10, report(poster={"missing": "make demo", "peak": 1.0}))
    assert capsys.readouterr().out.splitlines()[-1] == "no poster was made: make demo"
