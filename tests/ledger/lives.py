"""Notices at every point of their life, with everything the ledger learns of them."""

from datetime import timedelta

from django.core.files.base import ContentFile
from guardian.shortcuts import assign_perm

from disclosures.models import Attachment
from portal.ledger.anchoring import anchor
from portal.ledger.moments import as_of, now
from tests.disclosures.test_tabulate import fees
from tests.ledger.furnishing import furnish

ROWS = "".join(f"<tr><td>第{n}项</td><td>{n * 10}元</td></tr>" for n in range(1, 4))
TABLE = f"<p>如下。</p><table><tbody>{ROWS}</tbody></table>"


class Lives:
    """`Lives(stage)` makes them all; each is known by its name, its matter by `editions`."""

    def __init__(self, stage):
        self.stage, self.cast = stage, stage.cast
        self.published = stage.published(body=TABLE)
        self.attached = self._attached("有附件的一件", "一.txt", "二.txt")
        self.first, self.corrected = self._corrected(stage.published(title="会更正的一件"))
        self.withdrawn = stage.withdrawn(title="撤回的一件")
        self.restored = self._restored()
        self.scheduled = stage.published(opens_at=now() + timedelta(days=2), title="定时的一件")
        self.cancelled = self._cancelled()
        self.again = self._published_again()
        self.uncorrected = self._correction_cancelled()
        self.emergency = self._emergency()
        self.taken_down = self._taken_down()
        self.inner = stage.published(
            title="对内的一件", audiences=["staff"], inner_reason="涉及个人"
        )
        self.named = self._named()
        self.ending = stage.published(
            title="有期限的一件", closes_on=now().date() + timedelta(days=9)
        )
        stage.in_review(title="审核中的一件")
        self.redacted = stage.published(title="隐去一行的一件", body=TABLE)
        self.tabled = self._tabled("有数据表的一件", [("作业本费", "1")], [("作业本费", "2")])
        self.unlisted = self._tabled("隐去一行数据的一件", [("作业本费", "1"), ("校服费", "2")])
        self.emptied = self._attached("隐去附件的一件", "花名册.txt")

    def redact(self, edition, name):
        told = {"names": [name], "basis": "guardian", "reason": "监护人要求"}
        edition.propose_redaction(by=self.cast.office, **told)
        edition.redact(by=self.cast.principal)

    def _attached(self, title, *names):
        edition = self.stage.draft(title=title)
        for name in names:
            file = ContentFile(name.encode(), name=name)
            Attachment.objects.attach(edition, file, by=self.cast.editor, version=edition.version)
        return self.stage.carry_out(edition)

    def _tabled(self, title, *tables):
        """Published with the last of the tables; those before it are kept, but nobody's."""
        edition = self.stage.draft(title=title)
        for items in tables:
            edition.tabulate(by=self.cast.editor, table=fees(*items))
        return self.stage.carry_out(edition)

    def _draft_correction(self, edition):
        successor = edition.correct(by=self.cast.editor)
        successor.edit(by=self.cast.editor, version=0, title="更正后", change_note="金额更正")
        return successor

    def _corrected(self, edition):
        return edition, self.stage.carry_out(self._draft_correction(edition))

    def _restored(self):
        edition = self.stage.withdrawn(title="恢复的一件")
        edition.propose_restoration(by=self.cast.office, reason="查明无误")
        edition.restore(by=self.cast.principal)
        return edition

    def _cancelled(self):
        edition = self.stage.published(opens_at=now() + timedelta(days=3), title="取消的一件")
        edition.cancel(by=self.cast.office, reason="时间未定")
        return edition

    def _published_again(self):
        edition = self.stage.published(opens_at=now() + timedelta(days=3), title="取消后改写的一件")
        edition.cancel(by=self.cast.office, reason="文字有误")
        edition.recall(by=self.cast.editor)
        edition.edit(
            by=self.cast.editor, version=edition.version, title="改写以后", body="<p>新</p>"
        )
        return self.stage.carry_out(edition)

    def _correction_cancelled(self):
        edition = self.stage.published(title="更正又取消的一件")
        successor = self._draft_correction(edition)
        successor.submit(by=self.cast.editor)
        self.stage.approve_all(successor)
        successor.publish(by=self.cast.office, opens_at=now() + timedelta(days=1))
        successor.cancel(by=self.cast.office, reason="不用更正")
        return edition

    def _emergency(self):
        edition = self.stage.draft(title="紧急的一件")
        edition.emergency_publish(by=self.cast.principal, reason="台风停课")
        edition.confirm(by=self.cast.office)
        return edition

    def _taken_down(self):
        edition = self.stage.published(title="紧急撤下的一件")
        edition.take_down(by=self.cast.office, ground="personal", reason="含身份证号")
        edition.confirm(by=self.cast.principal)
        return edition

    def _named(self):
        authority = self.cast.principal.groups.first().authority
        content = {"audiences": ["named"], "named_authority": authority, "inner_reason": "限校长"}
        return self.stage.published(title="特定人员的一件", **content)


def anchored(stage, signer):
    """Every life, with heads signed and an anchor among them, and an anchor the next day."""
    first = Lives(stage)
    signer.sign()
    anchor()
    first.redact(first.redacted, "body/0003")
    first.redact(first.emptied, "file/1")
    first.redact(first.unlisted, "row/00002")
    for person in (first.cast.teacher, first.cast.parent):
        assign_perm("edit_disclosure", person, first.scheduled.disclosure)
    furnish()
    signer.sign()
    with as_of(tomorrow()):
        anchor()
    return first


def tomorrow():
    return now() + timedelta(days=1)
