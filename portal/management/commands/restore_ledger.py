"""`manage.py restore_ledger COPY`: after restoring a backup, what the log outside still knows."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from disclosures import erasing
from portal.ledger.restoring import NotRestored, append_missing, copied_entries


class Command(BaseCommand):
    help = (
        "Append the entries a restored database has lost, from a copy of /ledger/, and remove "
        "again what was lawfully removed since the backup. Publications since then are listed: "
        "their texts must be entered again or withdrawn."
    )

    def add_arguments(self, parser):
        parser.add_argument("copy", type=Path)
        parser.add_argument("--key", required=True, help="the public key, as it was noted down")
        parser.add_argument("--origin", default=settings.LEDGER_ORIGIN)

    def handle(self, *, copy, key, origin, **options):
        try:
            added = append_missing(copied_entries(copy, origin=origin, key=key))
        except (NotRestored, OSError, ValueError) as problem:
            raise CommandError(str(problem)) from problem
        for entry in added:
            self.stdout.write(f"{entry.seq} {entry.kind} {entry.item} {entry.edition}")
        for entry in erasing.erase_again(added):
            self.stdout.write(f"removed again: {entry}")
        self.stdout.write(f"{len(added)} entries appended")
