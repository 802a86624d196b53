"""After the procedure of docs/removal.md no byte of the removed words is left in the files."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from disclosures import scrubbing
from portal.ledger.models import Act, Opening
from portal.management.commands.purge_erased import TABLES
from portal.organisation.models import Job, Message
from tests.disclosures.test_redact import BODY, propose
from tests.disclosures.test_tabulate import fees

pytestmark = pytest.mark.django_db(transaction=True)
CANARY = "欧阳珺瑶"
FORMS = (CANARY.encode(), json.dumps(CANARY).strip('"').encode())


def held():
    """How often the bytes stand in the files of the database, its journal included."""
    name = Path(connection.settings_dict["NAME"])
    files = [name, name.with_name(f"{name.name}-wal")]
    there = [file.read_bytes() for file in files if file.exists()]
    return sum(held.count(form) for held in there for form in FORMS)


def test_the_files_of_the_database_forget(cast, stage):
    edition = stage.published(body=BODY.replace("王小明", CANARY))
    propose(edition, cast.office, CANARY)
    if connection.vendor == "sqlite":
        assert held() > 3
    edition.redact(by=cast.principal)
    call_command("purge_erased")
    if connection.vendor == "sqlite":
        assert held() == 0


def test_the_files_forget_a_row_of_a_table(cast, stage):
    edition = stage.draft(body="")
    edition.tabulate(by=cast.editor, table=fees((CANARY, "500"), ("李小红", "400")))
    edition.tabulate(by=cast.editor, table=fees((CANARY, "600"), ("李小红", "400")))
    stage.carry_out(edition)
    if connection.vendor == "sqlite":
        assert held() > 3
    edition.propose_redaction(by=cast.office, names=["row/00001"], basis="law", reason="依法")
    edition.redact(by=cast.principal)
    call_command("purge_erased")
    if connection.vendor == "sqlite":
        assert held() == 0


def test_it_names_tables_that_exist():
    there = {model._meta.db_table for model in apps.get_models()} | {"disclosures_searchwords"}
    assert set(TABLES) <= there


def test_it_names_every_table_a_removal_rewrites():
    nouns = [apps.get_model("disclosures", name) for name in scrubbing.NOUNS]
    kept = [*nouns, *scrubbing.ABOVE]
    models = [*kept, *(noun.history.model for noun in kept), Act, Job, Message, Opening]
    assert {model._meta.db_table for model in models} <= set(TABLES)
