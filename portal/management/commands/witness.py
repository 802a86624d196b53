"""`manage.py witness URL …`: keep the heads of another portal's ledger, as witness.py does."""

from django.core.management.base import BaseCommand

from portal.ledger.witness import main


class Command(BaseCommand):
    help = "Keep the heads of a ledger; the same as the stand-alone witness.py."
    requires_system_checks = []

    def run_from_argv(self, argv):
        raise SystemExit(main(argv[2:]))
