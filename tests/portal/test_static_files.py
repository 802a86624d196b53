"""What collectstatic leaves is complete: every module that a script imports is there."""

import re

from django.core.management import call_command


def test_every_import_of_a_script_leads_to_a_served_file(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "portal.static_files.StaticFiles"}
    }
    settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = True
    call_command("collectstatic", interactive=False, verbosity=0)
    own = list((settings.STATIC_ROOT / "js").rglob("*.js"))
    imports = [
        script.parent / name
        for script in own
        for name in re.findall(r'from\s*"(\.[^"]+)"', script.read_text())
    ]
    assert len(imports) > 0
    assert [path for path in imports if not path.exists()] == []
