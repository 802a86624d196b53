"""Two schools with a notice in every state, each carrying words that can be recognised."""

from datetime import timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile

from committees.models import Committee, Look, Question
from disclosures.models import Adoption, Attachment, Register
from disclosures.scope import scope_of
from feedback.models import Letter, Mailbox, Subscription
from portal.ledger.models import Act
from portal.ledger.moments import now
from tests.disclosures.test_tabulate import fees

INNER = ("staff", "parents", "party")
UNPUBLISHED = ("draft", "in_review", "approved", "scheduled", "discarded")
STATES = (*UNPUBLISHED, "public", *INNER, "withdrawn", "superseded")


def canary(number, name):
    """Words that appear nowhere but in the notice of that school and name."""
    return f"暗号{number}-{name}-终"


class World:
    """`items[number, name]` is an edition; school 1 is the cast's own, school 2 the other."""

    def __init__(self, cast, stage):
        self.cast, self.stage, self.items = cast, stage, {}
        for number in (1, 2):
            self._notices(number)
            self._around(number)

    def school(self, number):
        return self.cast.school if number == 1 else self.cast.school2

    def _content(self, number, name):
        cast = self.cast
        inner = name in INNER
        return {
            "title": f"标题{canary(number, name)}",
            "body": f"<p>正文{canary(number, name)}</p>",
            "department": cast.department if number == 1 else cast.department2,
            "by": cast.editor if number == 1 else cast.editor2,
            "audiences": [name] if inner else ["public"],
            "inner_reason": "仅限校内" if inner else "",
        }

    def _notices(self, number):
        stage, later = self.stage, now() + timedelta(days=2)
        make = {
            "draft": stage.draft,
            "in_review": stage.in_review,
            "approved": stage.approved,
            "scheduled": lambda **c: stage.published(opens_at=later, **c),
            "discarded": self._discarded,
            "withdrawn": stage.withdrawn,
            "superseded": self._superseded,
        }
        for name in STATES:
            content = self._content(number, name)
            self.items[number, name] = make.get(name, self._with_file)(**content)

    def _discarded(self, **content):
        edition = self.stage.draft(**content)
        edition.discard(by=content["by"])
        return edition

    def _with_file(self, **content):
        edition = self.stage.draft(**content)
        text = ContentFile(content["title"].encode(), name="附件.txt")
        Attachment.objects.attach(edition, text, by=content["by"], title=content["title"])
        edition.tabulate(by=content["by"], table=fees((content["title"], "12.5")))
        return self.stage.carry_out(edition)

    def _superseded(self, **content):
        first = self.stage.published(**content)
        second = first.correct(by=content["by"])
        second.edit(
            by=content["by"],
            version=second.version,
            title="更正后的标题",
            body="<p>更正后的正文</p>",
            change_note="更正说明",
        )
        self.stage.carry_out(second)
        return first

    def _around(self, number):
        cast, school = self.cast, self.school(number)
        office = cast.office if number == 1 else cast.office2
        mailbox = Mailbox(school=school, name="校长信箱")
        mailbox.save()
        letter, _code = Letter.objects.receive(
            mailbox,
            writer=cast.parent if number == 1 else cast.teacher2,
            name="写信人",
            contact="0599-8000000",
            subject=canary(number, "letter"),
            body=canary(number, "letter"),
        )
        group = Committee(school=school, kind="leading", name=f"{school.name}领导小组")
        group.save()
        adoption = Adoption.objects.of(school, cast.entry)
        adoption.adopt(by=office, channels="公开栏")
        columns = [{"name": "day", "label": "日期", "type": "day"}]
        register = Register(school=school, name=canary(number, "register"), columns=columns)
        register.define(by=office)
        followed = scope_of(words=canary(number, "follower"), school=school.slug)
        follower = {"email": f"reader{number}@home.example", "rhythm": "daily"}
        Subscription.objects.ask(scope=followed, language="zh-hans", **follower)
        self._looked_at(number)
        self.items[number, "letter"] = SimpleNamespace(pk=letter.pk, letter=letter)

    def _looked_at(self, number):
        """The school's supervision group has looked at the withdrawal and asked about it."""
        watcher = self.cast.supervisor if number == 1 else self.cast.supervisor2
        withdrawn = str(self.items[number, "withdrawn"].pk)
        change = Act.objects.get(name="withdraw", object_id=withdrawn)
        Look.objects.look_at(change, by=watcher)
        Question.objects.ask(change, canary(number, "question"), by=watcher)
