"""The demo's supervision group has looked at one change and asked about it; it was answered."""

from datetime import timedelta

from committees.models import Look, Question
from portal.ledger.models import Act
from portal.ledger.moments import as_of, now

SCHOOL = "shiyan"


def look_at_changes(company):
    """The supervisor asks about the last withdrawal; the principal, who decided, answers."""
    withdrawals = Act.objects.filter(name="withdraw", school=SCHOOL, noun="disclosures.edition")
    change = withdrawals.order_by("-at", "-id").first()
    supervisor = company.people["supervisor"]
    with as_of(min(change.at + timedelta(days=1), now())):
        Look.objects.look_at(change, by=supervisor, note="已对照撤回说明。")
        question = Question.objects.ask(change, "核实后的数据什么时候公布？", by=supervisor)
    with as_of(min(change.at + timedelta(days=2), now())):
        answer = "已请教务处逐班核对转入转出，核对无误后另行起草公开。"
        question.reply(answer, by=company.people[f"{SCHOOL}.principal"])
