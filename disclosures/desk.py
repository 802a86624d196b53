"""My desk: what waits for one person, in the lists that are also the counts and the filters."""

from typing import NamedTuple

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from disclosures.models import (
    Decision,
    Edition,
    Proposal,
    Release,
    Review,
    State,
    drafting_departments,
)
from disclosures.models.life import is_author, not_yet_open
from portal.ledger.moments import local_day, now, today
from portal.organisation.models import Office

SHOWN = 10


class Section(NamedTuple):
    """One list of the desk: its name in filters, its heading, its rows, what to say when empty."""

    name: str
    title: str
    hint: str
    rows: object


def with_progress(editions):
    """What a row says of its way: which office is asked since when, and when it opens."""
    pending = Review.objects.filter(edition=OuterRef("pk"), decision=Decision.PENDING).order_by(
        "step"
    )
    proposals = Proposal.objects.waiting().filter(edition=OuterRef("pk"))
    releases = Release.objects.filter(edition=OuterRef("pk")).planned().order_by("opens_at")
    return editions.with_row().annotate(
        asked_office=Subquery(pending.values("office")[:1]),
        asked_at=Subquery(pending.values("opened_at")[:1]),
        assignee=Subquery(pending.values("assignee__name")[:1]),
        assignee_key=Subquery(pending.values("assignee")[:1]),
        due_on=Subquery(pending.values("due_on")[:1]),
        proposed_act=Subquery(proposals.values("act")[:1]),
        opens_at=Subquery(releases.values("opens_at")[:1]),
        was_sent_back=Exists(_sending_back()),
    )


def _sending_back():
    """The decision that sent the edition's newest round back."""
    rounds = Review.objects.filter(edition=OuterRef("edition")).order_by("-round")
    return Review.objects.filter(
        edition=OuterRef("pk"),
        decision=Decision.SENT_BACK,
        round=Subquery(rounds.values("round")[:1]),
    )


def awaiting_review(user):
    """What is asked of the person by name first, by its day; then what waits longest."""
    rows = with_progress(Edition.objects.awaiting_review_by(user))
    asked_by_name = Case(
        When(assignee_key=user.pk, then=Value(0)),
        When(assignee_key=None, then=Value(1)),
        default=Value(2),
    )
    day = Case(When(assignee_key=user.pk, then=F("due_on")))
    return rows.order_by(
        asked_by_name, day.asc(nulls_last=True), F("asked_at").asc(nulls_last=True), "pk"
    )


def sent_back(user):
    mine = is_author(user) | Q(submitted_by=user)
    rows = with_progress(Edition.objects.open_to("edit", user).filter(mine))
    return rows.filter(was_sent_back=True).order_by("-edited_at")


def drafts(user):
    rows = with_progress(Edition.objects.open_to("edit", user).filter(is_author(user)))
    return rows.filter(was_sent_back=False).order_by("-edited_at")


def to_publish(user):
    return with_progress(Edition.objects.open_to("publish", user)).order_by("edited_at")


def to_decide(user):
    """What waits for a second person: emergency acts to confirm, proposals to decide."""
    asked = Edition.objects.none()
    for act in ("confirm", "withdraw", "restore"):
        asked = asked | Edition.objects.open_to(act, user)
    return with_progress(asked).order_by("sealed_at")


def scheduled(user):
    rows = Edition.objects.readable_by(user).filter(not_yet_open(), state=State.PUBLISHED)
    return with_progress(rows).order_by("opens_at")


def recently_opened(user):
    rows = Edition.objects.readable_by(user).filter(state=State.PUBLISHED)
    return with_progress(rows).filter(opens_at__lte=now()).order_by("-opens_at")


def may_draft(user):
    return drafting_departments(user).exists()


SECTIONS = {
    "waiting": (_("待我审核"), _("指定您承办的排在最前，其余按送到的先后。"), awaiting_review),
    "sent-back": (_("被退回给我的"), _("看审核意见，改好后再次送审。"), sent_back),
    "drafts": (_("我的草稿"), _("还没有送审，只有本部门和公开办看得到。"), drafts),
    "to-publish": (_("待公开"), _("已全部审核通过，等您办理公开。"), to_publish),
    "to-decide": (_("待我确认或决定"), _("需要另一个人把关的事项。"), to_decide),
    "scheduled": (_("已安排、未到公开时间"), _("到时自动公开，之前可以取消。"), scheduled),
    "recent": (_("最近公开"), "", recently_opened),
}


def section(name, user):
    title, hint, rows = SECTIONS[name]
    return Section(name, title, hint, rows(user))


def shown(name, user):
    """A section with its first rows and the number of all its rows."""
    part = section(name, user)
    first = list(part.rows[: SHOWN + 1])
    count = len(first) if len(first) <= SHOWN else part.rows.count()
    return {"section": part, "editions": first[:SHOWN], "count": count}


def since(edition):
    """The moment from which the edition has been where it is (rows of `with_progress`)."""
    return {
        State.IN_REVIEW: edition.asked_at or edition.submitted_at,
        State.APPROVED: edition.edited_at,
        State.PUBLISHED: edition.opens_at or edition.sealed_at,
        State.WITHDRAWN: edition.withdrawn_at,
    }.get(edition.state, edition.edited_at)


def days_waiting(edition):
    return (today() - local_day(since(edition))).days


def next_step(edition):
    """What has to happen next, in one phrase (rows of `with_progress`)."""
    if edition.unconfirmed:
        return edition.get_unconfirmed_display()
    if edition.proposed_act:
        act = Proposal.Wanted(edition.proposed_act).label
        return _("有人提议%(act)s，等另一位决定") % {"act": act}
    if edition.state == State.DRAFT:
        return _("按意见修改后再送审") if edition.was_sent_back else _("写好后送审")
    if edition.state == State.IN_REVIEW:
        return _("等%(office)s审核") % {"office": Office(edition.asked_office).label}
    if edition.state == State.APPROVED:
        return _("等校务公开办公室办理公开")
    if edition.state == State.PUBLISHED and edition.opens_at and edition.opens_at > now():
        return _("到时自动公开")
    return ""


def assignment(edition):
    """Who was asked by name and how the day set stands, in words (rows of `with_progress`)."""
    if not edition.assignee:
        return ""
    if not edition.due_on:
        return _("%(name)s承办") % {"name": edition.assignee}
    told = {"name": edition.assignee, "due": due_in_words(edition.due_on)}
    return _("%(name)s承办，%(due)s") % told


def due_in_words(day):
    """How far off a day is that was set for a decision."""
    left = (day - today()).days
    if left == 0:
        return _("今天到期")
    if left < 0:
        return ngettext("已超期%(days)d天", "已超期%(days)d天", -left) % {"days": -left}
    return ngettext("还有%(days)d天到期", "还有%(days)d天到期", left) % {"days": left}
