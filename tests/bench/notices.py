"""One made-up notice: what each of its rows says differently from the notice it copies."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from disclosures.models import CatalogueEntry
from disclosures.search.words import facet
from portal.ledger.moments import local_day
from portal.organisation.models import Department, School
from tests.bench.texts import Text, words_of


@dataclass
class Notice:
    school: School
    department: Department
    entry: CatalogueEntry
    opens_at: datetime
    serial: int
    text: Text
    disclosure_id: uuid.UUID = field(default_factory=uuid.uuid4)
    edition_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def year(self):
        return local_day(self.opens_at).year

    @property
    def index_number(self):
        return f"{self.school.org_code}/{self.year}-{self.serial:05d}"

    @property
    def address(self):
        return f"/schools/{self.school.slug}/{self.year}-{self.serial:05d}/"

    @property
    def key(self):
        return int(self.opens_at.timestamp())

    def rows(self) -> list[dict]:
        """What its disclosure, edition, release and search text say, by column."""
        return [self._disclosure(), self._edition(), self._release(), self._search_text()]

    def heads(self) -> list[str]:
        entry, named = self.entry, [self.text.title, self.index_number]
        return [*named, entry.title, entry.category, self.department.name, self.school.name]

    def words(self) -> str:
        """The words of the index, put together from folded pieces: folding is what takes long."""
        numbered = self.index_number.lower().replace("/", " ").replace("-", " ")
        return " ".join([self.text.words, numbered, *map(words_of, self.heads()[2:])])

    def facets(self) -> list[str]:
        values = (self.school.pk, self.department.pk, self.entry.category_code, self.year, "public")
        return [facet(kind, value) for kind, value in zip("sdcya", values, strict=True)]

    def _place(self):
        return {
            "school_id": self.school.pk,
            "department_id": self.department.pk,
            "entry_id": self.entry.pk,
            "year": self.year,
        }

    def _disclosure(self):
        numbered = {"serial": self.serial, "index_number": self.index_number}
        return self._place() | numbered | {"id": self.disclosure_id}

    def _edition(self):
        return {
            "id": self.edition_id,
            "disclosure_id": self.disclosure_id,
            "title": self.text.title,
            "body": "".join(f"<p>{line}</p>" for line in self.text.lines),
            "issuer": self.school.name,
            "department_title": self.department.name,
            "category_title": self.entry.category,
            "entry_title": self.entry.title,
            "sealed_at": self.opens_at,
        }

    def _release(self):
        return self._place() | {
            "disclosure_id": self.disclosure_id,
            "edition_id": self.edition_id,
            "category": self.entry.category_code,
            "opens_at": self.opens_at,
            "sealed_at": self.opens_at,
        }

    def _search_text(self):
        return {
            "key": self.key,
            "edition_id": self.edition_id,
            "head": "\n".join(self.heads()),
            "body": "\n".join(self.text.lines),
        }
