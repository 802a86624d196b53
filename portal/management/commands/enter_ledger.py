"""`manage.py enter_ledger`: enter what was published before there was a ledger, dated today."""

from django.core.management.base import BaseCommand
from django.db import transaction

from disclosures import proof
from disclosures.models import Disclosure, Edition, State
from portal.ledger.models import LedgerEntry


class Command(BaseCommand):
    help = (
        "Enter published and withdrawn editions that have no entry. Run it once, after the "
        "update that brought the ledger; it lists every notice it enters, to be compared."
    )

    def handle(self, **options):
        count = 0
        for edition in self._left_out():
            with transaction.atomic():
                Disclosure.objects.locked(edition.disclosure_id)
                self._enter(edition)
            self.stdout.write(f"{edition.disclosure.address} {edition.number} {edition.title}")
            count += 1
        self.stdout.write(f"{count} entered")

    def _left_out(self):
        entered = set(LedgerEntry.objects.exclude(item="").values_list("item", "edition"))
        sealed = Edition.objects.filter(state__in=(State.PUBLISHED, State.WITHDRAWN))
        for edition in sealed.select_related("disclosure__school").order_by("sealed_at"):
            if (str(edition.disclosure_id), edition.number) not in entered:
                yield edition

    def _enter(self, edition):
        proof.sealed(edition, "correct" if edition.based_on_id else "publish")
        if edition.state == State.WITHDRAWN:
            facts = {"ground": edition.withdrawal_ground}
            proof.ended(edition, "withdraw", reason=edition.withdrawal_reason, facts=facts)
