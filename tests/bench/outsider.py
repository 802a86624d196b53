"""What checking costs somebody outside: `verify.py` as they run it, on a log made in memory."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.ledger.forging import NOW, Log, canonical, long_log

PROGRAM = Path(__file__).parents[2] / "portal" / "ledger" / "verify.py"
# As many pieces as a notice of a page has.
SAYS = {f"body/{number:04}": f"<p>第{number}段：收费标准见附表。</p>" for number in range(1, 21)}


def verified(size: int) -> dict[str, float]:
    """Seconds to verify a copy of all of a log of `size`, and one bundle, against a head kept.

    The start of Python is in them. Raises CalledProcessError unless the verdict is 0.
    """
    log = long_log(size, says=SAYS)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        copy, proof = log.lay_out(folder / "ledger"), folder / "proof.json"
        proof.write_bytes(canonical(log.bundle(log.entries[0]["item"], since=[size // 2])))
        return {
            "copy": _seconds(log, "--mirror", str(copy)),
            "bundle": _seconds(log, str(proof)),
        }


def _seconds(log: Log, *what: str) -> float:
    head = log.head(len(log.entries) // 2)
    pins = ["--origin", log.key.origin, "--key", log.key.text, "--at", NOW, "--head", head]
    begun = time.perf_counter()
    subprocess.run([sys.executable, str(PROGRAM), *what, *pins], check=True, capture_output=True)
    return time.perf_counter() - begun
