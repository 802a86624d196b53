"""A typed table from a file: kept, read, looked at by who asked, then put into the draft.

Nothing is saved before it is confirmed. The job's result, for the page that shows it:

    {"faults": [[row, column, sentence, sheet]], "more_count": faults beyond those shown,
     "notes": [sentence], "row_count", "header": {name: value}, "sample": [{name: value}],
     "digest": SHA-256 of what was read and waits, "" where something is wrong,
     "against": the draft's table it was compared with, "" for none, "changes": the comparison}
"""

import hashlib
import json
import shutil
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from disclosures.importing.batch import incoming
from disclosures.kinds import KINDS, kind_of
from disclosures.models import Edition
from disclosures.sheets.comparing import compare
from disclosures.sheets.kind import Kind
from disclosures.sheets.opening import row_count, too_large
from disclosures.sheets.reading import Reading, read
from disclosures.sheets.table import Fault, Row, Table
from portal.ledger.acts import Refused
from portal.organisation.jobs import Report, run_now
from portal.organisation.models import Job
from portal.text.canonical import json_bytes
from portal.text.filenames import safe_name
from portal.text.files import MAX_BYTES, UnfitFile

SMALL = 1000  # rows that are read while the person waits
SAMPLE = 20
SHOWN = 200  # changed rows the result tells
FILE, READ = "table", "read.json"


def ask(upload, *, edition: Edition, kind: Kind, by) -> Job:
    """Keep the upload and have it read: at once if it is small, else by the sweep.

    What is wrong with the file is told in the job's result, like what is wrong in its rows.
    """
    if not Edition.objects.open_to("edit", by).filter(pk=edition.pk).exists():
        raise Refused(edition.why_not("edit", by))
    job = Job(kind=Job.Kind.IMPORT_TABLE, requested_by=by)
    job.terms = {"edition": str(edition.pk), "schema": kind.told(), "file": safe_name(upload.name)}
    job.terms["language"] = translation.get_language()
    folder = incoming(job.pk)
    folder.mkdir(parents=True, mode=0o700)
    try:
        if upload.size <= MAX_BYTES:
            job.terms["sha256"] = _keep(upload, folder / FILE)
        is_small = _is_small(job)
        job.save()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if is_small:
        run_now(job, check)
    return job


def check(job: Job, report: Report) -> dict:
    """Read the job's file; its result. The file then goes; what was read of it waits, if sound."""
    with translation.override(job.terms["language"]):
        reading = _read(job, report)
    folder = incoming(job.pk)
    if reading.table is None:
        shutil.rmtree(folder, ignore_errors=True)
        return _told(reading)
    _write(folder / READ, _content(reading.table))
    (folder / FILE).unlink()
    return _told(reading) | against(job, reading.table)


def against(job: Job, table: Table) -> dict:
    """What the read table would change in the draft's, and which that is."""
    sheet = Edition.objects.select_related("sheet").get(pk=job.terms["edition"]).sheet
    kind = kind_asked(job)
    present = sheet.table() if sheet and sheet.kind == kind.key else None
    changes = compare(kind, present, table).told(SHOWN)
    return {"against": str(sheet.pk) if sheet else "", "changes": changes}


def compared_anew(job: Job) -> None:
    """Compare with the draft's table of now, where it has been changed since the reading."""
    job.result |= against(job, _waiting(job))
    job.save(update_fields=["result"])


def asked_by(user):
    """The person's own readings of tables, newest first: nobody else sees what they uploaded."""
    return Job.objects.filter(kind=Job.Kind.IMPORT_TABLE, requested_by=user)


def kind_asked(job: Job) -> Kind:
    """The kind of table the file is to be."""
    return kind_of(job.terms["schema"])


def faults_in(job: Job) -> list[Fault]:
    """What is wrong in the file, as the result has it."""
    return [Fault(*told) for told in job.result.get("faults", [])]


def is_ready(job: Job) -> bool:
    """Whether the file was read without a fault and has not been put anywhere yet."""
    return bool(job.result.get("digest")) and (incoming(job.pk) / READ).exists()


def confirm(job: Job, *, by, version=None) -> Edition:
    """Put what was read into the draft as it was shown; nothing of it then waits any more.

    Refused to everybody but who asked, and when what waits is not what was read.
    """
    if job.kind != Job.Kind.IMPORT_TABLE or job.requested_by_id != by.pk:
        raise Refused(_("这份文件不是您上传的，不能由您放进文稿。"))
    if not is_ready(job):
        raise Refused(_("这份文件已经用过、已经清除，或者还有错误。请重新上传。"))
    edition = Edition.objects.get(pk=job.terms["edition"])
    edition.tabulate(by=by, table=_waiting(job), version=version)
    give_up(job)
    return edition


def give_up(job: Job) -> None:
    """Stop a reading that is under way, and keep neither the file nor what was read of it."""
    if not job.is_over:
        job.stop_wanted = True
        job.save(update_fields=["stop_wanted"])
    elif job.result:
        job.result = {"row_count": job.result.get("row_count", 0)}
        job.save(update_fields=["result"])
    shutil.rmtree(incoming(job.pk), ignore_errors=True)


def _read(job: Job, report: Report | None = None) -> Reading:
    if "sha256" not in job.terms:
        return Reading.refused(too_large())
    others = tuple(KINDS.values())
    with (incoming(job.pk) / FILE).open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != job.terms["sha256"]:
            raise Refused(_("保存的文件不完整。请重新上传。"))
        stream.seek(0)
        return read(kind_asked(job), job.terms["file"], stream, others=others, report=report)


def _waiting(job: Job) -> Table:
    """The table that was read, byte for byte."""
    content = (incoming(job.pk) / READ).read_bytes()
    if hashlib.sha256(content).hexdigest() != job.result["digest"]:
        raise Refused(_("保存的读取结果不完整，没有放进文稿。请重新上传。"))
    told = json.loads(content)
    rows = [Row(values, place=place) for place, values in told["rows"]]
    return kind_asked(job).table(told["header"], rows)


def _content(table: Table) -> bytes:
    """What a table says, whatever ids its rows have been given."""
    rows = [[row.place, row.values] for row in table.rows]
    return json_bytes({"header": table.header, "rows": rows})


def _told(reading: Reading) -> dict:
    table = reading.table
    told = {
        "faults": [list(fault) for fault in reading.faults],
        "more_count": reading.more_count,
        "notes": reading.notes,
        "row_count": len(table.rows) if table else 0,
        "digest": hashlib.sha256(_content(table)).hexdigest() if table else "",
    }
    if table:
        sample = [row.values for row in table.rows[:SAMPLE]]
        told |= {"header": table.header, "sample": sample}
    return told


def _is_small(job: Job) -> bool:
    """Whether reading takes no longer than a page; what cannot be read at all is told at once."""
    path = incoming(job.pk) / FILE
    if not path.exists():
        return True
    try:
        with path.open("rb") as stream:
            return row_count(job.terms["file"], stream, most=SMALL) <= SMALL
    except UnfitFile:
        return True


def _keep(upload, path: Path) -> str:
    """Keep the upload where only the portal reads it; its SHA-256."""
    hashed = hashlib.sha256()
    _write(path, b"")
    with path.open("ab") as kept:
        for chunk in upload.chunks():
            hashed.update(chunk)
            kept.write(chunk)
    return hashed.hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
