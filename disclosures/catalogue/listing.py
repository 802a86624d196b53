"""The public catalogue of one school: every entry, what the school says of it, newest notice."""

from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext

from disclosures.catalogue.tables import Basis, bases_of
from disclosures.catalogue.words import Audience, PublicityBasis, audience_stages
from disclosures.models import Adoption, CatalogueEntry, Release
from portal.ledger.moments import local_day
from portal.organisation.models import School
from portal.text.reader import listed


@dataclass(frozen=True)
class Notice:
    """What the catalogue shows of the newest public notice under an entry."""

    title: str
    language: str
    on: date
    url: str

    @classmethod
    def of(cls, release: Release, school: School) -> "Notice":
        row = release.disclosure
        url = reverse("notice", args=[school.slug, row.year, f"{row.serial:05d}"])
        edition = release.edition
        return cls(edition.title, edition.language, local_day(release.opens_at), url)


@dataclass
class Row:
    """One line of the official table; its number is its place in the table."""

    entry: CatalogueEntry
    adoption: Adoption | None
    notice: Notice | None
    number: int = 0

    @property
    def is_on(self) -> bool:
        return self.adoption is None or self.adoption.is_on

    @property
    def reason(self) -> str:
        return self.adoption.reason if self.adoption else ""

    @property
    def department(self) -> str:
        named = self.adoption and self.adoption.department
        return named.display_name if named else self.entry.department_name

    @property
    def channels(self) -> str:
        named = self.adoption.channels if self.adoption else ""
        return named or gettext("本网站")

    @property
    def steps(self) -> str:
        """The review steps in force, the school's own where it has set them."""
        return steps_label(self.adoption.steps() if self.adoption else self.entry.steps())

    @property
    def title_mark(self) -> str:
        added = self.entry.confidence_title == CatalogueEntry.Confidence.ADDED
        return self.entry.get_confidence_title_display() if added else ""

    @property
    def timing_mark(self) -> str:
        """What a reader must be told of the time limit before taking it for a rule."""
        verified = self.entry.timing_is_verified
        return "" if verified else self.entry.get_confidence_timing_display()

    @property
    def publicity(self) -> str:
        """The shortest publicity period as a clause, '' where there is none."""
        entry = self.entry
        if not entry.publicity_days:
            return ""
        if entry.publicity_unit == CatalogueEntry.LimitUnit.WORKING_DAYS:
            told = gettext("公示或征求意见不少于%(days)s个工作日")
        else:
            told = gettext("公示或征求意见不少于%(days)s日")
        return told % {"days": entry.publicity_days}

    @property
    def publicity_mark(self) -> str:
        """A period that no statute or document seen in full sets is marked, never called law."""
        entry, confidence = self.entry, CatalogueEntry.Confidence
        if not entry.publicity_days or entry.publicity_basis == PublicityBasis.LAW:
            return ""
        if entry.publicity_basis == PublicityBasis.RULE:
            return "" if entry.timing_is_verified else str(confidence.NATIONAL.label)
        return str(confidence.LOCAL.label)

    @property
    def bases(self) -> list[Basis]:
        """The documents the entry rests on; none where it rests on practice alone."""
        return bases_of(self.entry.legal_basis) if self.entry.legal_basis else []

    @property
    def audience(self) -> str:
        return audience_label(self.entry.releases)

    @property
    def mode(self) -> str:
        named_only = self.entry.audiences() == [Audience.NAMED]
        return gettext("向当事人提供") if named_only else gettext("主动公开")


@dataclass
class Section:
    """The entries of one category, those in use before those switched off."""

    code: str
    title: str
    rows: list[Row] = field(default_factory=list)
    off: list[Row] = field(default_factory=list)


def audience_label(releases: str) -> str:
    """To whom something is open, in words; one after the other where the catalogue stages it."""
    stages = audience_stages(releases)
    first, *then = (listed(audience.label for audience in stage) for stage in stages)
    for later in then:
        first = gettext("先%(first)s，后%(then)s") % {"first": first, "then": later}
    return first


def steps_label(steps) -> str:
    return " → ".join(str(office.label) for office in steps)


def sections_of(school: School) -> list[Section]:
    """The school's catalogue by category, in the order of the lists (3 queries).

    A school's own entry stands in the category it names, after the bureau's.
    """
    said = Adoption.objects.filter(school=school).select_related("department")
    adoptions = {row.entry_id: row for row in said}
    notices = _newest(school)
    found: dict[str, Section] = {}
    for entry in CatalogueEntry.objects.listed_for(school).in_order():
        new = Section(entry.category_code, entry.display_category)
        section = found.setdefault(entry.category_code, new)
        adoption = adoptions.get(entry.pk)
        if adoption:
            adoption.school, adoption.entry = school, entry
        row = Row(entry, adoption, notices.get((entry.owner_id, entry.code)))
        (section.rows if row.is_on else section.off).append(row)
    sections = list(found.values())
    for number, row in enumerate(chain.from_iterable(s.rows + s.off for s in sections), start=1):
        row.number = number
    return sections


def _newest(school: School) -> dict[tuple, Notice]:
    """The newest public notice under each entry, by owner and code: a successor inherits it."""
    under = Release.objects.public().filter(
        school=school, entry__owner=OuterRef("owner"), entry__code=OuterRef("code")
    )
    newest = CatalogueEntry.objects.listed_for(school).values(
        found=Subquery(under.order_by("-opens_at", "-id").values("pk")[:1])
    )
    releases = Release.objects.filter(pk__in=newest).with_rows()
    return {(row.entry.owner_id, row.entry.code): Notice.of(row, school) for row in releases}
