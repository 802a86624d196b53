"""What two typed tables differ in, by the keys the history kept of them."""

from disclosures.models import Sheet
from disclosures.sheets.comparing import Comparison, compare


def compared(old_key, new_key) -> Comparison:
    """The rows and cells that lead from one table to the other; either key may be None."""
    found = Sheet.objects.in_bulk([key for key in (old_key, new_key) if key])
    old, new = found.get(old_key), found.get(new_key)
    return compare((new or old).as_kind, old and old.table(), new and new.table())
