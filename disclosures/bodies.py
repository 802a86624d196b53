"""After the rich-text rule changes: which sealed bodies no longer obey it.

A sealed text is never rewritten. One that fails the rule in force is shown as plain text, and the
school's office is told, so that it can publish a correction.
"""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from disclosures.models import Edition
from portal.organisation.models import Authority, Job, Message, Office
from portal.text.html import RULE, obeys_rule


def ask_for_check() -> int:
    """Ask once for each rule for the check of what was sealed under an older one."""
    older = Edition.objects.filter(sealed_at__isnull=False).exclude(rule=RULE)
    asked = Job.objects.filter(kind=Job.Kind.CHECK_BODIES, terms={"rule": RULE})
    if asked.exists() or not older.exists():
        return 0
    Job.objects.create(kind=Job.Kind.CHECK_BODIES, terms={"rule": RULE})
    return 1


def check_bodies(job, report) -> dict:
    """Read every body sealed under an older rule and tell the offices of those that fail."""
    older = Edition.objects.filter(sealed_at__isnull=False).exclude(rule=RULE).with_row()
    total, unfit = older.count(), 0
    for done, edition in enumerate(older.iterator(chunk_size=200), start=1):
        if not obeys_rule(edition.body):
            unfit += 1
            _tell_office(edition)
        report(done, total)
    return {"checked": total, "unfit": unfit}


def _tell_office(edition):
    office = Authority.objects.at(edition.disclosure.school, Office.OFFICE)
    for person in office.holders():
        with translation.override(person.language):
            subject = _("正文需要更正：%(title)s") % {"title": edition.title}
            body = _(
                "《%(title)s》的正文含有现行规则不允许的格式，公开页面现在只显示纯文字。"
                "请起草更正，重新排版后公开。"
            ) % {"title": edition.title}
        Message.objects.get_or_create(
            key=f"unfit_body:{edition.pk}:{RULE}:{person.pk}",
            defaults={
                "recipient": person,
                "subject": subject[:200],
                "body": body,
                "link": reverse("admin:disclosures_edition_change", args=[edition.pk]),
            },
        )
