"""Notices of the demo that have a typed table: read from a file as a school would hand it in."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from disclosures.kinds import KINDS, kind_named, presets
from disclosures.models import Disclosure, Posting, Register
from disclosures.sheets import reading
from portal.demo.story import Story
from portal.ledger.moments import today

TABLES = Path(__file__).parent / "tables"
_number = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


def typed_notices():
    return json.loads((TABLES / "notices.json").read_text())


def define_registers(company, told=presets.PRESETS):
    """The first school's office takes the weekly menu into use as a register of its own."""
    menu = next(each for each in told if each.slug == "menu")
    Register(
        school=company.schools["shiyan"],
        slug=menu.slug,
        name=menu.name,
        columns=[dict(each) for each in menu.columns],
        entries=list(menu.entries),
    ).define(by=company.people["shiyan.office"])


class TypedStory(Story):
    """The life of a notice whose figures stand in a table of a certain kind."""

    told_by_key: dict = {}

    def __init__(self, company, told):
        if "opens" in told:
            last = last_of(told["opens"], back=told.get("back", 0))
            told = told | {"days_ago": (today() - last).days}
        super().__init__(company, told)
        about = told.get("about")
        self.day = last_of(about, back=told["back"]) if about else self.opens.date()
        self.table_text = self.fill((TABLES / told["table"]["file"]).read_text())
        self.told_by_key[told["key"]] = self

    def _published(self, written):
        after = [
            (self.opens + timedelta(days=posted["days_after"], hours=1), self.posting(posted))
            for posted in self.told.get("postings", ())
        ]
        return [*super()._published(written), *after]

    def draft(self):
        if earlier := self.told.get("rolled_from"):
            self.roll_forward(self.told_by_key[earlier].edition)
        else:
            super().draft()
        self.tabulate()

    def roll_forward(self, earlier):
        """Take the last period's notice over, then say what is new in this one."""
        by = self.who("editor")
        self.edition = Disclosure.objects.roll_forward(earlier, by=by)
        self.edition.edit(by=by, version=self.edition.version, **self.content())

    def tabulate(self):
        self.edition.tabulate(by=self.who("editor"), table=self.table())

    def table(self):
        """The table, as the import reads it from the file."""
        told = self.told["table"]
        kind = self.kind()
        name, stream = handed_in(self.told["key"], self.table_text, told["as"])
        read = reading.read(kind, name, stream, others=list(KINDS.values()))
        if read.table is None:
            raise ValueError(f"{told['file']}: {read.faults}")
        return read.table

    def kind(self):
        key, school = self.told["table"]["kind"], self.company.schools[self.told["school"]]
        if key == "register":
            key = Register.objects.get(school=school, slug=self.told["table"]["register"]).key
        return kind_named(key, school)

    def content(self):
        """As any notice, but written on the day it was drafted: after what its table tells."""
        return super().content() | {"written_on": today()}

    def correct(self):
        super().correct()
        for find, replace in self.told["correction"].get("cells", ()):
            self.table_text = self.table_text.replace(self.fill(find), self.fill(replace))
        self.tabulate()

    def posting(self, posted):
        """Record that the notice was made known elsewhere, on the day it was."""

        def record():
            told = {name: posted[name] for name in ("form", "place", "posted_by")}
            day = min(today(), self.opens.date() + timedelta(days=posted["days_after"]))
            Posting.objects.record(
                self.edition, by=self.who("editor"), posted_on=day, note=posted["note"], **told
            )

        return record

    def fill(self, text):
        """Beside what any notice may say: {Y-1} years, {M-1} months, {W+2} days of next week."""
        day = self.day if hasattr(self, "day") else self.opens.date()
        text = re.sub(r"\{Y([+-]\d+)?\}", lambda found: str(day.year + _shift(found)), text)
        text = re.sub(r"\{M([+-]\d+)?\}", lambda found: _month(day, _shift(found)), text)
        monday = day + timedelta(days=7 - day.weekday())
        text = re.sub(
            r"\{W([+-]\d+)?\}", lambda found: str(monday + timedelta(days=_shift(found))), text
        )
        return super().fill(text)


def last_of(days, *, back=0):
    """The last of these days of the year (`09-01`) before today, or the one so many before it."""
    years = range(today().year - 3, today().year + 1)
    every = sorted(date.fromisoformat(f"{year}-{day}") for year in years for day in days)
    return [day for day in every if day < today()][-1 - back]


def handed_in(key, text, form):
    """The file of a table as an office hands it in: (its name, a stream of its bytes).

    `form` is utf-8 or gbk for what is saved as CSV, xlsx for a workbook with a title and numbers.
    """
    if form != "xlsx":
        return f"{key}.csv", io.BytesIO(text.encode("utf-8-sig" if form == "utf-8" else form))
    book, out = Workbook(), io.BytesIO()
    rows = list(csv.reader(io.StringIO(text)))
    for row in rows:
        book.active.append([float(cell) if _number.fullmatch(cell) else cell for cell in row])
    widest = max(map(len, rows))
    book.active.merge_cells(start_row=1, end_row=1, start_column=1, end_column=widest)
    book.save(out)
    out.seek(0)
    return f"{key}.xlsx", out


def _shift(found):
    return int(found[1] or 0)


def _month(day, count):
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return f"{year}年{month + 1}月"
