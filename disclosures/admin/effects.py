"""What an act will do, in the words shown before it is confirmed."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures import erasing
from disclosures.admin import redacting
from disclosures.models import Adoption, Decision, Release
from disclosures.removable import Erasable
from portal.ledger.moments import now
from portal.organisation.models import Office
from portal.text.reader import listed


class Effect(NamedTuple):
    """A sentence, or what stands in the way of the act."""

    text: str
    hinders: bool = False


def moment(at):
    return date_format(localtime(at), "Y-m-d H:i")


def asked(edition, office):
    """Who will be asked next: the office, how many people, and their names."""
    people = list(edition.deciders(office))
    office = Office(office).label
    if not people:
        return Effect(
            _("还没有可以审核的“%(office)s”。请校务公开办公室先任命（不能是起草人本人）。")
            % {"office": office},
            hinders=True,
        )
    told = ngettext(
        "下一步请%(office)s审核，有%(count)d人可以办理：%(names)s。",
        "下一步请%(office)s审核，有%(count)d人可以办理：%(names)s。",
        len(people),
    )
    names = listed(person.name for person in people)
    return Effect(told % {"office": office, "count": len(people), "names": names})


def submission(edition, user):
    steps = Adoption.objects.of(edition.disclosure.school, edition.disclosure.entry).steps()
    yield from (Effect(problem, hinders=True) for problem in edition.problems())
    yield asked(edition, steps[0])
    for office in steps[1:]:
        if not edition.deciders(office).exists():
            yield asked(edition, office)
    if later := steps[1:]:
        yield Effect(_("之后依次由%(offices)s审核。") % {"offices": listed(o.label for o in later)})
    yield Effect(_("审核期间文稿锁定，要改就先收回。"))


def approval(edition, user):
    waiting = list(edition.reviews.filter(decision=Decision.PENDING).order_by("step")[:2])
    if len(waiting) > 1:
        yield asked(edition, waiting[1].office)
    else:
        yield Effect(_("这是最后一步审核。同意后由校务公开办公室办理公开。"))
    yield Effect(_("您同意的是下面这份全文。起草人再改，就要重新审核。"))


def sending_back(edition, user):
    people = {edition.drafted_by.name, edition.submitted_by.name}
    yield Effect(_("文稿回到草稿，%(names)s会收到您的意见。") % {"names": listed(sorted(people))})
    yield Effect(_("已经同意的各步作废，再次送审时从头审核。"))


def recall(edition, user):
    yield Effect(_("文稿回到草稿，可以修改。"))
    yield Effect(_("这一轮的审核决定全部作废，再次送审时从头审核。"))


def readers(edition):
    if not edition.audiences:
        return Effect(_("还没有选公开范围。"), hinders=True)
    told = _("可以看到的人：%(audiences)s，登录后可看。")
    if "public" in edition.audiences:
        told = _("可以看到的人：%(audiences)s。不用登录就能看到。")
    return Effect(told % {"audiences": listed(edition.audience_labels())})


def publication(edition, user):
    yield readers(edition)
    if edition.closes_on:
        yield Effect(_("公开到%(day)s为止。") % {"day": date_format(edition.closes_on, "Y-m-d")})
    if not edition.disclosure.index_number:
        yield Effect(_("公开后得到索引号，按公开那天的年份编。"))
    if edition.is_correction:
        yield Effect(_("新版公开时，旧版同时停止公开，更正说明一并显示。"))
    yield Effect(_("从这一刻起正文和附件定稿，不能再改，只能更正或撤回。"))


def emergency(edition, user):
    yield from (Effect(problem, hinders=True) for problem in edition.problems())
    yield Effect(_("不经审核，立即公开，并标明“紧急公开待确认”。"))
    yield from publication(edition, user)
    yield Effect(_("事后要由另一位有权限的人确认。"))


def cancellation(edition, user):
    first = Release.objects.filter(edition=edition).planned().order_by("opens_at").first()
    told = _("原定%(moment)s的公开取消，公众什么都没有看到。")
    yield Effect(told % {"moment": moment(first.opens_at)})
    yield Effect(_("文稿回到“待公开”，可以另定时间。第一次公开的索引号作废，不再使用。"))


def confirmation(edition, user):
    if edition.unconfirmed == "emergency":
        yield Effect(_("您确认这次紧急公开妥当，公开栏上的“紧急公开待确认”随即去掉。"))
    else:
        yield Effect(_("您确认这次紧急撤下妥当，内容不再公开，公开栏上留下撤回说明。"))


def correction(edition, user):
    yield Effect(_("以现在公开的内容为底，起草新的一版，附件一并带过去。"))
    yield Effect(_("新版要重新审核。新版公开之前，现在的内容照常公开。"))


def withdrawal_proposal(edition, user):
    yield Effect(_("由另一位有权限的人决定。决定之前，内容照常公开。"))


def proposal(edition, act):
    """What somebody proposed, with their reason."""
    found = edition.proposals.waiting().filter(act=act).select_related("proposed_by").first()
    if found:
        told = _("%(name)s于%(moment)s提议%(act)s：%(reason)s") % {
            "name": found.proposed_by.name,
            "moment": moment(found.proposed_at),
            "act": found.get_act_display(),
            "reason": found.reason,
        }
        yield Effect(told)


def withdrawal(edition, user):
    yield from proposal(edition, "withdraw")
    yield Effect(_("内容和附件立即不再公开，原网址显示撤回时间和原因。"))


def removal(edition, user):
    yield Effect(_("立即从公开栏撤下，不等别人同意。原网址显示撤回时间和原因。"))
    yield Effect(_("事后要由另一位有权限的人确认，或者恢复公开。"))
    yield Effect(_("只在内容有害时使用，如泄露个人信息。一般的错误请用“提议撤回”或“更正”。"))


def restoration_proposal(edition, user):
    yield Effect(_("由另一位有权限的人决定。决定之前，内容仍不公开。"))


def restoration(edition, user):
    yield from proposal(edition, "restore")
    yield readers(edition)
    yield Effect(
        _("从%(moment)s起重新公开，索引号和网址不变，正文不变。") % {"moment": moment(now())}
    )


def redaction_proposal(edition, user):
    yield Effect(_("由另一位有权限的人决定。决定之前，内容不变。"))
    yield Effect(
        _("隐去以后不能恢复：文字和文件从数据库、草稿、历史和检索中一并销毁，只留下标记。")
    )
    yield Effect(_("只想更正或撤回的，请用“更正”或“提议撤回”。"))


def redaction(edition, user):
    yield from proposal(edition, "redact")
    found = edition.proposals.waiting().filter(act="redact").first()
    for other, pieces in erasing.reach(edition, found.names if found else ()).items():
        for name, text in pieces.items():
            told = _("第 %(number)s 版") % {"number": other.number}
            piece = redacting.described(other, Erasable(name, text))
            yield Effect(format_html("{} {}", told, piece))
    yield Effect(_("以上内容在原处换成“〔依法隐去〕”，从草稿、历史、检索和文件中销毁，不能恢复。"))
    yield Effect(_("其余内容不变，仍然可以验证；存证里记下依据，不记内容。"))


def refusal(edition, user):
    yield from proposal(edition, "withdraw")
    yield from proposal(edition, "redact")
    yield from proposal(edition, "restore")
    yield Effect(_("提议就此结束，公开状态不变。"))


def discarding(edition, user):
    yield Effect(_("草稿不再出现在“我的草稿”里，也不能再改。它从来没有公开过。"))
    yield Effect(_("已写的内容和操作记录仍会保留，监督小组看得到。"))
