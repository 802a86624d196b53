"""The life of one notice of the demo, told through the acts that happen to it."""

import csv
import io
import re
from datetime import datetime, time, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from openpyxl import Workbook

from disclosures.models import Attachment, CatalogueEntry, Disclosure, Edition
from portal.ledger.moments import SHANGHAI, now, today

CONTENT = Path(__file__).parent / "content"
GENRES = {str(label): value for value, label in Edition.Genre.choices}


def moment_of(days_ago, *, hour=9, minute=0):
    """A moment of the demo's year, counted back from today in Asia/Shanghai."""
    day = today() - timedelta(days=days_ago)
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)


class Story:
    """One notice of the demo: its text, and what happened to it when."""

    def __init__(self, company, told):
        self.company, self.told, self.fate = company, told, told["fate"]
        self.opens = moment_of(told["days_ago"], hour=8 + len(told["key"]) % 9, minute=30)
        self.edition = None

    def who(self, role):
        return self.company.people[f"{self.told['school']}.{role}"]

    def events(self):
        """(moment, order, act): everything that happened, to be sorted with all the others."""
        written = min(self.opens, now()) - timedelta(days=4)
        steps = [(written, self.draft), (written + timedelta(hours=3), self.attach)]
        steps += getattr(self, f"_{self.fate}", self._published)(written)
        return [
            (moment, (self.told["key"], order), act) for order, (moment, act) in enumerate(steps)
        ]

    def draft(self):
        department = self.company.departments[self.told["school"], self.told["department"]]
        self.edition = Disclosure.objects.draft(
            department=department,
            entry=CatalogueEntry.objects.in_force().get(code=self.told["entry"]),
            by=self.who("editor"),
            **self.content(),
        )

    def content(self):
        told = self.told
        body = told.get("body") or (CONTENT / told["body_file"]).read_text()
        inner = "public" not in told["audiences"]
        return {
            "title": self.fill(told["title"]),
            "summary": self.fill(told.get("summary", "")),
            "body": self.fill(body),
            "document_number": self.fill(told.get("document_number", "")),
            "genre": GENRES.get(told.get("genre"), "other"),
            "language": told.get("lang", "zh-Hans"),
            "written_on": (min(self.opens, now()) - timedelta(days=2)).astimezone(SHANGHAI).date(),
            "audiences": told["audiences"],
            "inner_reason": "按公开目录的公开对象，仅在校内公开。" if inner else "",
            "is_cleared": True,
        }

    def fill(self, text):
        """Put the notice's own dates where the content says {D}, {D+5}, {Y}, {T}."""
        day = self.opens.date()

        def day_of(found):
            other = day + timedelta(days=int(found.group(1) or 0))
            return f"{other.year}年{other.month}月{other.day}日"

        year = day.year if day.month >= 8 else day.year - 1
        half = "一" if day.month >= 8 or day.month == 1 else "二"
        text = re.sub(r"\{D([+-]\d+)?\}", day_of, text)
        text = text.replace("{T}", f"{year}—{year + 1}学年第{half}学期")
        return text.replace("{Y}", str(day.year))

    def attach(self):
        if file := self.told.get("attachment"):
            Attachment.objects.attach(
                self.edition, _file(file["name"], file["rows"]), by=self.who("editor")
            )

    def submit(self):
        self.edition.submit(by=self.edition.edited_by)

    def approve(self):
        review = self.edition.open_review()
        reviewer = review.group.user_set.exclude(pk=self.edition.drafted_by_id).first()
        self.edition.approve(by=reviewer, seen=self.edition.content_digest(), opinion="同意。")

    def approve_all(self):
        while self.edition.open_review():
            self.approve()

    def publish(self, opens_at=None):
        self.edition.publish(by=self.who("publisher"), opens_at=opens_at)

    def _published(self, written):
        return [
            (written + timedelta(days=1), self.submit),
            (written + timedelta(days=3), self.approve_all),
            (self.opens, self.publish),
        ]

    def _draft(self, written):
        return []

    def _in_review(self, written):
        steps = [(written + timedelta(days=1), self.submit)]
        passed = [
            (written + timedelta(days=2, hours=hour), self.approve)
            for hour in range(self.told.get("steps_passed", 0))
        ]
        return steps + passed

    def _sent_back(self, written):
        return [
            *self._in_review(written),
            (written + timedelta(days=3), self.send_back),
        ]

    def send_back(self):
        reviewer = self.edition.open_review().group.user_set.first()
        self.edition.send_back(by=reviewer, opinion=self.told["opinion"])

    def _approved(self, written):
        return self._published(written)[:2]

    def _scheduled(self, written):
        return [
            *self._published(written)[:2],
            (now() - timedelta(hours=2), lambda: self.publish(opens_at=self.opens)),
        ]

    def _emergency(self, written):
        return [(now() - timedelta(hours=3), self.emergency)]

    def emergency(self):
        self.edition.emergency_publish(by=self.who("principal"), reason=self.told["reason"])

    def _withdrawal_proposed(self, written):
        return [*self._published(written), (now() - timedelta(days=1), self.propose)]

    def _withdrawn(self, written):
        leaves = self.opens + timedelta(days=self.told.get("days_after", 3))
        return [
            *self._published(written),
            (leaves, self.propose),
            (leaves + timedelta(hours=2), self.withdraw),
        ]

    def propose(self):
        self.edition.propose_withdrawal(
            by=self.who("editor"),
            ground=self.told.get("ground", "other"),
            reason=self.told["reason"],
        )

    def withdraw(self):
        self.edition.withdraw(by=self.who("principal"))

    def _corrected(self, written):
        again = self.opens + timedelta(days=self.told["correction"]["days_after"])
        return [
            *self._published(written),
            (again - timedelta(hours=20), self.correct),
            (again - timedelta(hours=18), self.submit),
            (again - timedelta(hours=3), self.approve_all),
            (again, self.publish),
        ]

    def correct(self):
        change = self.told["correction"]
        body = self.content()["body"]
        self.edition = self.edition.correct(by=self.who("editor"))
        self.edition.edit(
            by=self.who("editor"),
            version=self.edition.version,
            body=body.replace(self.fill(change["find"]), self.fill(change["replace"])),
            change_note=self.fill(change["reason"]),
        )


def _file(name, rows):
    if name.endswith(".csv"):
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        return ContentFile(("\ufeff" + out.getvalue()).encode(), name=name)
    if name.endswith(".txt"):
        text = "\n".join("\t".join(map(str, row)) for row in rows)
        return ContentFile(text.encode(), name=name)
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name=name)
