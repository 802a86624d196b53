"""The life of an edition: its states, its acts, and who may perform each.

`TRANSITIONS` and `WHO` are the whole of it: acts move by the first, lists, gates, counts and
buttons are filtered by the second. docs/workflow.md and the state × act test are made from them.
"""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.models.disclosure import Disclosure, granted
from portal.ledger.moments import now
from portal.ledger.vocabulary import ActName
from portal.organisation.models import Authority, Office


class State(models.TextChoices):
    DRAFT = "draft", _("草稿")
    IN_REVIEW = "in_review", _("审核中")
    APPROVED = "approved", _("待公开")
    PUBLISHED = "published", _("已公开")
    WITHDRAWN = "withdrawn", _("已撤回")
    DISCARDED = "discarded", _("已作废")


class Decision(models.TextChoices):
    """What became of one step of a review."""

    PENDING = "pending", _("待审核")
    APPROVED = "approved", pgettext_lazy("decision", "同意")
    SENT_BACK = "sent_back", pgettext_lazy("decision", "退回")
    VOID = "void", pgettext_lazy("decision", "作废")


UNSEALED = (State.DRAFT, State.IN_REVIEW, State.APPROVED)
SEALED = (State.PUBLISHED, State.WITHDRAWN)
SECOND_PERSONS = (Office.OFFICE, Office.PRINCIPAL)

TRANSITIONS = {
    "edit": ({State.DRAFT}, State.DRAFT),
    "roll_back": ({State.DRAFT}, State.DRAFT),
    "attach": ({State.DRAFT}, State.DRAFT),
    "detach": ({State.DRAFT}, State.DRAFT),
    "submit": ({State.DRAFT}, State.IN_REVIEW),
    "recall": ({State.IN_REVIEW, State.APPROVED}, State.DRAFT),
    "send_back": ({State.IN_REVIEW}, State.DRAFT),
    "approve": ({State.IN_REVIEW}, State.IN_REVIEW),
    "publish": ({State.APPROVED}, State.PUBLISHED),
    "cancel": ({State.PUBLISHED}, State.APPROVED),
    "emergency_publish": ({State.DRAFT, State.IN_REVIEW}, State.PUBLISHED),
    "confirm": ({State.PUBLISHED, State.WITHDRAWN}, None),
    "correct": ({State.PUBLISHED}, State.PUBLISHED),
    "propose_withdrawal": ({State.PUBLISHED}, State.PUBLISHED),
    "withdraw": ({State.PUBLISHED}, State.WITHDRAWN),
    "take_down": ({State.PUBLISHED}, State.WITHDRAWN),
    "propose_restoration": ({State.WITHDRAWN}, State.WITHDRAWN),
    "restore": ({State.WITHDRAWN}, State.PUBLISHED),
    "propose_redaction": ({State.PUBLISHED, State.WITHDRAWN}, None),
    "redact": ({State.PUBLISHED, State.WITHDRAWN}, None),
    "decline": ({State.PUBLISHED, State.WITHDRAWN}, None),
    "discard": ({State.DRAFT}, State.DISCARDED),
}


def edits(user):
    """Editors of the department, by the grant on the row, and the school's office."""
    return Q(disclosure__in=Disclosure.objects.editable_by(user))


def holds(user, *offices):
    held = Authority.objects.held_by(user).filter(office__in=offices)
    return Q(disclosure__school__in=held.values("school"))


def published_beneath(user):
    """For a bureau's office: what schools beneath it have opened to more than named persons."""
    beneath = Authority.objects.schools_beneath(user)
    opened = rows("Release").filter(edition=OuterRef("pk"), opens_at__lte=now()).planned()
    return Q(disclosure__school__in=beneath) & Q(Exists(opened.exclude(audience="named")))


def is_author(user):
    return Q(drafted_by=user) | Q(edited_by=user)


def decides_open_step(user):
    """The row's grant to the group of the open step; never the drafter or the last editor."""
    return Q(disclosure__in=granted(user, "review_disclosure")) & ~is_author(user)


def reviewed(user):
    """Holders of an office whose step was opened: those still to be asked wait their turn."""
    asked = rows("Review").filter(edition=OuterRef("pk"), group__user=user)
    return Q(Exists(asked.filter(opened_at__isnull=False)))


def decided_last(user):
    """Holders of the office that gave the last approval of the round in force."""
    approvals = rows("Review").filter(edition=OuterRef(OuterRef("pk")), decision=Decision.APPROVED)
    last = approvals.order_by("-round", "-step").values("group")[:1]
    return Q(Exists(user.groups.through.objects.filter(user=user, group=last)))


def proposed(name):
    """Somebody has proposed this act and nobody has decided yet."""
    return Q(Exists(rows("Proposal").filter(edition=OuterRef("pk"), act=name, outcome="")))


