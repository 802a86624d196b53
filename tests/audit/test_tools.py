"""What the audit needs is asked for in one sentence; its pins name no address."""

import json
import re

import pytest

from tests.audit import tools


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """`machine(node="v20.1.0", java="")`: a machine with these programs and no others."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "CHROMIUM", tmp_path)

    def programs(**told):
        for name, words in told.items():
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\necho {words}\n")
            program.chmod(0o755)

    return programs


@pytest.mark.parametrize(
    ("programs", "sentence"),
    [
        ({"node": "v20.1.0", "npm": ""}, tools.NO_JAVA),
        ({"java": "", "npm": ""}, tools.NO_NODE),
        ({"java": "", "node": "v20.1.0"}, tools.NO_NODE),
        ({"java": "", "npm": "", "node": "v18.19.0"}, tools.NO_NODE),
    ],
)
def test_what_is_missing_is_named_with_the_line_that_installs_it(machine, programs, sentence):
    machine(**programs)
    with pytest.raises(tools.Unready, match=re.escape(sentence)):
        tools.ready()


def test_the_pins_are_whole_and_name_no_address():
    lock = json.loads((tools.HERE / "package-lock.json").read_text())["packages"]
    wanted = json.loads((tools.HERE / "package.json").read_text())["dependencies"]
    pinned = {name: lock[f"node_modules/{name}"]["version"] for name in wanted}
    assert pinned == wanted
    installed = [facts for name, facts in lock.items() if name]
    assert all("integrity" in facts and "resolved" not in facts for facts in installed)
