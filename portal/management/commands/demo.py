"""`manage.py demo`: a seeded portal, running, with everybody's login on the screen."""

from django.core.management.base import BaseCommand, CommandError

from portal.demo.running import NotStarted
from portal.demo.start import start


class Command(BaseCommand):
    help = "Prepare and run the demo (HOST, PORT, DATA_DIR, DEMO_PASSWORD, RESET=1)."
    requires_system_checks = []

    def handle(self, **options):
        try:
            start(self._tell)
        except NotStarted as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            raise SystemExit(130) from None

    def _tell(self, line):
        """Whoever reads a pipe or a log sees each line at once, too."""
        self.stdout.write(line)
        self.stdout.flush()
