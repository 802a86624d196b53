"""What the ledger costs an act: each act with it and as if there were none, in pairs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from disclosures import proof
from disclosures.models import Edition
from tests.bench.report_ledger import WITH, WITHOUT
from tests.conftest import Stage

# Whatever of an act is there for the ledger alone begins in one of these.
WRITERS = ("sealed", "planned", "ended", "redacted")
ROWS = "".join(f"<tr><td>第{n}项</td><td>{n * 10}元</td></tr>" for n in range(1, 7))
BODY = "<p>本学期收费项目如下。</p>" * 4 + f"<table><tbody>{ROWS}</tbody></table>"
REMOVED = "body/0006"


def measured(stage: Stage, pairs: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each act, `with` the ledger and `without`: of `pairs`, the first thrown away.

    One of a pair follows the other at once, and they take turns in who is first, so that what
    else the machine does weighs on both alike. The acts are the models' own, each committed.
    """
    told: dict = {name: {WITH: [], WITHOUT: []} for name in ACTS}
    for turn in range(pairs + 1):
        for name, prepare in ACTS.items():
            acts = {how: prepare(stage) for how in (WITH, WITHOUT)}
            for how in (WITH, WITHOUT) if turn % 2 else (WITHOUT, WITH):
                with nullcontext() if how == WITH else no_ledger():
                    told[name][how].append(milliseconds(acts[how]))
    return {name: {how: each[1:] for how, each in times.items()} for name, times in told.items()}


@contextmanager
def no_ledger() -> Iterator[None]:
    """In this process nobody tells the ledger anything: for measuring only."""
    with patch.multiple(proof, **dict.fromkeys(WRITERS, lambda *_args, **_more: None)):
        yield


def milliseconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


def _publication(stage):
    edition = stage.approved(body=BODY)
    return lambda: edition.publish(by=stage.cast.office)


def _withdrawal(stage):
    edition = stage.published(body=BODY)
    edition.propose_withdrawal(by=stage.cast.editor, ground="error", reason="金额有误")
    return lambda: edition.withdraw(by=stage.cast.office)


def _removal(stage):
    edition: Edition = stage.published(body=BODY)
    told = {"names": [REMOVED], "basis": "guardian", "reason": "监护人要求"}
    edition.propose_redaction(by=stage.cast.office, **told)
    return lambda: edition.redact(by=stage.cast.principal)


ACTS = {"publish": _publication, "withdraw": _withdrawal, "redact": _removal}
