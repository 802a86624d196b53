"""Take files in as drafts of a school: a folder of old documents, or a trial of what they say."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from disclosures.importing.batch import note, refuse, take, told_of
from disclosures.importing.reading import read
from disclosures.models import CatalogueEntry, drafting_departments
from portal.organisation.models import Department, Job, Office, School, User
from portal.text.formats import UnfitFile


class Command(BaseCommand):
    help = "Make each file a draft; what cannot be read is named with the reason."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--school", metavar="SLUG", required=True)
        parser.add_argument("--entry", metavar="CODE", required=True)
        parser.add_argument("--department", metavar="SLUG", help="default: the person's only one")
        parser.add_argument("--by", metavar="USERNAME", help="default: the only editor there is")
        parser.add_argument("--dry-run", action="store_true", help="read, and write nothing")

    def handle(self, *, files, school, entry, department, by, dry_run, **options):
        place = self._school(school)
        matter = self._entry(place, entry)
        person = self._person(place, department, by)
        job = Job(
            kind=Job.Kind.IMPORT_DOCUMENTS,
            state=Job.State.DONE,
            requested_by=person,
            result={"drafts": {}, "refused": []},
            total_count=len(files),
        )
        where = self._department(place, person, department)
        if dry_run:
            refused = [path for path in files if not self._tried(path)]
        else:
            job.done_count = len(files)
            job.save()
            refused = [path for path in files if not self._taken(job, path, where, matter)]
            note(job, where)
        if refused:
            raise CommandError(_("有%(count)d个文件没有导入。") % {"count": len(refused)})

    def _tried(self, path):
        try:
            with path.open("rb") as stream:
                told = told_of(read(path.name, stream), path.name)
        except UnfitFile as unfit:
            return self._refuse(path, unfit.sentence)
        except OSError as error:
            return self._refuse(path, error.strerror)
        return self._tell(path, told)

    def _taken(self, job, path, department, entry):
        before = len(job.result["drafts"])
        try:
            with path.open("rb") as stream:
                take(job, path.name, stream, department=department, entry=entry)
        except OSError as error:
            refuse(job, path.name, error.strerror)
        if len(job.result["drafts"]) == before:
            return self._refuse(path, job.result["refused"][-1]["reason"])
        return self._tell(path, list(job.result["drafts"].values())[-1])

    def _tell(self, path, told):
        line = _("%(file)s：《%(title)s》，待决定的修复%(count)d项。%(notes)s")
        values = {"file": path, "title": told["title"], "count": len(told["repairs"])}
        self.stdout.write(line % {**values, "notes": " ".join(told["notes"])})
        return True

    def _refuse(self, path, reason):
        self.stderr.write(f"{path}: {reason}")
        return False

    def _school(self, slug):
        if found := School.objects.filter(slug=slug).first():
            return found
        raise CommandError(_("没有网址名为“%(slug)s”的单位。") % {"slug": slug})

    def _entry(self, school, code):
        if found := CatalogueEntry.objects.adopted_by(school).filter(code=code).first():
            return found
        raise CommandError(_("本校没有采用目录事项“%(code)s”。") % {"code": code})

    def _person(self, school, department, username):
        """Whoever is named; else the one editor of the department, or the school's one office."""
        if username:
            if found := User.objects.filter(username=username).first():
                return found
            raise CommandError(_("没有用户名为“%(name)s”的人员。") % {"name": username})
        office = Office.EDITOR if department else Office.OFFICE
        held = {"groups__authority__school": school, "groups__authority__office": office}
        if department:
            held["groups__authority__department__slug"] = department
        found = list(User.objects.filter(is_active=True, **held).distinct()[:2])
        if len(found) != 1:
            raise CommandError(_("请用 --by 写明由谁起草。"))
        return found[0]

    def _department(self, school, person, slug):
        open_to = drafting_departments(person).filter(school=school)
        found = list((open_to.filter(slug=slug) if slug else open_to)[:2])
        if len(found) == 1:
            return found[0]
        if slug and Department.objects.filter(school=school, slug=slug).exists():
            raise CommandError(_("%(name)s不能为这个部门起草。") % {"name": person.name})
        raise CommandError(_("请用 --department 写明责任部门的网址名。"))
