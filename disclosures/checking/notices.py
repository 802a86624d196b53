"""Every notice as its entries tell it: its words, its state, its releases."""

import logging
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from disclosures import proof
from disclosures.catalogue.words import Audience
from disclosures.checking.matter import KINDS, matters
from disclosures.checking.replay import replayed
from disclosures.models import Disclosure, Edition
from disclosures.models.life import SEALED
from disclosures.removable import is_marked
from portal.ledger.checking import Finding, named
from portal.ledger.models import LedgerEntry
from portal.text.canonical import json_bytes

logger = logging.getLogger(__name__)
BATCH = 500


def check_notices() -> Iterator[Finding]:
    """Published words are those committed to, and whatever is open or ended has its entry."""
    for matter in matters():
        try:
            yield from _check(matter)
        except Exception as problem:
            logger.exception("The notice %s could not be checked.", matter.disclosure.pk)
            yield Finding(50, named(matter.disclosure), _("这一项没有查完。"), repr(problem)[:300])


def _check(matter):
    for told in matter.editions:
        yield from _check_state(told)
        yield from _check_words(told)
        yield from _check_reasons(told)
        yield from _check_openings(told)
    courses = replayed(matter)
    for told in matter.editions:
        for row in (row for _entry, rows in told.plans for row in rows):
            if not courses[row.pk].is_run_by(row, late=told.is_late):
                detail = f"{row.closes_at} / {courses[row.pk].closes}"
                yield Finding(42, named(row), _("结束时间没有存证说明。"), detail)


def _check_state(told):
    state = told.edition.state if told.edition.state in SEALED else ""
    if state != told.state:
        sentence = _("没有存证就公开了。") if not told.state else _("状态与存证不符。")
        code = 42 if told.state and not state else 41
        yield Finding(code, named(told.edition), sentence, f"{state} / {told.state}")
    first = told.entries[0].at if told.entries else None
    for row in told.before:
        over = row.closes_at is not None and row.closes_at <= (first or row.opens_at)
        if not over:
            yield Finding(41, named(row), _("公开安排没有存证。"))


def _check_words(told):
    """What the page says today, piece by piece; of a text that may be changed again, nothing."""
    if not told.in_force:
        return
    for seq, pieces in proof.pieces_of(told.edition).items():
        for piece, text in pieces:
            detail = f"{seq} {piece.name}"
            if piece.is_erased and text and not is_marked(piece.name, text):
                yield Finding(43, named(told.edition), _("依法隐去的内容又显示出来了。"), detail)
            elif text is None and not piece.is_erased:
                yield Finding(42, named(told.edition), _("存证过的内容不见了。"), detail)
            elif not (piece.is_erased or piece.says(text)):
                yield Finding(41, named(told.edition), _("内容不是存证时的内容。"), detail)
    yield from _check_more(told)


def _check_more(told):
    """A file put beside a sealed text, which no piece of its entry speaks of."""
    entry = next((each for each in told.entries if each.seq in told.in_force), None)
    known = {piece.name for piece in entry.opening.listed()} | {"plan"}
    for name, _type, _value in proof.content(told.edition):
        if name not in known:
            yield Finding(41, named(told.edition), _("多了存证里没有的内容。"), name)


def _check_reasons(told):
    """What only the ledger keeps is kept."""
    for entry in told.entries:
        if entry.kind in proof.PLANNING:
            continue
        for piece in entry.opening.listed():
            if piece.text is None and not piece.is_erased:
                row = named(entry.opening)
                yield Finding(42, row, _("留存的文字不见了。"), piece.name)


def _check_openings(told):
    """What stands in clear is what is planned for everybody."""
    for entry, rows in told.plans:
        planned = [row for row in rows if row.audience == Audience.PUBLIC]
        moments = [(row.opens_at, row.planned_close) for row in planned[:1]]
        public = entry.told["public"]
        if public and entry.seq in told.in_force and public["address"] != _address(told):
            yield Finding(41, named(told.edition), _("地址与存证不符。"), f"{entry.seq}")
        clear = [[public["opens"], public["closes"]]] if public else []
        if json_bytes(moments) != json_bytes(clear):
            yield Finding(41, named(rows[0]), _("公开安排与存证不符。"), f"{entry.seq}")


def _address(told):
    disclosure = told.edition.disclosure
    return disclosure.address if disclosure.serial else ""


def check_entries_of_notices() -> Iterator[Finding]:
    """Every edition of which an entry tells is still there."""
    told = LedgerEntry.objects.filter(kind__in=KINDS).order_by("item", "edition")
    pairs, batch = told.values_list("item", "edition").distinct(), []
    for pair in pairs.iterator(chunk_size=BATCH):
        batch.append(pair)
        if len(batch) == BATCH:
            yield from _missing(batch)
            batch = []
    yield from _missing(batch)


def _missing(pairs):
    items = {item for item, _number in pairs}
    rows = Edition.objects.filter(disclosure__in=items)
    there = {(str(pk), number) for pk, number in rows.values_list("disclosure", "number")}
    left = {str(pk) for (pk,) in Disclosure.objects.filter(pk__in=items).values_list("pk")}
    for item, number in pairs:
        if item not in left:
            yield Finding(42, f"disclosures.Disclosure {item}", _("存证过的公开事项不见了。"))
        elif (item, number) not in there:
            yield Finding(42, f"disclosures.Edition {item}/{number}", _("存证过的文稿不见了。"))
