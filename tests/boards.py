"""Boards with as many public notices as a test of lists needs."""

from datetime import timedelta

from portal.ledger.moments import as_of, now


def fill(stage, count):
    """Publish 第0号 … one minute after the other, the last a minute ago, through one office."""
    cast, began = stage.cast, now() - timedelta(minutes=count)
    for n in range(count):
        with as_of(began + timedelta(minutes=n)):
            stage.published(title=f"第{n}号", entry=cast.short_entry)
