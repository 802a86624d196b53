"""A year of three drafts for the pages of the record; classes, and a fresh start at every door."""

from datetime import timedelta

import pytest

from portal.ledger.moments import as_of
from portal.organisation.access_forms import by_account, by_address
from portal.organisation.models import SchoolClass
from tests.portal.record import NOON


@pytest.fixture
def year(cast, stage):
    """Three drafts on three days, two by one editor."""
    with as_of(NOON):
        stage.draft(title="九月收费", entry=cast.entry)
    with as_of(NOON + timedelta(days=30)):
        stage.draft(title="十月校历", entry=cast.short_entry)
    with as_of(NOON + timedelta(days=60)):
        stage.draft(title="十一月课表", department=cast.other_department, by=cast.editor_other)


@pytest.fixture(autouse=True)
def patience():
    """Nobody has knocked in vain yet."""
    by_address.clear()
    by_account.clear()


@pytest.fixture
def classes(cast):
    for year, name in (
        (2026, "一年级1班"),
        (2025, "二年级2班"),
        (2024, "实验班"),
        (2023, "实验班"),
    ):
        SchoolClass(school=cast.school, name=name, entry_year=year).save()
