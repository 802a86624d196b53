"""The base of everything whose changes are kept."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.ledger.acts import Facts

SAVED_WHOLE = "Recorded rows are saved whole: their history tells every column."


class RecordedQuerySet(models.QuerySet):
    """Bulk writes leave no history, so they are refused."""

    def update(self, **kwargs):
        raise TypeError("Recorded rows change one at a time, inside an act.")

    def bulk_create(self, objs, *args, **kwargs):
        raise TypeError("Recorded rows are created one at a time, inside an act.")

    def bulk_update(self, objs, fields, *args, **kwargs):
        raise TypeError("Recorded rows change one at a time, inside an act.")

    def delete(self):
        raise TypeError("Recorded rows are kept; use the act that closes them.")


class HistoryRow(models.Model):
    """What every history row carries beside the old values: the act that wrote it."""

    act_id = models.UUIDField(null=True, db_index=True, editable=False)

    class Meta:
        abstract = True


def trail(**kwargs) -> HistoricalRecords:
    """The history of a noun: one base with the act's id and a reason of any length."""
    return HistoricalRecords(
        bases=[HistoryRow], history_change_reason_field=models.TextField(null=True), **kwargs
    )


class Recorded(models.Model):
    """A row addressed by uuid whose changes are acts and whose past is kept."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)

    objects = RecordedQuerySet.as_manager()
    history = trail(inherit=True)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Never a few columns: of the others the history would tell what was in memory."""
        if kwargs.get("update_fields") is not None:
            raise TypeError(SAVED_WHOLE)
        super().save(*args, **kwargs)

    def facts(self) -> Facts:
        """How the act log names this row; rooms add school, category and entry."""
        return Facts(title=str(self))

    def content_digest(self) -> str:
        """The digest of the text this row stands for, '' where it has none."""
        return ""

    def delete(self, *args, **kwargs):
        raise TypeError("Recorded rows are kept; use the act that closes them.")
