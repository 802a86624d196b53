"""The addresses of the record, and the noon on which its year begins."""

from datetime import datetime

from django.urls import reverse

from portal.ledger.models import Act
from portal.ledger.moments import SHANGHAI

LIST, CSV, XLSX = (f"admin:ledger_act_{name}" for name in ("changelist", "csv", "xlsx"))
READINGS = "admin:disclosures_reading_changelist"
NOON = datetime(2026, 9, 1, 12, tzinfo=SHANGHAI)


def record_pages(edition):
    """Every page of the record: the lists, and those of one matter."""
    return [*(reverse(name) for name in (LIST, CSV, XLSX, READINGS)), *matter_pages(edition)]


def matter_pages(edition):
    """The pages about one matter: its first act, its course, its texts side by side."""
    act = Act.objects.about(edition.disclosure_id).order_by("id").first()
    about = [edition.disclosure_id]
    return [
        reverse("admin:ledger_act_change", args=[act.uuid]),
        reverse("admin:ledger_act_timeline", args=about),
        reverse("admin:ledger_act_comparison", args=about),
    ]
