"""`manage.py sign_ledger`: sign the ledger's head once; with --loop, whenever it grew."""

import logging
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection

from portal.ledger.signing import NotSigned, Signer

PAUSE = 20
logger = logging.getLogger("portal.ledger")


class Command(BaseCommand):
    help = "Sign the head of the ledger, in a process that alone can read the key."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="go on until told to stop")
        parser.add_argument("--new-key", action="store_true", help="make the key, once")

    def handle(self, *, loop, new_key, **options):
        signer = Signer(settings.SIGNER_DIR, settings.LEDGER_ORIGIN)
        if new_key:
            if signer.has_key():
                raise CommandError(f"There is a key in {settings.SIGNER_DIR} already.")
            self.stdout.write(signer.make_key())
            return
        if not loop:
            self._once(signer)
            return
        told_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told_to_stop.set())
        while not told_to_stop.is_set():
            _pass(signer)
            told_to_stop.wait(PAUSE)

    def _once(self, signer):
        try:
            checkpoint = signer.sign()
        except NotSigned as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(checkpoint.line if checkpoint else "The log has not grown.")


def _pass(signer):
    """A log that may not be signed is shouted about at every pass; the portal goes on."""
    try:
        close_old_connections()
        signer.sign()
    except NotSigned as problem:
        logger.critical("The ledger was not signed: %s", problem)
    except Exception:
        logger.exception("This pass of the signer failed.")
        connection.close()
