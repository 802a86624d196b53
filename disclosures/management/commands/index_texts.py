"""Make the search index anew."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from disclosures.search.index import index_texts


class Command(BaseCommand):
    help = "Read every published notice and its attachments again and rebuild the search index."

    def handle(self, **options):
        told = index_texts(report=self._report)
        line = _(
            "已检索 %(indexed)s 件公开内容，其中 %(unread_files)s 个附件没有（全部）读出文字。"
        )
        self.stdout.write(line % told)

    def _report(self, done, total):
        if done % 1000 == 0:
            self.stderr.write(f"{done}/{total}")
