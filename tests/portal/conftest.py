"""A year of three drafts for the pages of the record."""

from datetime import timedelta

import pytest

from portal.ledger.moments import as_of
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
