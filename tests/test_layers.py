"""The house stands as drawn: what imports what, what is recorded, what nobody may call."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

from disclosures.models import CatalogueEntry, Disclosure, DisclosureGroupObjectPermission
from portal.ledger.history import HistoryRow, Recorded, RecordedQuerySet
from portal.organisation.models import School, User

ROOT = Path(settings.BASE_DIR)
ROOMS = ("portal", "disclosures", "feedback", "committees")
# From the ground up: a row points downwards and is not seen from below.
LEVELS = {"ledger": 0, "organisation": 1, "disclosures": 2, "feedback": 3, "committees": 4}
OURS = [model for model in apps.get_models() if model._meta.app_label in LEVELS]
RECORDED = [model for model in OURS if issubclass(model, Recorded)]


def source():
    """Every module of ours as (path, syntax tree), migrations aside."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def calls():
    """Every call of a name or an attribute in our source: (path, name, has keywords)."""
    for path, tree in source():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                yield path, name, bool(node.keywords)


def test_each_room_imports_only_what_lies_beneath_it():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contract_names_every_part_of_the_portal():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    layers = config["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {name.strip(" ()") for layer in layers for name in layer.split(":")}
    parts = {
        f"portal.{path.stem}"
        for path in (ROOT / "portal").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    # The app declaration holds no code that could reach anywhere.
    assert parts - {"portal.__init__", "portal.apps"} <= named
    assert {"disclosures", "feedback", "committees"} <= named


def test_nothing_below_is_reached_from_above():
    seen = {
        (field.model._meta.label, field.get_accessor_name(), field.related_model._meta.label)
        for model in OURS
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel) and field.get_accessor_name()
        if not field.hidden and field.related_model._meta.app_label in LEVELS
        if LEVELS[field.related_model._meta.app_label] > LEVELS[model._meta.app_label]
    }
    assert seen - REVERSED_BY_LIBRARIES == set()


# Guardian names the reverse side itself; with "+" it would fall back to its generic tables.
REVERSED_BY_LIBRARIES = {
    (
        "organisation.User",
        "disclosureuserobjectpermission_set",
        "disclosures.DisclosureUserObjectPermission",
    ),
}


def test_grants_live_in_direct_tables():
    field = DisclosureGroupObjectPermission._meta.get_field("content_object")
    assert field.remote_field.model is Disclosure


def histories():
    return [model for model in apps.get_models() if hasattr(model, "instance_type")]


def test_every_history_carries_the_act_and_a_reason_of_any_length():
    assert len(histories()) >= len(RECORDED)
    for history in histories():
        assert issubclass(history, HistoryRow), history
        assert history._meta.get_field("act_id").db_index
        reason = history._meta.get_field("history_change_reason")
        assert isinstance(reason, models.TextField), history


def test_every_recorded_noun_has_a_history_and_refuses_bulk_writes():
    assert RECORDED
    for model in RECORDED:
        assert model.history.model in histories()
        assert issubclass(model._default_manager.get_queryset().__class__, RecordedQuerySet), model


def test_no_audited_noun_has_many_to_many_fields():
    assert [model for model in RECORDED if model._meta.local_many_to_many] == []


BULK = {"bulk_create", "bulk_update", "bulk_create_with_history", "bulk_update_with_history"}
BANNED = BULK | {"cache_page", "delay", "apply_async", "_raw_delete", "AsyncResult"}


def test_nobody_writes_in_bulk_keeps_pages_or_calls_the_worker_directly():
    found = {(path, name) for path, name, _keywords in calls() if name in BANNED}
    assert found == set()


# Rows without a history that several processes claim: one statement decides who gets them.
CLAIMED = {
    "feedback/digest.py",
    "portal/management/catalogues.py",  # a message catalogue, no rows
    "portal/admin_site.py",
    "portal/demo/start.py",
    "portal/ledger/models/verification.py",
    "portal/ledger/verify.py",  # tables of its own, no rows
    "portal/organisation/jobs.py",
    "portal/organisation/outbox.py",
    "portal/sweep.py",
}


def test_only_queues_are_updated_in_place():
    paths = {path for path, name, keywords in calls() if name == "update" and keywords}
    assert paths - CLAIMED == set()


# A review keeps a digest of its own: that of the text its reviewer saw.
MOVERS = tuple(f"disclosures/models/{name}" for name in ("edition", "leaving", "moving", "review"))
# A lawful removal is called by its act alone; a stored file has a state of its own.
MOVERS = (*MOVERS, "disclosures/erasing.py", "disclosures/marking.py")
MOVERS = (*MOVERS, "disclosures/models/stored.py")


def test_only_acts_move_an_edition():
    for path, tree in source():
        if not path.startswith("disclosures/") or path.startswith(MOVERS):
            continue
        moved = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign | ast.AugAssign)
            for target in getattr(node, "targets", [getattr(node, "target", None)])
            for name in ast.walk(target)
            if isinstance(name, ast.Attribute) and name.attr in ("state", "sealed_at", "digest")
        ]
        assert moved == [], path


def test_everything_but_queues_and_the_log_is_protected_from_cascades():
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model in OURS
        if not hasattr(model, "instance_type")
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        if field.remote_field.on_delete is models.CASCADE
    }
    grants = {f"disclosures.Disclosure{kind}ObjectPermission" for kind in ("User", "Group")}
    assert {name.rsplit(".", 1)[0] for name in cascading} <= grants


def leads_to_school(model, seen=()):
    """Whether a row of the model belongs to a school, by way of other rows if need be."""
    if model is School:
        return True
    if model in (User, CatalogueEntry) or model in seen or model not in OURS:
        return False
    return any(leads_to_school(field.related_model, (*seen, model)) for field in keys_of(model))


def keys_of(model):
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is not model
    ]


# Rows that reach a school by several keys, and what keeps the schools the same.
SECOND_WAYS = {
    "organisation.Authority": ({"school", "department"}, "made by Authority.objects.at only"),
    "organisation.Post": ({"school", "department"}, "Post.appoint refuses another's department"),
    "organisation.Affiliation": ({"school", "school_class"}, "Affiliation.register refuses"),
    "disclosures.Adoption": ({"school", "department"}, "Adoption.clean refuses"),
    "disclosures.Disclosure": ({"school", "department"}, "draft takes the department's school"),
    "disclosures.Edition": (
        {"disclosure", "named_authority", "sheet"},
        "EditionText.problems refuses another's office, EditionText.write another's table",
    ),
    "disclosures.Release": (
        {"edition", "disclosure", "school", "department", "succeeded_by"},
        "written by ReleaseQuerySet.plan from the disclosure only",
    ),
    "disclosures.Reading": (
        {"edition", "attachment", "class_code"},
        "an attachment is of its edition; the code that opened it is its school's",
    ),
    "committees.Membership": ({"committee", "post"}, "Committee.take_in makes the post"),
}


def test_every_second_way_to_a_school_has_its_guard():
    found = {}
    for model in OURS:
        ways = {field.name for field in keys_of(model) if leads_to_school(field.related_model)}
        if len(ways) > 1 and not hasattr(model, "instance_type"):
            found[model._meta.label] = ways
    assert found == {label: ways for label, (ways, _guard) in SECOND_WAYS.items()}


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
