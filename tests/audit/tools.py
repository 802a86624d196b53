"""The pinned tools: looked for, installed once into the environment, and run."""

import json
import os
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from tests.browser import CHROMIUM, MISSING

HERE = Path(__file__).parent
HOME = HERE.parent.parent / ".venv" / "audit"
PINS = ("package.json", "package-lock.json")
NODE = 20
ATTEMPTS = 3
NO_NODE = (
    f"The audit needs Node {NODE} or later with npm: apt-get install --no-install-recommends "
    "nodejs npm"
)
NO_JAVA = (
    "The audit needs Java for the Nu checker: apt-get install --no-install-recommends "
    "default-jre-headless"
)


class Unready(Exception):
    """The audit cannot begin; the message is a sentence for whoever started it."""


def ready() -> None:
    """Everything the tools run on is here, and the tools are installed as they are pinned."""
    if not CHROMIUM.exists():
        raise Unready(MISSING)
    if not shutil.which("java"):
        raise Unready(NO_JAVA)
    if not shutil.which("npm") or node_version() < NODE:
        raise Unready(NO_NODE)
    if not is_installed():
        install()


def node_version() -> int:
    """The major version, 0 if there is none."""
    if not shutil.which("node"):
        return 0
    told = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.", told)
    return int(found[1]) if found else 0


def is_installed() -> bool:
    """Whether what was installed last is what is pinned now; `npm ci` writes its list last."""
    finished = HOME / "node_modules" / ".package-lock.json"
    same = all((HOME / pin).is_file() for pin in PINS) and all(
        (HOME / pin).read_bytes() == (HERE / pin).read_bytes() for pin in PINS
    )
    return finished.exists() and same


def install() -> None:
    HOME.mkdir(parents=True, exist_ok=True)
    for pin in PINS:
        shutil.copyfile(HERE / pin, HOME / pin)
    done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HOME)
    if done.returncode:
        shutil.rmtree(HOME)
        raise Unready("npm could not install the tools of the audit; what it said is above.")


def nu(*arguments: str) -> dict:
    """What the Nu checker says of files; it is told not to fail for what it finds."""
    jar = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    return said(["java", "-jar", jar, *options, *arguments])


def lighthouse(address: str) -> dict:
    """What Lighthouse says of one page on a phone behind a slow connection.

    On a busy machine it sometimes misses the beginning of a load; then it is asked again.
    """
    program = HOME / "node_modules" / ".bin" / "lighthouse"
    flags = "--headless=new --no-sandbox --disable-dev-shm-usage"
    command = [program, address, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    for _attempt in range(ATTEMPTS - 1):
        with suppress(Unready):
            return said(command)
    return said(command)


def said(command: list) -> dict:
    environment = os.environ | {"CHROME_PATH": str(CHROMIUM)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise Unready(f"{Path(command[0]).name} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)
