"""Taking words out of everything that is kept of a matter, not only out of what is shown."""

import shutil
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from portal.ledger.models import Act
from portal.organisation.models import Job, Message
from portal.text.masking import MARK

NOUNS = ("Edition", "Attachment", "Proposal", "Review", "DraftComment", "PreviewLink", "Posting")
# By these rows are found or proven: they hold no words, and a number would fit by chance.
KEYS = {
    *("act", "noun", "object_id", "subject_id", "actor_id", "school", "category", "entry"),
    *("link", "key", "digest", "digest_before", "digest_after", "token_digest"),
    *("kind", "settled"),
}
ABOVE = []


def include(*nouns):
    """Let removals reach nouns of a room above: each gives its rows by `objects.of_matter`."""
    ABOVE.extend(nouns)


def scrub(matter, editions, secrets):
    """Take the words out of everything kept of the matter: drafts, opinions, acts, messages.

    `editions` are the keys of the matter's editions. The guards must be lifted.
    """
    above = list(rows_above(matter))
    linked = [*editions, *(row.pk for row in above)]
    for row in (*rows_now(editions), *above, *messages_about(linked)):
        # What a reviewer saw is told by a digest too; an edition's own is that of today.
        if clean(row, secrets) | (row._meta.model_name == "review" and forget_digest(row)):
            row.save()
    standing = {row.digest for row in rows_now(editions) if row._meta.model_name == "edition"}
    for row in (*rows_past(editions), *pasts_of(above), *Act.objects.about(matter)):
        if clean(row, secrets) | forget_digest(row, but=standing):
            row.save()
    clean_imports(editions, secrets)
    clean_jobs(matter, editions, secrets)


def rows_now(editions):
    for noun in NOUNS:
        key = "pk__in" if noun == "Edition" else "edition__in"
        yield from apps.get_model("disclosures", noun).objects.filter(**{key: editions})


def rows_above(matter):
    """What rooms above keep of the matter, locked: what is being said just now is waited for."""
    for noun in ABOVE:
        yield from noun.objects.of_matter(matter).select_for_update().order_by("pk")


def rows_past(editions):
    for noun in NOUNS:
        key = "id__in" if noun == "Edition" else "edition_id__in"
        yield from apps.get_model("disclosures", noun).history.filter(**{key: editions})


def pasts_of(rows):
    for row in rows:
        yield from row.history.all()


def messages_about(linked):
    """The messages that lead to a row of these keys, locked: they may be on their way out."""
    for pk in linked:
        yield from Message.objects.filter(link__contains=str(pk)).select_for_update()


def clean(row, secrets):
    """Put the mark in place of the words in every text of the row; whether any was there."""
    found = False
    for field in row._meta.concrete_fields:
        if not is_worded(field):
            continue
        text = getattr(row, field.attname)
        said = without(text or "", secrets)
        if text and said != text:
            setattr(row, field.attname, said[: field.max_length] if field.max_length else said)
            found = True
    return found


def clean_imports(editions, secrets):
    """Take the words out of what the import of a draft has kept: its title, file and repairs."""
    imports = Job.objects.filter(kind=Job.Kind.IMPORT_DOCUMENTS).select_for_update()
    for pk in map(str, editions):
        for job in imports.filter(result__drafts__has_key=pk):
            job.result["drafts"][pk] = without(job.result["drafts"][pk], secrets)
            job.terms["files"] = without(job.terms.get("files", []), secrets)
            job.save(update_fields=["result", "terms"])


def clean_jobs(matter, editions, secrets):
    """Take the words out of all other work that names the matter: it may quote what it read."""
    keys = [key for pk in (*editions, UUID(matter)) for key in (str(pk), pk.hex)]
    named = models.Q(pk=None)
    for key in keys:
        named |= models.Q(asked__contains=key) | models.Q(found__contains=key)
    jobs = Job.objects.exclude(kind=Job.Kind.IMPORT_DOCUMENTS).annotate(
        asked=Cast("terms", models.TextField()), found=Cast("result", models.TextField())
    )
    for job in jobs.filter(named).select_for_update():
        clean(job, secrets)
        if job.kind == Job.Kind.IMPORT_TABLE:
            forget_reading(job)
        job.terms, job.result = without(job.terms, secrets), without(job.result, secrets)
        job.save()


def forget_reading(job):
    """A table that was read and waits, its file, and the digests of both: read it again."""
    job.stop_wanted = True
    job.terms.pop("sha256", None)
    job.result = {"row_count": job.result.get("row_count", 0)}
    folder = Path(settings.DATA_DIR) / "incoming" / str(job.pk)
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def without(told, secrets):
    """A text, or what JSON holds, with the mark in place of the words."""
    if isinstance(told, dict):
        return {
            name: each if name in KEYS else without(each, secrets) for name, each in told.items()
        }
    if isinstance(told, list):
        return [without(each, secrets) for each in told]
    if isinstance(told, str):
        for secret in secrets:
            told = told.replace(secret, MARK)
    return told


def is_worded(field):
    """Whether people's words stand in the column."""
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and field.name not in KEYS


def forget_digest(row, *, but=frozenset()):
    """A digest without salt would tell whether a guess is right; those of today's texts do not."""
    found = False
    for name in ("digest", "digest_before", "digest_after"):
        if getattr(row, name, "") not in {"", *but}:
            setattr(row, name, "")
            found = True
    return found
