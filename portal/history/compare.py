"""Two states of one matter's text beside each other: after one act, and after another."""

from uuid import UUID

from disclosures.models import Edition
from disclosures.models.text import EditionText
from portal.history.changes import field_changes
from portal.history.values import Names, told_fields

CONTENT = {field.name for field in EditionText._meta.get_fields()}


class TextStates:
    """The states a person may choose from, and what differs between the two chosen ones.

    `acts` are those on the matter's editions which the person may read; without a choice the
    first state stands beside the last.
    """

    def __init__(self, acts, asked):
        self.acts = list(acts.order_by("at", "id"))
        self.older = self._chosen(asked.get("before"), self.acts[0])
        self.newer = self._chosen(asked.get("after"), self.acts[-1])
        if self.acts.index(self.older) > self.acts.index(self.newer):
            self.older, self.newer = self.newer, self.older

    def fields(self):
        """The content fields that differ, word by word."""
        before, after = _text_after(self.older), _text_after(self.newer)
        if not (before and after):
            return []
        names = Names()
        for field in told_fields(Edition):
            for row in (before, after):
                names.want(field, getattr(row, field.attname))
        names.fetch()
        return field_changes(before, after, names, only=CONTENT)

    def editions(self):
        return Edition.objects.filter(pk__in={self.older.object_id, self.newer.object_id})

    def _chosen(self, asked, otherwise):
        """The act asked for, if it is one of those offered."""
        by_key = {act.uuid: act for act in self.acts}
        try:
            return by_key.get(UUID(asked or ""), otherwise)
        except ValueError:
            return otherwise


def _text_after(act):
    """The edition as the act left it."""
    rows = Edition.history.filter(act_id=act.uuid, id=act.object_id)
    return rows.order_by("-history_id").first()
