from disclosures.catalogue.words import Audience, Kind
from disclosures.models.adoption import Adoption
from disclosures.models.catalogue import CatalogueEntry
from disclosures.models.disclosure import (
    Disclosure,
    DisclosureGroupObjectPermission,
    DisclosureUserObjectPermission,
    IndexCounter,
    drafting_departments,
)
from disclosures.models.drafting import DraftComment, PreviewLink
from disclosures.models.edition import Edition
from disclosures.models.files import Attachment
from disclosures.models.life import TRANSITIONS, WHO, Decision, State
from disclosures.models.reading import Reading
from disclosures.models.register import Register
from disclosures.models.release import Release
from disclosures.models.review import Proposal, Review
from disclosures.models.search import SearchText
from disclosures.models.sheet import Sheet, SheetPage
from disclosures.models.stored import FileText, StoredFile

__all__ = [
    "TRANSITIONS",
    "WHO",
    "Adoption",
    "Attachment",
    "Audience",
    "CatalogueEntry",
    "Decision",
    "Disclosure",
    "DisclosureGroupObjectPermission",
    "DisclosureUserObjectPermission",
    "DraftComment",
    "Edition",
    "FileText",
    "IndexCounter",
    "Kind",
    "PreviewLink",
    "Proposal",
    "Reading",
    "Register",
    "Release",
    "Review",
    "SearchText",
    "Sheet",
    "SheetPage",
    "State",
    "StoredFile",
    "drafting_departments",
]
