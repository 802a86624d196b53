"""What the Nu checker finds in the pages as they were sent, and in the style sheets."""

from pathlib import Path

from django.conf import settings

from tests.audit import tools
from tests.audit.figures import Figure, none_found
from tests.audit.pages import Answer, Place


def of_pages(pages: dict[Place, Answer], folder: Path) -> Figure:
    """The checker refuses to visit this machine itself, so it is given files."""
    files = {}
    for number, (place, answer) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_bytes(answer.content)
        files[path.name] = place
    findings = [f"{files[name]}: {told}" for name, told in errors(folder / name for name in files)]
    return none_found("Nu errors in pages", f"{len(pages)} pages", findings)


def of_styles() -> Figure:
    sheets = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
    findings = [f"{name}: {told}" for name, told in errors(sheets, "--css")]
    return none_found("Nu errors in style sheets", f"{len(sheets)} sheets", findings)


def errors(paths, *options: str) -> list[tuple[str, str]]:
    """(file name, message with the place it is about) for every error."""
    report = tools.nu(*options, *map(str, paths))
    return [
        (Path(each["url"]).name, f"{each['message']} {each.get('extract', '').strip()}")
        for each in report["messages"]
        if each["type"] == "error"
    ]
