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
from disclosures.models.files import Attachment, Reading, StoredFile
from disclosures.models.life import TRANSITIONS, WHO, Decision, State
from disclosures.models.release import Release
from disclosures.models.review import Proposal, Review
from disclosures.models.search import SearchText

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
    "IndexCounter",
    "Kind",
    "PreviewLink",
    "Proposal",
    "Reading",
    "Release",
    "Review",
    "SearchText",
    "State",
    "StoredFile",
    "drafting_departments",
]
