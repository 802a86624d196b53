"""Starting the demo: prepare its data, then run web server and sweep side by side."""

import os
import secrets
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from portal.demo.people import DEMO_PEOPLE
from portal.demo.running import Address, NotStarted, alone_in, run_together
from portal.demo.seed import seed
from portal.demo.static import collect_static
from portal.ledger.signing import Signer
from portal.management.catalogues import compile_catalogues
from portal.organisation.models import User

READABLE = "23456789abcdefghjkmnpqrstuvwxyz"
WORKERS, THREADS = 2, 4


def start(tell) -> None:
    """Prepare, run until told to stop; `tell` prints one line. Raises `NotStarted`."""
    if settings.PRODUCTION:
        raise NotStarted(_("PRODUCTION=1时不能启动演示：演示会为每个演示账号设置同一个密码。"))
    address = Address.from_environment(os.environ)
    with alone_in(settings.DATA_DIR):
        address.must_be_free()
        prepare(reset=os.environ.get("RESET") == "1", tell=tell)
        password = open_accounts(os.environ.get("DEMO_PASSWORD") or fresh_password())
        connection.close()
        run_together(
            commands_for(address),
            environment=environment_for(address),
            address=address,
            when_ready=lambda: welcome(address, password, tell),
        )


def prepare(*, reset: bool, tell) -> None:
    """Bring database, translations and static files up to date; seed what is empty."""
    if reset:
        start_afresh()
    compile_catalogues()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static()
    make_signer_key()
    if not User.objects.exists():
        tell(_("正在生成演示内容，请稍候……"))
        seed()
    elif User.objects.filter(username__in=DEMO_PEOPLE).count() < len(DEMO_PEOPLE):
        raise NotStarted(_("这个数据目录里不是演示数据，请用DATA_DIR另指定一个目录。"))


def start_afresh() -> None:
    """Remove the demo's database and files; the secret and the static files stay."""
    if connection.vendor != "sqlite":
        raise NotStarted(_("RESET=1只清空演示自己的SQLite数据库，请先取消DATABASE_URL。"))
    connection.close()
    database = Path(connection.settings_dict["NAME"])
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    for folder in ("files", "exports", "signer"):
        shutil.rmtree(settings.DATA_DIR / folder, ignore_errors=True)


def make_signer_key() -> None:
    """The demo signs its ledger itself, under the same user: that proves less (docs/ledger.md)."""
    signer = Signer(settings.SIGNER_DIR, settings.LEDGER_ORIGIN)
    if not signer.has_key():
        signer.make_key()


def fresh_password() -> str:
    """Readable aloud, about 59 bits.

    >>> len(fresh_password())
    14
    """
    return "-".join("".join(secrets.choice(READABLE) for _n in range(4)) for _group in range(3))


def open_accounts(password: str) -> str:
    """Give every demo person this start's password.

    Hashed once for all of them, and no history row: passwords are not part of the record.
    """
    User.objects.filter(username__in=DEMO_PEOPLE).update(
        password=make_password(password), must_change_password=False
    )
    return password


def commands_for(address: Address) -> dict[str, list[str]]:
    python, manage = sys.executable, str(settings.BASE_DIR / "manage.py")
    return {
        "web": [python, "-m", "gunicorn", "portal.wsgi", "--bind", address.bind]
        + ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)]
        + ["--no-control-socket", "--graceful-timeout", "5", "--log-level", "warning"],
        "sweep": [python, manage, "sweep", "--loop"],
        "signer": [python, manage, "sign_ledger", "--loop"],
    }


def environment_for(address: Address) -> dict[str, str]:
    """What the children see: this data directory, and addresses that lead back here."""
    hosts = {} if address.is_local else {"ALLOWED_HOSTS": "*"}
    told = {
        "LEDGER_ORIGIN": settings.LEDGER_ORIGIN,
        "SITE_URL": address.url,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    } | hosts
    return told | dict(os.environ) | {"DATA_DIR": str(settings.DATA_DIR)}


def welcome(address: Address, password: str, tell) -> None:
    tell(_("阳光校务演示已就绪：%(url)s/") % {"url": address.url})
    tell(_("工作台：%(url)s/admin/") % {"url": address.url})
    tell(_("演示账号的密码（只在本次启动有效）：%(password)s") % {"password": password})
    for username, (name, _school, does) in DEMO_PEOPLE.items():
        tell(f"  {username:<11}{name}  {does}")
    tell(_("数据目录：%(path)s") % {"path": settings.DATA_DIR})
    tell(_("按Ctrl-C停止；再次启动会保留数据，RESET=1则重新生成。"))
