"""`manage.py verify_ledger`: check the ledger against the database; exit as verify.py does."""

import traceback

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.ledger.checking import findings_of, verdict
from portal.ledger.models import Verification
from portal.verifying import CHECKS


class Command(BaseCommand):
    help = "Check every invariant of the ledger against the database and name the rows."

    def add_arguments(self, parser):
        parser.add_argument(
            "--only", action="append", choices=CHECKS, help="this check alone (may be repeated)"
        )

    def handle(self, *, only, **options):
        checks = {name: CHECKS[name] for name in CHECKS if not only or name in only}
        codes = set()
        try:
            for finding in findings_of(checks):
                codes.add(finding.code)
                self.stdout.write(str(finding))
        except Exception:
            self.stderr.write(traceback.format_exc())
            codes.add(50)
        if not settings.LEDGER_KEY and "heads" in checks:
            self.stdout.write(
                "LEDGER_KEY is not set: the key of the first head was taken as right."
            )
        found = Verification.Verdict(verdict(codes))
        self.stdout.write(f"{found.value} {found.label}")
        if found.value:
            raise SystemExit(found.value)
