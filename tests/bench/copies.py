"""A database as it is at one size, kept while the next size grows."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql


@contextmanager
def kept(size: int) -> Iterator[dict[str, str]]:
    """What a server must be told to serve a copy of the database in use."""
    connection.close()
    with (_postgres if connection.vendor == "postgresql" else _sqlite)(size) as variables:
        yield variables


@contextmanager
def _sqlite(size):
    folder = Path(settings.DATA_DIR)
    copy = folder.with_name(f"{folder.name}-{size}")
    shutil.copytree(folder, copy)
    try:
        yield {"DATA_DIR": str(copy)}
    finally:
        shutil.rmtree(copy)


@contextmanager
def _postgres(size):
    url = urlsplit(os.environ["DATABASE_URL"])
    present = connection.settings_dict["NAME"]
    name, copy = sql.Identifier(present), sql.Identifier(f"{present}_{size}")
    elsewhere = url._replace(path="/template1").geturl()
    with psycopg.connect(elsewhere, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, name))
        try:
            yield {"DATABASE_URL": url._replace(path=f"/{present}_{size}").geturl()}
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copy))
