"""Files as they are kept: their bytes, once, and the text that is found in them."""

import os
import tempfile
import uuid
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.ledger.moments import now
from portal.text.extract import extract
from portal.text.files import examine
from portal.text.formats import extension_of_type
from portal.text.reader import together

CHUNK = 1 << 20


class StoredFileQuerySet(models.QuerySet):
    def keep(self, upload):
        """Examine an upload and keep its bytes: on disk and synced before the row exists.

        The same bytes are kept once. Raises `UnfitFile` with the sentence for the user.
        """
        examined = examine(upload.name, upload)
        upload.seek(0)
        _write_once(path_of(examined.sha256), upload)
        with transaction.atomic():
            stored, _made = self.get_or_create(
                sha256=examined.sha256,
                defaults={"size": examined.size, "media_type": examined.media_type},
            )
        FileText.objects.of(stored)
        return stored

    def unread(self):
        """Those in which nobody has looked for words yet."""
        return self.filter(text=None, state=StoredFile.State.CLEAN)


def path_of(sha256):
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:]


def _write_once(path, stream):
    """Write, sync, rename, sync the folder: a row never points to a file a crash could lose."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(CHUNK):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).rename(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


class StoredFile(models.Model):
    """The bytes of a file, kept once by their digest and never unlinked while a row names them."""

    class State(models.TextChoices):
        CLEAN = "clean", _("已检查")
        ERASED = "erased", _("已依法隐去")

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.CLEAN)
    kept_at = models.DateTimeField(_("保存时间"), default=now)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = pgettext_lazy("plural", "文件")

    def __str__(self):
        return self.sha256[:12]

    @property
    def path(self):
        return path_of(self.sha256)

    @property
    def is_erased(self):
        return self.state == self.State.ERASED

    def erase(self):
        """Destroy the bytes, what was read in them, and their digest, which would tell a guess.

        The bytes go once the transaction is safe: a crash in between leaves a file without a row.
        """
        path = self.path
        FileText.objects.filter(file=self).delete()
        self.sha256, self.size, self.state = f"erased-{uuid.uuid4().hex}", 0, self.State.ERASED
        self.save()
        transaction.on_commit(lambda: path.unlink(missing_ok=True))


class FileTextQuerySet(models.QuerySet):
    def of(self, stored):
        """The text of a file, read from its bytes if nobody has done so before."""
        try:
            return stored.text
        except FileText.DoesNotExist:
            pass
        with override(settings.LANGUAGE_CODE):
            text, reason = extract(f"file.{extension_of_type(stored.media_type)}", stored.path)
            found = {"content": text, "unread": str(reason), "is_cut": bool(text and reason)}
        with transaction.atomic():
            return self.get_or_create(file=stored, defaults=found)[0]

    def catch_up(self, most=20):
        """Read files that were kept before texts were, a few in each sweep; how many."""
        waiting = StoredFile.objects.unread().order_by("pk")[:most]
        return len([self.of(stored) for stored in waiting])


class FileText(models.Model):
    """What can be searched in a file: read once, when it is kept, so that no act parses files."""

    file = models.OneToOneField(StoredFile, models.PROTECT, primary_key=True, related_name="text")
    content = models.TextField(blank=True)
    unread = models.CharField(max_length=200, blank=True)
    is_cut = models.BooleanField(default=False)
    read_at = models.DateTimeField(default=now)

    objects = FileTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("文件文字")
        verbose_name_plural = pgettext_lazy("plural", "文件文字")

    def __str__(self):
        return str(self.file)

    @property
    def warning(self):
        """What the clerk is told when readers do not find all its words; else nothing."""
        # Kept in the portal's first language, whose sentences are the keys of all translations.
        reason = gettext(self.unread) if self.unread else ""
        if not reason or self.is_cut:
            return reason
        told = gettext("无法读出文字：%(reason)s") % {"reason": reason}
        return together([told, gettext("读者搜索不到其中的内容。")])
