"""The month's account of changes (公开事项变更、撤下记录), drafted as a notice. It names nobody."""

from collections import Counter
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from committees.changes import CORRECTED, EDITION, GRAVE, KINDS, changes_of, kind_label
from committees.models import Question
from committees.months import in_month, month_name
from disclosures.models import (
    Adoption,
    CatalogueEntry,
    Disclosure,
    Edition,
    Release,
    State,
    drafting_departments,
)
from portal.ledger.acts import Refused
from portal.ledger.moments import local_day, now
from portal.ledger.vocabulary import ActName
from portal.organisation.models import Department, School

ENTRY = "K12-O07"
LISTED = (CORRECTED, *GRAVE, ActName.WITHDRAW, ActName.RESTORE)


class Place(NamedTuple):
    """For which department the person may draft the account, under which entry."""

    department: Department
    entry: CatalogueEntry

    def __str__(self):
        return f"{self.department.school.name} {self.department.name}"

    def draft(self, month, *, by):
        """Draft the account of the month, once; what it says is checked by those who review."""
        school = self.department.school
        with transaction.atomic(), translation.override("zh-hans"):
            School.objects.select_for_update().get(pk=school.pk)
            title = _("%(month)s公开事项更动月报") % {"month": month_name(month)}
            if self._drafted(title).exists():
                raise Refused(_("这个月的月报已经起草过，请到“公开文稿”里继续。"))
            audiences = self.entry.audiences()
            inner = "" if "public" in audiences else _("按公开目录的公开对象，仅在校内公开。")
            return Disclosure.objects.draft(
                department=self.department,
                entry=self.entry,
                by=by,
                title=title,
                body=body_of(school, month),
                audiences=audiences,
                inner_reason=inner,
                genre=Edition.Genre.REPORT,
            )

    def _drafted(self, title):
        rows = Edition.objects.filter(title=title, disclosure__entry=self.entry)
        school = self.department.school
        return rows.filter(disclosure__school=school).exclude(state=State.DISCARDED)


def places_of(user):
    """Where the person may draft the account: in the department that answers, if one is named."""
    own = drafting_departments(user).select_related("school").order_by("school", "slug")
    answering = {school: _answering(school) for school in {row.school for row in own}}
    places = [(row, *answering[row.school]) for row in own if answering[row.school]]
    return [Place(row, entry) for row, entry, answers in places if answers in (None, row.pk)]


def _answering(school):
    """The entry at this school and the key of the department that answers for it, if it has it."""
    entry = CatalogueEntry.objects.adopted_by(school).filter(code=ENTRY).first()
    return entry and (entry, Adoption.objects.of(school, entry).department_id)


def body_of(school, month):
    """The account as HTML: how many of each kind, which public notices, what was asked."""
    changes = list(in_month(changes_of(school), month).order_by("at", "id"))
    counts = Counter(change.name for change in changes)
    told = [[label, counts[name]] for name, label in KINDS.items()]
    notices = [change for change in changes if change.noun == EDITION and change.name in LISTED]
    return format_html(
        "{}{}<p>{}</p>",
        table(_("更动次数"), [_("更动"), _("次数")], told),
        _notices(notices),
        _questions(school, month),
    )


def table(caption, heads, rows):
    head = format_html_join("", "<th>{}</th>", ((each,) for each in heads))
    cells = [(format_html_join("", "<td>{}</td>", ((each,) for each in row)),) for row in rows]
    return format_html(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        caption,
        head,
        format_html_join("", "<tr>{}</tr>", cells),
    )


def _notices(changes):
    """The notices the public has seen; of the others only how many there are."""
    editions = _public_editions({change.object_id for change in changes})
    rows = [
        _row(change, editions[change.object_id])
        for change in changes
        if change.object_id in editions
    ]
    others = len(changes) - len(rows)
    heads = [_("日期"), _("更动"), _("索引号"), _("标题")]
    listed = table(_("涉及的公开事项"), heads, rows) if rows else ""
    told = _("另有%(count)d项更动不面向社会公开，只计次数。") % {"count": others} if others else ""
    return format_html("{}{}", listed, format_html("<p>{}</p>", told) if told else "")


def _public_editions(keys):
    opened = Release.objects.filter(
        edition=OuterRef("pk"), audience="public", opens_at__lte=now()
    ).planned()
    kept_back = Edition.objects.filter(
        disclosure=OuterRef("disclosure"), withdrawal_ground=Edition.Ground.PERSONAL
    )
    rows = Edition.objects.filter(Exists(opened), pk__in=keys).select_related("disclosure")
    return {str(row.pk): row for row in rows.annotate(is_personal=Exists(kept_back))}


def _row(change, edition):
    title = _("（为保护个人信息，不列标题）") if edition.is_personal else edition.title
    day = local_day(change.at)
    return [day.isoformat(), kind_label(change), edition.disclosure.index_number, title]


def _questions(school, month):
    asked = in_month(Question.objects.filter(school=school), month, column="asked_at")
    facts = {"asked": asked.count(), "answered": asked.exclude(answered_at=None).count()}
    return _("本月就更动提出询问%(asked)d次，已答复%(answered)d次。") % facts
