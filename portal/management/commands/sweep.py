"""`manage.py sweep`: one pass; with --loop, a pass every ten seconds until told to stop."""

import logging
import signal
import threading

from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection

from portal.sweep import sweep_once

PAUSE = 10
logger = logging.getLogger("portal.sweep")


class Command(BaseCommand):
    help = "Send due messages, run waiting jobs, follow turning posts."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="repeat every ten seconds")

    def handle(self, *, loop, **options):
        if not loop:
            if not sweep_once():
                raise SystemExit(1)
            return
        told_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told_to_stop.set())
        while not told_to_stop.is_set():
            _pass()
            told_to_stop.wait(PAUSE)


def _pass():
    """A pass that cannot even reach the database is logged; the next one tries again."""
    try:
        close_old_connections()
        sweep_once()
    except Exception:
        logger.exception("This pass of the sweep failed.")
        connection.close()
