"""The demo's leading and supervision groups, terms, mailboxes and letters."""

import json
from datetime import date, timedelta

from committees.models import Committee
from feedback.models import Letter, Mailbox
from portal.demo.people import SCHOOLS
from portal.ledger.moments import as_of
from portal.organisation.models import Term

LEADING = "统一领导本校校务公开工作，审定公开目录和重大公开事项，研究解决公开中的问题。"
SUPERVISION = (
    "监督公开内容是否真实、完整、及时，查看全部操作记录，听取师生和家长意见并向领导小组报告。"
)


def found_groups(company):
    """A leading and a supervision group in every school, joined through the real acts."""
    for slug, facts in SCHOOLS.items():
        school, office = company.schools[slug], company.people[f"{slug}.office"]
        leading = _group(school, "leading", f"{facts['name']}校务公开领导小组", LEADING)
        for role, key in (("head", "principal"), ("deputy", "reviewer")):
            leading.take_in(company.people[f"{slug}.{key}"], role=role, by=office)
        watch = _group(school, "supervision", f"{facts['name']}校务公开监督小组", SUPERVISION)
        if slug == "shiyan":
            watch.take_in(
                company.people["supervisor"], role="head", represents="教代会代表", by=office
            )
        watcher = company.member(slug, "supervisor", "监督员")
        watch.take_in(watcher, role="member", represents="家长代表", by=office)


def _group(school, kind, name, duties):
    group = Committee(
        school=school, kind=kind, name=name, duties=duties, contact=school.supervision_phone
    )
    group.save()
    return group


def open_mailboxes(company):
    for slug in ("shiyan", "dierzhong", "xingguang"):
        Mailbox(
            school=company.schools[slug],
            name="校长信箱",
            name_en="Principal's mailbox",
            guidance="一信一事，写清时间、地点和经过。涉及举报的，请直接联系监督小组。",
        ).save()


def open_terms(company, day):
    """The two school years around the demo's today."""
    first = day.year if day.month >= 8 else day.year - 1
    for school in company.schools.values():
        for year in (first - 1, first):
            for season, begins, ends in (
                ("autumn", date(year, 9, 1), date(year + 1, 1, 25)),
                ("spring", date(year + 1, 2, 16), date(year + 1, 7, 5)),
            ):
                Term(
                    school=school, school_year=year, season=season, starts_on=begins, ends_on=ends
                ).save()


def exchange_letters(company, content, moment_of):
    """Letters of the demo's parent and teacher, and the answers they got."""
    for told in json.loads((content / "letters.json").read_text()):
        mailbox = Mailbox.objects.get(school=company.schools[told["school"]])
        writer = company.people[told["writer"]]
        received = moment_of(told["days_ago"], hour=19)
        with as_of(received):
            letter, _code = Letter.objects.receive(
                mailbox,
                writer=writer,
                name=writer.name,
                contact="0599-8000255",
                subject=told["subject"],
                body=told["body"],
            )
        if told["reply"]:
            with as_of(received + timedelta(days=told["reply_after_days"], hours=-9)):
                keeper = company.people[f"{told['school']}.principal"]
                letter.answer(by=keeper, body=told["reply"])
