"""What the kinds of page need besides notices: a secret address, a follower, files taken in."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from committees.changes import changes_watched_by
from committees.models import Question
from disclosures import erasing
from disclosures.importing import batch
from disclosures.kinds.fees import FEES
from disclosures.models import Edition, PreviewLink
from disclosures.scope import scope_of
from feedback.models import Subscription
from portal import sweep
from portal.ledger.signing import Signer

TAKEN_IN = "放假通知\n监(jiān)督电话见公示栏。\n点击下载文档\n"


def complete(shown):
    """Add to the `shown` school, department, entry, editor and draft what follows from them."""
    _link, shown.preview_token = PreviewLink.objects.share(
        shown.draft, by=shown.editor, purpose="请法律顾问核对"
    )
    scope = scope_of(school=shown.school.slug, department=shown.department.slug)
    email = "reader@school.example"
    Subscription.objects.ask(email=email, scope=scope, rhythm="weekly", language="zh-hans")
    shown.follow_token = Subscription.objects.get(email=email).token
    shown.job = batch.ask(
        [
            SimpleUploadedFile("放假通知.txt", TAKEN_IN.encode()),
            SimpleUploadedFile("损坏.pdf", b"%PDF-"),
        ],
        department=shown.department,
        entry=shown.entry_taken_in,
        by=shown.editor,
    )
    sweep.run_jobs()
    shown.job.refresh_from_db()
    shown.imported = Edition.objects.get(title="放假通知")
    shown.imported.tabulate(by=shown.editor, table=FEES.example())
    return watched(shown)


def watched(shown):
    """A removal that waits for a second person, a change somebody asks about, a signed head."""
    names = [piece.name for piece in erasing.erasable(shown.urgent)][:1]
    shown.urgent.propose_redaction(by=shown.editor, names=names, basis="law", reason="依法")
    shown.change = changes_watched_by(shown.supervisor).latest("id")
    Question.objects.ask(shown.change, "为什么要紧急公开？", by=shown.supervisor)
    shown.question = Question.objects.get(act=str(shown.change.uuid))
    with TemporaryDirectory() as folder:
        signer = Signer(Path(folder, "signer"), settings.LEDGER_ORIGIN)
        signer.make_key()
        signer.sign()
    return shown
