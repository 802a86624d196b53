"""`manage.py purge_erased`: after a removal, take the old bytes out of the database files."""

from django.core.management.base import BaseCommand
from django.db import connection

from disclosures.search.index import index_texts

# What a removal rewrites: elsewhere no old version of the text can lie.
TABLES = (
    *("disclosures_edition", "disclosures_historicaledition", "disclosures_attachment"),
    *("disclosures_historicalattachment", "disclosures_proposal"),
    *("disclosures_historicalproposal", "disclosures_review", "disclosures_historicalreview"),
    *("disclosures_draftcomment", "disclosures_historicaldraftcomment"),
    *("disclosures_previewlink", "disclosures_historicalpreviewlink"),
    *("disclosures_posting", "disclosures_historicalposting"),
    *("committees_look", "committees_historicallook"),
    *("committees_question", "committees_historicalquestion"),
    *("disclosures_sheet", "disclosures_historicalsheet", "disclosures_sheetpage"),
    *("disclosures_storedfile", "disclosures_filetext", "disclosures_searchtext"),
    *("disclosures_searchwords", "ledger_act", "ledger_opening"),
    *("organisation_message", "organisation_job"),
)


class Command(BaseCommand):
    help = (
        "Make the search index anew and rewrite the tables in which removed texts stood, so that "
        "the files of the database hold them no longer. Other work waits meanwhile. Journals and "
        "backups age out by themselves: see docs/removal.md."
    )

    def handle(self, **options):
        index_texts()
        for statement in self._statements():
            with connection.cursor() as cursor:
                cursor.execute(statement)
            self.stdout.write(statement)

    def _statements(self):
        if connection.vendor == "sqlite":
            return ["VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]
        return [*(f"VACUUM FULL {table}" for table in TABLES), "CHECKPOINT"]
