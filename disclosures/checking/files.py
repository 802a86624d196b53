"""Files on disk against the digests that name them, and the numbers given out."""

import hashlib
import re
from collections.abc import Iterator

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy as _

from disclosures.models import Attachment, Disclosure, IndexCounter, Posting, StoredFile
from disclosures.models.stored import CHUNK
from portal.ledger.checking import Finding, named
from portal.text.filenames import extension_of
from portal.text.formats import ALLOWED

BATCH = 200
ERASED = StoredFile.State.ERASED
ERASED_NAME = re.compile("erased-[0-9a-f]{32}")


def check_files() -> Iterator[Finding]:
    """Every file is there, whole, of the type its name says; every attachment has its file."""
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=BATCH):
        if stored.state != ERASED:
            yield from _check_bytes(stored)
        yield from _check_type(stored)
    for name in ("original", "served"):
        there = StoredFile.objects.filter(pk=OuterRef(f"{name}_id"))
        lost = Attachment.objects.filter(~Exists(there)).order_by("pk")
        for row in lost.iterator(chunk_size=BATCH):
            yield Finding(42, named(row), _("附件的文件不见了。"), name)
    there = StoredFile.objects.filter(pk=OuterRef("photo_id"))
    for row in Posting.objects.exclude(photo=None).filter(~Exists(there)).order_by("pk"):
        yield Finding(42, named(row), _("附件的文件不见了。"), "photo")
    yield from _check_counters()


def _check_bytes(stored):
    hashed, size = hashlib.sha256(), 0
    try:
        with stored.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                hashed.update(chunk)
                size += len(chunk)
    except OSError as problem:
        yield Finding(42, named(stored), _("文件不见了或读不出来。"), type(problem).__name__)
        return
    if (hashed.hexdigest(), size) != (stored.sha256, stored.size):
        yield Finding(41, named(stored), _("文件不是保存时的文件。"), stored.sha256)


def _check_type(stored):
    """Kept once by its bytes, it has the type of one of the names it was attached under."""
    named_so = Attachment.objects.filter(original=stored) | Attachment.objects.filter(served=stored)
    photos = Posting.objects.filter(photo=stored).values_list("photo_name", flat=True)
    names = [*named_so.values_list("name", flat=True), *photos]
    types = {
        ALLOWED[extension].media_type
        for name in names
        if (extension := extension_of(name)) in ALLOWED
    }
    if stored.state == ERASED and not names:
        yield Finding(41, named(stored), _("隐去的文件没有附件。"))
    if types and stored.media_type not in types:
        yield Finding(41, named(stored), _("文件类型与附件名不符。"), stored.media_type)
    erased = (bool(ERASED_NAME.fullmatch(stored.sha256)), stored.size == 0, stored.state == ERASED)
    if stored.state not in StoredFile.State.values or len(set(erased)) > 1:
        yield Finding(41, named(stored), _("文件状态不对。"), stored.state)


def _check_counters():
    """No number can be given out a second time."""
    used = Disclosure.objects.exclude(serial=None).order_by("school", "year")
    for school, year, last in used.values_list("school", "year").annotate(Max("serial")):
        counter = IndexCounter.objects.filter(school=school, year=year).first()
        if counter is None or counter.last < last:
            row = f"disclosures.IndexCounter {school} {year}"
            yield Finding(41, row, _("索引号的计数小于已经用过的编号。"), str(last))
