"""`manage.py check_deployment`: Django's deployment checks under settings like production's."""

import os
import subprocess
import sys
import tempfile

from django.conf import settings
from django.core.management.base import BaseCommand

PRODUCTION_LIKE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "only-for-checking-" + "0123456789abcdef" * 3,
    "ALLOWED_HOSTS": "school.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1/portal",
    "EMAIL_URL": "submission://user:word@mail.school.example",
    "SITE_URL": "https://school.example",
    "TRUST_PROXY": "1",
}


class Command(BaseCommand):
    help = "Run check --deploy as production would see the settings; a warning is an error."
    requires_system_checks = []

    def handle(self, **options):
        with tempfile.TemporaryDirectory() as folder:
            told = subprocess.run(  # noqa: S603  ourselves, with other variables
                [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
                cwd=settings.BASE_DIR,
                env={"PATH": os.defpath, "DATA_DIR": folder} | PRODUCTION_LIKE,
            )
        if told.returncode:
            raise SystemExit(told.returncode)
