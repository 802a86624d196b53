"""EIO, ENOSPC and SIGKILL at the system calls of publishing, withdrawing and attaching."""

import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.faults.injecting import MISSING


@pytest.mark.prove
def test_no_fault_leaves_an_act_half_done_or_loses_an_acknowledged_one():
    if shutil.which("strace") is None:
        pytest.fail(MISSING)
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults", "900"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=3600,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "900 faults" in done.stdout
