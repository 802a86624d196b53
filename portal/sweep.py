"""The sweep: one idempotent pass over everything that time or an act has left to be done.

The truth is in rows (messages due, jobs waiting, posts turning); two sweeps at once share the
work, and a sweep killed half-way loses none of it.
"""

import logging
import traceback
from collections.abc import Callable

from disclosures.bodies import ask_for_check, check_bodies
from disclosures.importing.batch import clear_incoming, import_documents
from disclosures.importing.tables import check
from disclosures.models import FileText
from disclosures.reminding import remind_of_due_reviews
from disclosures.search.index import index_texts, inform_planner
from feedback.digest import tell_followers
from portal.history.export import export_record
from portal.ledger.anchoring import anchor_if_due
from portal.ledger.moments import now, today
from portal.organisation.jobs import Work, clear_exports, run_waiting_job
from portal.organisation.models import Job, SweepPass
from portal.organisation.outbox import send_due_messages
from portal.organisation.turning import follow_turning_posts
from portal.verifying import verify_if_due

logger = logging.getLogger(__name__)

WORK: dict[str, Work] = {
    Job.Kind.EXPORT_RECORD: export_record,
    Job.Kind.CHECK_BODIES: check_bodies,
    Job.Kind.IMPORT_DOCUMENTS: import_documents,
    Job.Kind.IMPORT_TABLE: check,
    Job.Kind.INDEX_TEXTS: index_texts,
}


def run_jobs() -> int:
    """One job a pass, so that a long one never holds up a queue of them and the messages."""
    return run_waiting_job(WORK)


def turn_posts() -> int:
    return follow_turning_posts(today())


PARTS: list[tuple[str, Callable[[], int]]] = [
    ("messages", send_due_messages),
    ("follow", tell_followers),
    ("posts", turn_posts),
    ("reviews", remind_of_due_reviews),
    ("bodies", ask_for_check),
    ("texts", FileText.objects.catch_up),
    ("jobs", run_jobs),
    ("incoming", clear_incoming),
    ("exports", clear_exports),
    ("planner", inform_planner),
    ("anchor", anchor_if_due),
    ("verify", verify_if_due),
]


def sweep_once() -> bool:
    """Run every part; one that fails is recorded and stops no other. True when all went well."""
    return all([run_part(name, part) for name, part in PARTS])


def run_part(name: str, part: Callable[[], int]) -> bool:
    """Run one part and record when, how much it handled and what went wrong."""
    SweepPass.objects.update_or_create(name=name, defaults={"started_at": now()})
    handled, error = 0, ""
    try:
        handled = part()
    except Exception:
        logger.exception("The part %s of the sweep failed.", name)
        error = traceback.format_exc()
    SweepPass.objects.filter(name=name).update(
        ended_at=now(), handled_count=handled, error=error[-4000:]
    )
    return not error
