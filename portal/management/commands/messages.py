"""`manage.py messages`: bring the catalogues up to date; --check only says what is wrong."""

from django.core.management.base import BaseCommand, CommandError

from portal.management.catalogues import (
    LOCALES,
    bring_up_to_date,
    compile_catalogues,
    problems,
)
from portal.management.extraction import extract


class Command(BaseCommand):
    help = "Collect every translatable sentence into the catalogues, without gettext tools."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if not whole"
        )
        parser.add_argument("--compile", action="store_true", help="only compile")

    def handle(self, *, check, compile, **options):  # noqa: A002  the option's own name
        if compile:
            self.stdout.write(f"{compile_catalogues()} compiled")
            return
        found = extract()
        if check:
            self._check(found)
            return
        for locale in LOCALES:
            left = bring_up_to_date(locale, found)
            self.stdout.write(f"{locale}: {len(found)} messages, {left} not translated")
        compile_catalogues()

    def _check(self, found):
        told = [line for locale in LOCALES for line in problems(locale, found)]
        if told:
            raise CommandError("\n".join(["The translations are not whole.", *told]))
