"""The environment decides, and production does not start half configured."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from portal.management.commands.check_deployment import PRODUCTION_LIKE

NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL")


def manage(*arguments, folder, **variables):
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(folder)} | variables,
        cwd=folder,
        capture_output=True,
        text=True,
    )


def test_production_names_every_variable_it_misses(tmp_path):
    told = manage("check", folder=tmp_path, PRODUCTION="1")
    assert told.returncode == 1
    assert told.stderr.strip().endswith(
        "PRODUCTION=1 needs these variables: SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, EMAIL_URL"
    )


@pytest.mark.parametrize("missing", NEEDED)
def test_production_refuses_to_start_without(missing, tmp_path):
    given = {name: value for name, value in PRODUCTION_LIKE.items() if name != missing}
    told = manage("check", folder=tmp_path, **given)
    assert told.returncode == 1
    assert told.stderr.strip().endswith(f"PRODUCTION=1 needs these variables: {missing}")
    assert not (tmp_path / "secret").exists()


def test_production_refuses_to_debug(tmp_path):
    told = manage("check", folder=tmp_path, DEBUG="1", **PRODUCTION_LIKE)
    assert "DEBUG must stay off when PRODUCTION=1." in told.stderr


def test_a_deployment_like_production_has_nothing_to_warn_of(tmp_path):
    told = manage("check_deployment", folder=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_variable_that_cannot_be_read_is_named(tmp_path):
    told = manage("check", folder=tmp_path, DEBUG="perhaps")
    assert told.returncode == 1
    assert "DEBUG" in told.stderr.splitlines()[-1]


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    told = [
        "shell",
        "-v",
        "0",
        "-c",
        "from django.conf import settings; print(settings.SECRET_KEY)",
    ]
    first = manage(*told, folder=tmp_path).stdout
    assert manage(*told, folder=tmp_path).stdout == first
    assert (tmp_path / "secret").read_text() == first.strip()
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_no_setting_lets_a_request_reach_redis():
    assert settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert not any("cache" in name.lower() for name in settings.MIDDLEWARE)
