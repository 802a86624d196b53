"""Checking everything the ledger knows against the database: what is wrong, row by row."""

from portal.ledger.checking.finding import Finding, named, verdict
from portal.ledger.checking.running import Checks, findings_of, snapshot

__all__ = ["Checks", "Finding", "findings_of", "named", "snapshot", "verdict"]
