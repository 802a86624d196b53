"""Checking the ledger against the database: what is checked, and the check of every night."""

import logging
from itertools import islice

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from disclosures.checking import (
    check_acts_of_editions,
    check_entries_of_notices,
    check_files,
    check_notices,
    check_sheets,
)
from portal.ledger.checking import Checks, findings_of, verdict
from portal.ledger.checking.acts import check_acts
from portal.ledger.checking.heads import check_guards, check_heads
from portal.ledger.checking.log import check_log
from portal.ledger.checking.rehashes import check_rehashes
from portal.ledger.checking.rows import check_rows
from portal.ledger.models import Verification
from portal.ledger.models.verification import MOST_KEPT
from portal.ledger.moments import today
from portal.organisation.models import Authority, Message, Office, User

logger = logging.getLogger(__name__)


def check_signed_heads():
    return check_heads(settings.LEDGER_KEY)


CHECKS: Checks = {
    "guards": check_guards,
    "log": check_log,
    "heads": check_signed_heads,
    "acts": check_acts,
    "rehashes": check_rehashes,
    "rows": check_rows,
    "notices": check_notices,
    "entries": check_entries_of_notices,
    "editions": check_acts_of_editions,
    "files": check_files,
    "sheets": check_sheets,
}


def verify_if_due() -> int:
    """Check everything once a day, keep the verdict and tell those who have to know."""
    row = Verification.objects.claim(today())
    if row is None:
        return 0
    found = findings_of(CHECKS)
    kept = list(islice(found, MOST_KEPT))
    codes, count = {finding.code for finding in kept}, len(kept)
    for finding in found:
        codes.add(finding.code)
        count += 1
    # Kept in the portal's first language, whose sentences are the keys of all translations.
    with translation.override(settings.LANGUAGE_CODE):
        told = [(f.code, f.row, str(f.sentence), f.detail) for f in kept]
    row.conclude(verdict(codes), told, count)
    if count:
        logger.critical("The ledger and the database disagree: %s findings.", count)
        tell(row)
    return 1


def watchers():
    """Who has to know: the system administrators and every supervision group."""
    groups = Authority.objects.filter(office=Office.SUPERVISION).values("group")
    active = User.objects.filter(is_active=True)
    return active.filter(is_superuser=True) | active.filter(groups__in=groups)


def is_watcher(user):
    return user.is_active and watchers().filter(pk=user.pk).exists()


def alarm_for(user):
    """The last check, if it found anything and the person has to know."""
    last = Verification.objects.exclude(verdict=None).first()
    return last if last and last.verdict and is_watcher(user) else None


def tell(row):
    """One message a person and day, in their own language, to the page that lists everything."""
    link = reverse("admin:ledger_verification_change", args=[row.pk])
    for person in watchers().distinct():
        with translation.override(person.language):
            subject = _("存证核对发现问题：%(verdict)s") % {"verdict": row.get_verdict_display()}
            body = _("%(day)s的存证核对发现%(count)d处问题，请打开查看是哪些行。") % {
                "day": row.day,
                "count": row.count,
            }
        values = {"recipient": person, "subject": subject, "body": body, "link": link}
        Message.objects.get_or_create(key=f"verify_ledger:{row.day}:{person.pk}", defaults=values)
