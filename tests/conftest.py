"""Fixtures of every test: the cast, and notices at each point of their life."""

import pytest
from django.utils import translation

from disclosures.models import Disclosure
from tests import cast as people
from tests.house import (  # noqa: F401  hooks and fixtures
    browser,
    client,
    guards_lifted_for_flushing,
    page,
    pytest_collection_modifyitems,
    pytest_configure,
    signed_in,
    translations,
    without_browser,
)
from tests.snapshot import once


@pytest.fixture(autouse=True)
def quick(settings, tmp_path):
    """Cheap hashing, plain static files, the source language, files of its own for each test."""
    translation.deactivate()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.FILES_DIR = tmp_path / "files"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def cast(db):
    return once(people.assemble)


@pytest.fixture
def stage(cast):
    """Bring a notice to a point of its life: `stage.draft()`, `.in_review()`, `.published()` …"""
    return Stage(cast)


class Stage:
    def __init__(self, cast):
        self.cast = cast

    def draft(self, **content):
        cast = self.cast
        values = {
            "title": "2026年秋季学期收费公示",
            "body": "<p>本学期收费项目如下。</p>",
            "audiences": ["public"],
            "is_cleared": True,
        } | content
        department = values.pop("department", cast.department)
        entry = values.pop("entry", cast.entry)
        by = values.pop("by", cast.editor)
        return Disclosure.objects.draft(department=department, entry=entry, by=by, **values)

    def in_review(self, **content):
        edition = self.draft(**content)
        edition.submit(by=edition.drafted_by)
        return edition

    def approved(self, **content):
        return self.approve_all(self.in_review(**content))

    def approve_all(self, edition):
        while review := edition.open_review():
            holder = review.group.user_set.exclude(pk=edition.drafted_by_id).first()
            edition.approve(by=holder, seen=edition.content_digest())
        return edition

    def carry_out(self, edition):
        """Submit, approve and publish a draft as its school would."""
        edition.submit(by=edition.edited_by)
        self.approve_all(edition)
        edition.publish(by=self._publisher(edition))
        return edition

    def published(self, opens_at=None, **content):
        edition = self.approved(**content)
        publisher = content.get("publisher") or self._publisher(edition)
        edition.publish(by=publisher, opens_at=opens_at)
        return edition

    def withdrawn(self, **content):
        edition = self.published(**content)
        edition.propose_withdrawal(by=edition.drafted_by, ground="error", reason="金额有误")
        edition.withdraw(by=self._publisher(edition))
        return edition

    def _publisher(self, edition):
        first = edition.disclosure.school == self.cast.school
        return self.cast.office if first else self.cast.office2
