"""The verifier as a stranger runs it, but in this process."""

from types import SimpleNamespace

import pytest

from portal.ledger import verify
from tests.ledger.forging import NOW, Key, canonical
from tests.ledger.house import house  # noqa: F401  a fixture


@pytest.fixture
def judge(tmp_path, capsys):
    """`judge(bundle, head=…)`: the exit code and what was printed."""

    def run(bundle, *, head=None, at=NOW, key=None, origin=None, more=()):
        path = tmp_path / "proof.json"
        path.write_bytes(bundle if isinstance(bundle, bytes) else canonical(bundle))
        return run_with(str(path), head=head, at=at, key=key, origin=origin, more=more)

    def run_with(*what, head=None, at=NOW, key=None, origin=None, more=()):
        key = key or Key()
        heads = ["--head", head] if head else []
        pins = ["--origin", origin or key.origin, "--key", key.text, "--at", at]
        capsys.readouterr()
        code = verify.main([*what, *pins, *heads, "--proofs", str(tmp_path), *more])
        return SimpleNamespace(code=code, text=capsys.readouterr().out)

    run.on = run_with
    return run
