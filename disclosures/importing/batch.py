"""A batch of files, one draft each: what can be read is drafted, the rest is named with why.

The job's result says of every draft what may still be repaired, so that the draft's page can ask:

    {"drafts": {edition id: {"file", "title", "cleaned_count", "notes", "repairs"}},
     "refused": [{"file", "reason"}]}
"""

import logging
import shutil
import time
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures.importing.document import Document
from disclosures.importing.reading import READERS, read, too_large
from disclosures.importing.repair import gaps, proposals
from disclosures.models import CatalogueEntry, Disclosure, Edition
from portal.ledger.acts import Refused, perform
from portal.ledger.moments import now
from portal.organisation.jobs import Report
from portal.organisation.models import Department, Job
from portal.text.clean import clean_line
from portal.text.filenames import safe_name
from portal.text.files import MAX_BYTES, UnfitFile

log = logging.getLogger("portal.disclosures")

MOST_FILES = 100
FILLING = 3600
CONFIRMING = timedelta(days=1)
MOST_BYTES = 200 * 1024 * 1024
EXTENSIONS = tuple(READERS)


def incoming(job_id: uuid.UUID) -> Path:
    """Where the files of a job wait: a folder that no URL serves and only the portal reads."""
    return Path(settings.DATA_DIR) / "incoming" / str(job_id)


def ask(uploads, *, department, entry, by) -> Job:
    """Keep the uploads and ask for their import; what is too large is refused at once."""
    job = Job(kind=Job.Kind.IMPORT_DOCUMENTS, requested_by=by)
    folder = incoming(job.pk)
    folder.mkdir(parents=True, mode=0o700)
    names, refused = [], []
    try:
        for upload in uploads:
            name = safe_name(upload.name)
            if upload.size > MAX_BYTES:
                refused.append({"file": name, "reason": too_large().sentence})
            else:
                _keep(upload, folder / str(len(names)))
                names.append(name)
        job.terms = {"department": department.pk.hex, "entry": entry.pk.hex, "files": names}
        job.result = {"drafts": {}, "refused": refused}
        job.total_count = len(names)
        job.save()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return job


def import_documents(job: Job, report: Report) -> dict:
    """Draft every file of the job as the person who asked; `report(done, total)` as it goes."""
    department = Department.objects.select_related("school").get(pk=job.terms["department"])
    entry = CatalogueEntry.objects.get(pk=job.terms["entry"])
    names, folder = job.terms["files"], incoming(job.pk)
    try:
        with translation.override(job.requested_by.language):
            for place, name in enumerate(names):
                report(place, len(names))
                with (folder / str(place)).open("rb") as stream:
                    take(job, name, stream, department=department, entry=entry)
            note(job, department)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report(len(names), len(names))
    return job.result


def take(job: Job, name: str, stream, *, department, entry) -> None:
    """Make one file a draft, or say why not; the job's result is kept with it, or neither is."""
    try:
        document = read(name, stream)
        with transaction.atomic():
            edition = _draft(job, document, department=department, entry=entry)
            told = told_of(document, name)
            job.result = {**job.result, "drafts": {**job.result["drafts"], str(edition.pk): told}}
            _save_result(job)
    except (UnfitFile, Refused) as refused:
        refuse(job, name, refused.sentence)
    except Exception:
        log.exception("A file could not be made a draft.")
        refuse(job, name, _("这份文件没有导入：出了意外的错误，已记入系统日志。请联系系统管理员。"))


def refuse(job: Job, name: str, reason: str) -> None:
    """Name a file that did not become a draft, with the reason."""
    refused = [*job.result["refused"], {"file": name, "reason": reason}]
    job.result = {**job.result, "refused": refused}
    _save_result(job)


def told_of(document: Document, name: str) -> dict:
    """What the result says of one draft."""
    notes = list(document.notes)
    if count := gaps(document.body):
        notes.append(
            ngettext(
                "有%(count)d处像是缺字（如“__”“**”“xx”），请对照原文补上。",
                "有%(count)d处像是缺字（如“__”“**”“xx”），请对照原文补上。",
                count,
            )
            % {"count": count}
        )
    return {
        "file": name,
        "title": document.title,
        "cleaned_count": document.cleaned_count,
        "notes": notes,
        "repairs": [repair.told() for repair in proposals(document.title, document.body)],
    }


def note(job: Job, department) -> None:
    """The import as a whole leaves an act at the department's name."""
    counts = {"drafts": len(job.result["drafts"]), "refused": len(job.result["refused"])}
    reason = _("导入文件：成为草稿%(drafts)d份，没有导入%(refused)d份。") % counts
    with perform("import", department, by=job.requested_by, reason=reason):
        pass


def clear_incoming() -> int:
    """Remove files whose job is over or was never asked for; how many folders."""
    root = Path(settings.DATA_DIR) / "incoming"
    needed = Q(state__in=(Job.State.WAITING, Job.State.RUNNING))
    # A table that has been read waits for the person who asked to confirm it.
    read_since = now() - CONFIRMING
    needed |= Q(kind=Job.Kind.IMPORT_TABLE, state=Job.State.DONE, ended_at__gt=read_since)
    kept = {str(pk) for pk in Job.objects.filter(needed).values_list("pk", flat=True)}
    left = [folder for folder in root.glob("*-*") if folder.name not in kept and _is_old(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _is_old(folder):
    """A folder is filled before its job is saved: a young one may still be filling."""
    job = Job.objects.filter(pk=uuid.UUID(folder.name)).exists()
    return job or folder.stat().st_mtime < time.time() - FILLING


def _draft(job, document, *, department, entry):
    return Disclosure.objects.draft(
        department=department,
        entry=entry,
        by=job.requested_by,
        title=clean_line(document.title)[: Edition._meta.get_field("title").max_length],
        body=document.body,
        language=document.language,
        audiences=entry.audiences(),
    )


def _save_result(job):
    job.save(update_fields=["result"])


def _keep(upload, path):
    with path.open("xb") as kept:
        path.chmod(0o600)
        for chunk in upload.chunks():
            kept.write(chunk)
