"""A secret address to a draft, as the tests of its making and of its page need it."""

from django.core.files.base import ContentFile
from django.urls import reverse

from disclosures.models import Attachment, PreviewLink

FOR = "请法律顾问核对"


def share(edition, by, days=7, purpose=FOR):
    return PreviewLink.objects.share(edition, by=by, purpose=purpose, days=days)


def preview(token):
    return reverse("preview", args=[token])


def with_file(stage, cast, **content):
    edition = stage.draft(**content)
    upload = ContentFile("附件的字".encode(), name="标准.txt")
    return edition, Attachment.objects.attach(edition, upload, by=cast.editor, title="收费标准")
