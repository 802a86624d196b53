"""Taking words out of everything that is kept of a matter, not only out of what is shown."""

from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast

from disclosures.marking import without
from portal.ledger.models import Act
from portal.organisation.models import Job, Message
from portal.text.masking import MARK

NOUNS = ("Edition", "Attachment", "Proposal", "Review", "DraftComment", "PreviewLink")


def scrub(matter, editions, secrets):
    """Take the words out of everything kept of the matter: drafts, opinions, acts, messages.

    `editions` are the keys of the matter's editions. The guards must be lifted.
    """
    for row in (*rows_now(editions), *messages_about(editions)):
        # What a reviewer saw is told by a digest too; an edition's own is that of today.
        if clean(row, secrets) | (row._meta.model_name == "review" and forget_digest(row)):
            row.save()
    for job in jobs_about(matter, editions):
        job.terms, job.result = without(job.terms, secrets), without(job.result, secrets)
        clean(job, secrets)
        job.save()
    standing = {row.digest for row in rows_now(editions) if row._meta.model_name == "edition"}
    for row in (*rows_past(editions), *Act.objects.about(matter)):
        if clean(row, secrets) | forget_digest(row, but=standing):
            row.save()


def rows_now(editions):
    for noun in NOUNS:
        key = "pk__in" if noun == "Edition" else "edition__in"
        yield from apps.get_model("disclosures", noun).objects.filter(**{key: editions})


def rows_past(editions):
    for noun in NOUNS:
        key = "id__in" if noun == "Edition" else "edition_id__in"
        yield from apps.get_model("disclosures", noun).history.filter(**{key: editions})


def messages_about(editions):
    for pk in editions:
        yield from Message.objects.filter(link__contains=str(pk))


def jobs_about(matter, editions):
    """Imports and other work that names the matter: what they found and refused quotes it."""
    keys = [key for pk in (*editions, UUID(matter)) for key in (str(pk), pk.hex)]
    jobs = Job.objects.annotate(
        asked=Cast("terms", models.TextField()), told=Cast("result", models.TextField())
    )
    named = models.Q(pk=None)
    for key in keys:
        named |= models.Q(asked__contains=key) | models.Q(told__contains=key)
    return jobs.filter(named)


def clean(row, secrets):
    """Put the mark in place of the words in every text of the row; whether any was there."""
    found = False
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname)
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        said = text or ""
        for secret in secrets:
            said = said.replace(secret, MARK)
        if text and said != text:
            setattr(row, field.attname, said[: field.max_length] if field.max_length else said)
            found = True
    return found


def forget_digest(row, *, but=frozenset()):
    """A digest without salt would tell whether a guess is right; those of today's texts do not."""
    found = False
    for name in ("digest", "digest_before", "digest_after"):
        if getattr(row, name, "") not in {"", *but}:
            setattr(row, name, "")
            found = True
    return found
