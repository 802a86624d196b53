"""The act log for supervisors, and the append-only log for everybody."""

from portal.ledger.models.act import Act, ActQuerySet
from portal.ledger.models.entry import LedgerEntry, Lift, Node, Opening, Tail
from portal.ledger.models.head import Anchor, Checkpoint, Rehash
from portal.ledger.models.verification import Verification

__all__ = [
    "Act",
    "ActQuerySet",
    "Anchor",
    "Checkpoint",
    "LedgerEntry",
    "Lift",
    "Node",
    "Opening",
    "Rehash",
    "Tail",
    "Verification",
]
