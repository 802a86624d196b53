"""Files taken in through the workplace or the command, as their tests need it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from disclosures.importing import batch
from disclosures.importing.reading import read
from disclosures.models import Edition
from portal import sweep
from portal.text.files import UnfitFile
from tests.disclosures.papers import docx, p
from tests.portal.test_text_files import encrypted_pdf

IMPORT = "admin:disclosures_edition_import"
LOCKED = "文件设有密码，读者将无法打开。请取消密码后重新上传。"


def upload(name, content):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def asked(cast, *uploads):
    """The job of an import the editor has asked for."""
    return batch.ask(uploads, department=cast.department, entry=cast.short_entry, by=cast.editor)


def two_and_a_locked_one(cast):
    return asked(
        cast,
        upload("通知.txt", "放假通知\n监(jiān)督电话见公示栏。\n"),
        upload("a.pdf", encrypted_pdf()),
        upload("b.docx", docx(p("校历"), p("九月一日开学"))),
    )


def files_of(job):
    return sorted(path.name for path in batch.incoming(job.pk).glob("*"))


def posted(client, cast, *files, **more):
    sent = {"department": cast.department.pk, "entry": cast.short_entry.pk, "files": files}
    return client.post(reverse(IMPORT), sent | more)


def imported(client, cast, text="放假通知\n监(jiān)督电话见公示栏。\n点击下载文档\n"):
    """One text, taken in by the editor through the workplace and the sweep."""
    client.force_login(cast.editor)
    posted(client, cast, upload("通知.txt", text))
    sweep.run_jobs()
    return Edition.objects.get()


def told(*arguments):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_documents", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def made(name, content):
    return read(name, io.BytesIO(content if isinstance(content, bytes) else content.encode()))


def refusal(name, content):
    with pytest.raises(UnfitFile) as unfit:
        made(name, content)
    return unfit.value.sentence
