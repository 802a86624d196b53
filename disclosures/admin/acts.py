"""The table of acts: how each act of an edition's life is offered, explained and confirmed."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy

from disclosures.admin import decisions, effects, redacting


class ActPage(NamedTuple):
    """How one act is offered, explained, confirmed and reported."""

    resource: str
    button: str
    done: str
    effect: object
    form: type = decisions.ActForm
    is_grave: bool = False
    shows_text: bool = False
    confirm: str = ""
    is_aside: bool = False


ACTS = {
    "submit": ActPage(
        "submission", gettext_lazy("送审"), gettext_lazy("已送审。"), effects.submission
    ),
    "approve": ActPage(
        "approval",
        gettext_lazy("审阅并同意"),
        gettext_lazy("已同意。"),
        effects.approval,
        decisions.ApprovalForm,
        shows_text=True,
        confirm=gettext_lazy("同意这份全文"),
    ),
    "send_back": ActPage(
        "sending-back",
        gettext_lazy("退回修改"),
        gettext_lazy("已退回，意见已转给起草人。"),
        effects.sending_back,
        decisions.SendingBackForm,
    ),
    "publish": ActPage(
        "publication",
        gettext_lazy("办理公开"),
        gettext_lazy("已办理公开。"),
        effects.publication,
        decisions.PublicationForm,
        shows_text=True,
    ),
    "confirm": ActPage(
        "confirmation",
        gettext_lazy("确认紧急办理"),
        gettext_lazy("已确认。"),
        effects.confirmation,
        decisions.NotedForm,
        shows_text=True,
    ),
    "withdraw": ActPage(
        "withdrawal",
        gettext_lazy("同意撤回"),
        gettext_lazy("已撤回，公开栏上留下了撤回说明。"),
        effects.withdrawal,
        decisions.NotedForm,
        is_grave=True,
    ),
    "restore": ActPage(
        "restoration",
        gettext_lazy("同意恢复公开"),
        gettext_lazy("已恢复公开。"),
        effects.restoration,
        decisions.NotedForm,
        shows_text=True,
    ),
    "redact": ActPage(
        "redaction",
        gettext_lazy("同意依法隐去"),
        gettext_lazy("已隐去，原处留下了标记，存证里记了一条。"),
        effects.redaction,
        decisions.NotedForm,
        is_grave=True,
    ),
    "decline": ActPage(
        "refusal",
        gettext_lazy("不同意这项提议"),
        gettext_lazy("已答复不同意。"),
        effects.refusal,
        decisions.ReasonForm,
    ),
    "correct": ActPage(
        "correction",
        gettext_lazy("更正（起草新版）"),
        gettext_lazy("已建好更正稿，请修改后送审。"),
        effects.correction,
        decisions.NotedForm,
    ),
    "recall": ActPage(
        "recall",
        gettext_lazy("收回修改"),
        gettext_lazy("已收回，可以修改。"),
        effects.recall,
        decisions.NotedForm,
        is_aside=True,
    ),
    "cancel": ActPage(
        "cancellation",
        gettext_lazy("取消定时公开"),
        gettext_lazy("已取消，可以另定公开时间。"),
        effects.cancellation,
        decisions.ReasonForm,
        is_aside=True,
    ),
    "propose_withdrawal": ActPage(
        "withdrawal-proposal",
        gettext_lazy("提议撤回"),
        gettext_lazy("已提议撤回，等另一位决定。"),
        effects.withdrawal_proposal,
        decisions.GroundForm,
        is_aside=True,
    ),
    "propose_redaction": ActPage(
        "redaction-proposal",
        gettext_lazy("提议依法隐去"),
        gettext_lazy("已提议依法隐去，等另一位决定。"),
        effects.redaction_proposal,
        redacting.RedactionForm,
        is_aside=True,
    ),
    "propose_restoration": ActPage(
        "restoration-proposal",
        gettext_lazy("提议恢复公开"),
        gettext_lazy("已提议恢复公开，等另一位决定。"),
        effects.restoration_proposal,
        decisions.ReasonForm,
    ),
    "emergency_publish": ActPage(
        "emergency-publication",
        gettext_lazy("紧急公开（不经审核）"),
        gettext_lazy("已紧急公开，等另一位确认。"),
        effects.emergency,
        decisions.ReasonForm,
        is_grave=True,
        shows_text=True,
    ),
    "take_down": ActPage(
        "removal",
        gettext_lazy("紧急撤下"),
        gettext_lazy("已撤下，等另一位确认。"),
        effects.removal,
        decisions.GroundForm,
        is_grave=True,
    ),
    "discard": ActPage(
        "discarding",
        gettext_lazy("作废草稿"),
        gettext_lazy("草稿已作废。"),
        effects.discarding,
        decisions.NotedForm,
        is_grave=True,
    ),
}
