"""File names that are safe to keep, to show and to offer for download."""

import re

from portal.text.clean import clean_line

LONGEST = 120

_forbidden = re.compile(r'[<>:"|?*]')
_device = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return the last part of the path `name` as a harmless file name.

    Control, zero-width and direction characters and those Windows forbids go; leading and
    trailing dots and spaces go; a device name gets an underscore in front; the whole is at most
    120 characters with its extension kept. What has nothing left is "attachment".

    >>> safe_name("C:\\\\temp\\\\..\\\\通知\u202efdp.docx")
    '通知fdp.docx'
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = _forbidden.sub("", clean_line(last)).strip(". ")
    if _device.fullmatch(plain.split(".")[0].rstrip()):
        plain = f"_{plain}"
    return _shortened(plain) or "attachment"


def extension_of(name: str) -> str:
    """Return what follows the last dot of `safe_name(name)`, in lower case, or ""."""
    stem, dot, extension = safe_name(name).rpartition(".")
    return extension.lower() if dot and stem else ""


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:LONGEST].rstrip(". ")
    return stem[: LONGEST - len(extension) - 1].rstrip(". ") + dot + extension
