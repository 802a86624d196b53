"""What an import leaves for the clerk: repairs to carry out or to leave, decided on the draft."""

from django.db import transaction

from disclosures.importing.repair import Repair, repaired
from portal.organisation.models import Job

Choice = list[tuple[int, Repair]]


def left_for(edition) -> dict:
    """What the import of a draft left to decide: `repairs` with their places, and `notes`."""
    job = _job_of(edition)
    told = job.result["drafts"][str(edition.pk)] if job else {"repairs": [], "notes": []}
    repairs = enumerate(Repair(**kept) for kept in told["repairs"])
    undecided = [(place, repair) for place, repair in repairs if not repair.settled]
    return {"repairs": undecided, "notes": told["notes"]}


@transaction.atomic
def accept(edition, chosen: Choice, *, by, version: int) -> bool:
    """Carry the repairs out as one edit of the draft; whether they changed anything."""
    title, body = repaired(edition.title, edition.body, [repair for _place, repair in chosen])
    changed = (title, body) != (edition.title, edition.body)
    if changed:
        edition.edit(by=by, version=version, title=title or edition.title, body=body)
    _settle(edition, chosen, "accepted")
    return changed


@transaction.atomic
def keep(edition, chosen: Choice) -> None:
    """Leave the text as it is and propose these no more."""
    _settle(edition, chosen, "kept")


def _settle(edition, chosen, outcome):
    job = Job.objects.select_for_update().get(pk=_job_of(edition).pk)
    for place, _repair in chosen:
        job.result["drafts"][str(edition.pk)]["repairs"][place]["settled"] = outcome
    job.save(update_fields=["result"])


def _job_of(edition):
    imports = Job.objects.filter(kind=Job.Kind.IMPORT_DOCUMENTS)
    return imports.filter(result__drafts__has_key=str(edition.pk)).first()
