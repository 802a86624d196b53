"""Load the catalogues for schools and universities into the bureau's list."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from disclosures.catalogue.loading import FILES, load
from disclosures.catalogue.reading import BadFile
from disclosures.catalogue.tables import FOLDER
from disclosures.models import CatalogueEntry
from portal.organisation.models import School, User


class Command(BaseCommand):
    help = "Load the disclosure catalogues; unchanged entries are left alone, used ones superseded."

    def add_arguments(self, parser):
        parser.add_argument("--owner", metavar="SLUG", help="the bureau (default: the only one)")
        parser.add_argument("--sector", choices=[*FILES, "all"], default="all")
        parser.add_argument("--by", metavar="USERNAME", help="the person who acts")
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are")

    def handle(self, *, owner, sector, by, folder, **options):
        school, person = self._owner(owner), self._person(by)
        sectors = FILES if sector == "all" else [sector]
        try:
            with transaction.atomic():
                told = {
                    name: load(folder / FILES[name], sector=name, owner=school, by=person)
                    for name in sectors
                }
        except BadFile as fault:
            raise CommandError(str(fault)) from fault
        for name, counts in told.items():
            label = CatalogueEntry.Sector(name).label
            line = _("%(owner)s《%(sector)s公开目录》：%(counts)s")
            values = {"owner": school.name, "sector": label, "counts": counts}
            self.stdout.write(line % values)

    def _owner(self, slug):
        if slug:
            if found := School.objects.filter(slug=slug).first():
                return found
            raise CommandError(_("没有网址名为“%(slug)s”的单位。") % {"slug": slug})
        found = list(School.objects.bureaus()[:2])
        if len(found) != 1:
            raise CommandError(_("请用 --owner 写明目录由哪个教育局发布。"))
        return found[0]

    def _person(self, username):
        if not username:
            return None
        if found := User.objects.filter(username=username).first():
            return found
        raise CommandError(_("没有用户名为“%(name)s”的人员。") % {"name": username})
