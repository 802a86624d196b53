"""HTML made into a PDF by WeasyPrint, which reaches nothing but the text it is given."""

import shutil
import subprocess
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

PACKAGE = "make demo"
PANGO = "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fontconfig"
FONTS = "apt-get install --no-install-recommends fonts-noto-cjk fontconfig"
SHEET = "static/css/poster.css"
_one_at_a_time = Lock()


@cache
def missing() -> str:
    """Return the line that installs what a PDF needs and this machine lacks; '' if nothing."""
    try:
        import weasyprint  # noqa: F401, PLC0415  heavy, and absent where pango is
    except ImportError:
        return PACKAGE
    except OSError:
        return PANGO
    return "" if has_chinese_font() else FONTS


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font with Chinese characters."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    asked = [program, ":lang=zh-cn", "family"]
    told = subprocess.run(asked, capture_output=True, timeout=20, check=False)  # noqa: S603
    return bool(told.stdout.strip())


@lru_cache(maxsize=16)
def pdf_of(html: str) -> bytes:
    """Return `html`, set by the poster's style sheet, as a tagged PDF.

    The same text is set once while it is asked for; several at a time wait for one another, so
    that a crowd costs one processor. Every address in it is refused, local files included.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415  heavy, and absent where pango is
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    nothing = URLFetcher(allowed_protocols=(), allow_redirects=False)
    sheet = CSS(string=Path(settings.BASE_DIR, SHEET).read_text(), url_fetcher=nothing)
    with _one_at_a_time:
        document = HTML(string=html, base_url=settings.SITE_URL, url_fetcher=nothing)
        return document.write_pdf(stylesheets=[sheet], pdf_tags=True)
