"""Every act × every call × every fault; what was found, as a table."""

import itertools
import random
import shutil
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from disclosures.models import Attachment, Edition, Sheet, StoredFile
from portal.ledger import acts
from portal.ledger.merkle import leaf_hash, root, root_of
from portal.ledger.models import LedgerEntry, Node, Tail
from portal.management.catalogues import compile_catalogues
from tests import cast as people
from tests.conftest import Stage
from tests.disclosures.test_tabulate import fees
from tests.faults.injecting import Fault, perform
from tests.portal.sample_files import pdf

KINDS = ("EIO", "ENOSPC", "SIGKILL")
BROKEN = 60
# Kept before its act begins and found again by the next: no half of anything.
KEPT_BEFORE = {"disclosures_storedfile", "disclosures_filetext"}


def main(wanted: int) -> int:
    """Inject `wanted` faults, chosen evenly (0: all there are). 1 if anything was violated."""
    scenes = prepare()
    plan = [
        (name, Fault(call, count, kind))
        for name, scene in scenes.items()
        for call, times in scene.called.items()
        for count, kind in itertools.product(range(1, times + 1), KINDS)
    ]
    chosen = random.Random(1).sample(plan, wanted) if wanted else plan  # noqa: S311  the same each time
    violations = [told for name, fault in chosen if (told := violated(scenes[name], fault))]
    caught = broken_variant(scenes["publish"])
    for line in violations:
        print(line)
    print(f"{len(chosen)} faults at {len(plan)} places, {len(violations)} violations")
    print(f"without a transaction: {caught} violations in {BROKEN} faults")
    return 1 if violations or not caught else 0


def prepare():
    """A portal with one notice for each act, kept aside, and what each act does undisturbed."""
    compile_catalogues()
    call_command("migrate", interactive=False, verbosity=0)
    stage = Stage(people.assemble())
    approved, other = stage.approved(), stage.published(title="另一件")
    other.propose_withdrawal(by=other.drafted_by, ground="error", reason="金额有误")
    draft, cast = stage.draft(title="第三件"), stage.cast
    listed = stage.published(title="名单", body="<p>王小明</p><p>李小红</p>")
    listed.propose_redaction(by=cast.office, names=["body/0001"], basis="law", reason="依法")
    table = fees(*((f"第{number}项", "1") for number in range(501)))
    doing = {
        "publish": lambda: Edition.objects.get(pk=approved.pk).publish(by=cast.office),
        "withdraw": lambda: Edition.objects.get(pk=other.pk).withdraw(by=cast.office),
        "redact": lambda: Edition.objects.get(pk=listed.pk).redact(by=cast.principal),
        "tabulate": lambda: Edition.objects.get(pk=draft.pk).tabulate(by=cast.editor, table=table),
        "attach": lambda: Attachment.objects.attach(
            Edition.objects.get(pk=draft.pk), SimpleUploadedFile("a.pdf", pdf()), by=cast.editor
        ),
    }
    connection.close()
    keep_aside()
    return {name: scene_of(name, act) for name, act in doing.items()}


def scene_of(name, act):
    """The counts before and after, and the calls the act makes."""
    put_back()
    before = shape()
    outcome = perform(act, settings.DATA_DIR)
    after = shape()
    if not outcome.is_acknowledged or before == after:
        raise SystemExit(f"{name} does not run undisturbed: {outcome.said}")
    return SimpleNamespace(name=name, act=act, before=before, after=after, called=outcome.called)


def violated(scene, fault):
    """What a fault broke, in a line; None if everything is wholly before or wholly after."""
    put_back()
    outcome = perform(scene.act, settings.DATA_DIR, fault)
    try:
        found = shape()
    except Exception as problem:
        return f"{scene.name} {fault.option}: unreadable afterwards, {problem}"
    if outcome.is_acknowledged and found != scene.after:
        return f"{scene.name} {fault.option}: acknowledged, but not done"
    if found not in (scene.before, scene.after):
        return f"{scene.name} {fault.option}: half done, {difference(scene, found)}"
    return None


def difference(scene, found):
    told = ((k, scene.before[k], v, scene.after[k]) for k, v in found.items())
    return [row for row in told if row[2] not in (row[1], row[3])] or "mixed"


def shape():
    """How many rows each table has, the states, whether log, files and sheets agree with them."""
    try:
        with connection.cursor() as cursor:
            whole = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            tables = connection.introspection.django_table_names(only_existing=True)
            tables = [table for table in tables if table not in KEPT_BEFORE]
            counts = {
                table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in tables
            }
        raws = [bytes(raw) for raw in LedgerEntry.objects.values_list("raw", flat=True)]
        size = Tail.objects.get().size if Tail.objects.exists() else 0
        log = size == len(raws) and root([leaf_hash(r) for r in raws]) == root_of(
            size, Node.objects.fetch
        )
        files = all(stored.path.exists() for stored in StoredFile.objects.all())
        tables = all(sheet.digest_now() == sheet.digest for sheet in Sheet.objects.all())
        states = tuple(Edition.objects.order_by("pk").values_list("pk", "state"))
        return counts | {
            "whole": whole,
            "log": log,
            "files": files,
            "tables": tables,
            "states": states,
        }
    finally:
        connection.close()


def broken_variant(scene):
    """The same with a transaction that is none: the harness must notice."""
    real = acts.transaction
    acts.transaction = SimpleNamespace(atomic=nullcontext)
    faults = [Fault("pwrite64", 2 + 3 * count, "SIGKILL") for count in range(BROKEN)]
    try:
        return sum(violated(scene, fault) is not None for fault in faults)
    finally:
        acts.transaction = real


def keep_aside():
    shutil.copytree(settings.DATA_DIR, aside(), ignore=shutil.ignore_patterns("static"))


def put_back():
    """The database and the files as they were before the act."""
    connection.close()
    for name in ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"):
        (settings.DATA_DIR / name).unlink(missing_ok=True)
        if (aside() / name).exists():
            shutil.copy(aside() / name, settings.DATA_DIR / name)
    shutil.rmtree(settings.FILES_DIR, ignore_errors=True)


def aside():
    return Path(f"{settings.DATA_DIR}-aside")
