"""The table of the life cycle: every state with every act, and the page that shows it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from disclosures.models import TRANSITIONS, WHO, Attachment, Edition, State
from portal.ledger.acts import Refused
from portal.ledger.vocabulary import ActName
from tests.disclosures.conftest import all_rows, wrong_state

TXT = ("附件.txt", "内容".encode())


def _first_state(edition):
    return Edition.history.filter(id=edition.pk).earliest("history_id")


ACTS = {
    "edit": lambda e, by: e.edit(by=by, version=e.version, title="新"),
    "roll_back": lambda e, by: e.roll_back(by=by, earlier=_first_state(e), reason="旧稿更好"),
    "attach": lambda e, by: Attachment.objects.attach(e, SimpleUploadedFile(*TXT), by=by),
    "detach": lambda e, by: e.attachments.get().detach(by=by),
    "submit": lambda e, by: e.submit(by=by),
    "recall": lambda e, by: e.recall(by=by),
    "send_back": lambda e, by: e.send_back(by=by, opinion="改"),
    "approve": lambda e, by: e.approve(by=by, seen=e.content_digest()),
    "publish": lambda e, by: e.publish(by=by),
    "cancel": lambda e, by: e.cancel(by=by, reason="改期"),
    "emergency_publish": lambda e, by: e.emergency_publish(by=by, reason="急"),
    "confirm": lambda e, by: e.confirm(by=by),
    "correct": lambda e, by: e.correct(by=by),
    "propose_withdrawal": lambda e, by: e.propose_withdrawal(by=by, ground="error", reason="误"),
    "withdraw": lambda e, by: e.withdraw(by=by),
    "take_down": lambda e, by: e.take_down(by=by, ground="error", reason="误"),
    "propose_restoration": lambda e, by: e.propose_restoration(by=by, reason="对"),
    "restore": lambda e, by: e.restore(by=by),
    "propose_redaction": lambda e, by: e.propose_redaction(
        by=by, names=["title"], basis="law", reason="依法"
    ),
    "redact": lambda e, by: e.redact(by=by),
    "decline": lambda e, by: e.decline(by=by, reason="否"),
    "discard": lambda e, by: e.discard(by=by),
}


def test_table_rules_and_tests_name_the_same_acts():
    assert set(TRANSITIONS) == set(WHO) == set(ACTS)
    assert {"draft", *TRANSITIONS} <= set(ActName.values)


@pytest.fixture(params=State.values)
def edition(request, cast, stage):
    """An edition with one attachment, in each of the states."""
    draft = stage.draft()
    ACTS["attach"](draft, cast.editor)
    if request.param == State.DISCARDED:
        draft.discard(by=cast.editor)
    elif request.param != State.DRAFT:
        _carry(draft, request.param, cast)
    edition = Edition.objects.get(pk=draft.pk)
    assert edition.state == request.param
    return edition


def _carry(edition, state, cast):
    edition.submit(by=cast.editor)
    if state != State.IN_REVIEW:
        for reviewer in (cast.head, cast.auditor, cast.principal):
            edition.approve(by=reviewer, seen=edition.content_digest())
    if state in (State.PUBLISHED, State.WITHDRAWN):
        edition.publish(by=cast.office)
    if state == State.WITHDRAWN:
        edition.take_down(by=cast.head, ground="error", reason="有误")


def test_from_a_wrong_state_every_act_is_refused_and_nothing_changes(cast, edition):
    before = all_rows()
    for name in (name for name in TRANSITIONS if edition.state not in TRANSITIONS[name][0]):
        for by in (cast.editor, cast.principal, cast.office):
            with pytest.raises(Refused) as refusal:
                ACTS[name](Edition.objects.get(pk=edition.pk), by)
            sentence = wrong_state(State(edition.state).label, ActName(name).label)
            assert refusal.value.sentence == sentence
    assert all_rows() == before


def test_what_is_offered_is_what_the_act_allows(cast, edition):
    for by in (cast.editor, cast.principal, cast.office, cast.editor2):
        offered = edition.acts_open_to(by)
        assert offered == {
            name for name in TRANSITIONS if edition in Edition.objects.open_to(name, by)
        }
        assert all(edition.state in TRANSITIONS[name][0] for name in offered)
        assert by != cast.editor2 or not offered


def generated_table():
    """The rows of docs/workflow.md, made from the table the acts move by."""
    head = "| act | label | from | to |\n|---|---|---|---|"
    return "\n".join([head, *(_line(name, *move) for name, move in TRANSITIONS.items())])


def _line(name, sources, target):
    start = ", ".join(state.value for state in State if state in sources)
    end = "approved after the last step, else in_review" if name == "approve" else target
    return f"| `{name}` | {ActName(name).label} | {start} | {end or 'unchanged'} |"


def test_the_page_on_the_workflow_shows_the_table_in_force():
    page = (Path(settings.BASE_DIR) / "docs" / "workflow.md").read_text()
    assert generated_table() in page
