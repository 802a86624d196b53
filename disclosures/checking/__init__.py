"""What the ledger says of notices against the notices themselves: words, releases, files."""

from disclosures.checking.acts import check_acts_of_editions
from disclosures.checking.files import check_files
from disclosures.checking.notices import check_entries_of_notices, check_notices
from disclosures.checking.sheets import check_sheets

__all__ = [
    "check_acts_of_editions",
    "check_entries_of_notices",
    "check_files",
    "check_notices",
    "check_sheets",
]