def asked(user, name):
    """Another person has proposed this act and waits for the second one."""
    waiting = rows("Proposal").filter(edition=OuterRef("pk"), act=name, outcome="")
    return Q(Exists(waiting.exclude(proposed_by=user)))


def rows(noun):
    """The rows of a noun whose file imports this one."""
    return apps.get_model("disclosures", noun)._default_manager


def newest():
    """No later edition of the disclosure has been sealed."""
    later = rows("Edition").filter(
        disclosure=OuterRef("disclosure"),
        number__gt=OuterRef("number"),
        state__in=(State.PUBLISHED, State.WITHDRAWN),
    )
    return ~Q(Exists(later))


def no_other_in_work():
    """No draft of a next edition exists."""
    return ~Q(Exists(rows("Edition").filter(disclosure=OuterRef("disclosure"), state__in=UNSEALED)))


def not_yet_open():
    """Sealed for a later moment: at least one release is still to come and none has begun."""
    releases = rows("Release").filter(edition=OuterRef("pk")).planned()
    return Q(Exists(releases.filter(opens_at__gt=now()))) & ~Q(
        Exists(releases.filter(opens_at__lte=now()))
    )


def still_open():
    """On the board now, even where a correction is sealed for a later moment."""
    releases = rows("Release").filter(edition=OuterRef("pk"), opens_at__lte=now())
    return Q(Exists(releases.filter(Q(closes_at=None) | Q(closes_at__gt=now()))))


WHO = {
    "edit": edits,
    "roll_back": edits,
    "attach": edits,
    "detach": edits,
    "submit": edits,
    "discard": edits,
    "recall": lambda user: edits(user) & (Q(submitted_by=user) | holds(user, Office.OFFICE)),
    "approve": decides_open_step,
    "send_back": decides_open_step,
    "publish": lambda user: (decided_last(user) | holds(user, Office.OFFICE)) & ~is_author(user),
    "cancel": lambda user: (
        (holds(user, Office.OFFICE) | decided_last(user))
        & newest()
        & no_other_in_work()
        & not_yet_open()
    ),
    "emergency_publish": lambda user: holds(user, Office.PRINCIPAL),
    "confirm": lambda user: (
        (holds(user, *SECOND_PERSONS) | reviewed(user))
        & ~Q(unconfirmed="")
        & ~Q(unconfirmed_by=user)
    ),
    "correct": lambda user: edits(user) & newest() & no_other_in_work() & ~not_yet_open(),
    "propose_withdrawal": lambda user: (
        (edits(user) | holds(user, *SECOND_PERSONS))
        & newest()
        & ~proposed("withdraw")
        & ~not_yet_open()
    ),
    "withdraw": lambda user: (
        (holds(user, *SECOND_PERSONS) | reviewed(user)) & asked(user, "withdraw")
    ),
    "take_down": lambda user: (
        (holds(user, *SECOND_PERSONS) | reviewed(user)) & (newest() | still_open())
    ),
    "propose_restoration": lambda user: (
        holds(user, *SECOND_PERSONS) & newest() & ~proposed("restore")
    ),
    "restore": lambda user: (
        holds(user, *SECOND_PERSONS)
        & newest()
        & (asked(user, "restore") | (Q(unconfirmed="taken_down") & ~Q(unconfirmed_by=user)))
    ),
    "propose_redaction": lambda user: (
        (edits(user) | holds(user, *SECOND_PERSONS)) & newest() & ~proposed("redact")
    ),
    "redact": lambda user: holds(user, *SECOND_PERSONS) & newest() & asked(user, "redact"),
    "decline": lambda user: (
        holds(user, *SECOND_PERSONS)
        & (proposed("withdraw") | proposed("restore") | proposed("redact"))
    ),
}


def wrong_state(act, state):
    """The sentence for an act that the present state does not know."""
    return _("这份文稿现在是“%(state)s”，不能办理“%(act)s”。") % {
        "state": State(state).label,
        "act": ActName(act).label,
    }


def not_yours(edition, act, by):
    """The sentence for a person to whom the act is not open."""
    if act in ("approve", "send_back", "publish") and by in (edition.drafted_by, edition.edited_by):
        return _("起草人和最后修改人不能审核或公开自己的文稿，请由另一位有权限的人办理。")
    proposed_it = edition.proposals.waiting().filter(proposed_by=by).exists()
    if (act in ("withdraw", "restore", "redact") and proposed_it) or (
        act in ("confirm", "restore") and by == edition.unconfirmed_by
    ):
        return _("这一步要由提出人以外的另一位有权限的人办理。")
    return _("您没有对这份文稿办理“%(act)s”的权限。") % {"act": ActName(act).label}
