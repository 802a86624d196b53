"""Mail to those who follow: first the question whether they want it, then what is new."""

import logging
from datetime import timedelta
from email.errors import MessageError
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from disclosures.feeds import site
from disclosures.views.pages import newest_first
from feedback.models import Subscription
from portal.ledger.heads import newest_line
from portal.ledger.moments import now
from portal.organisation.models import SweepPass
from portal.text.clean import clean_line

log = logging.getLogger("portal.feedback")
BATCH = 200
# How many a digest lists, and how many it counts: a search for a common word ends there.
LISTED, COUNTED = 50, 200
TURN, LEASE = "followers", timedelta(minutes=10)
# What began just before may not have committed yet: the next digest tells it.
COMMITTING = timedelta(minutes=1)


def tell_followers() -> int:
    """Forget what nobody confirmed, ask who has to be asked, and tell what is due.

    One sweep at a time has the turn. One killed between the mail server's yes and its own note
    sends that mail once more, under the same Message-ID. A mail server in trouble ends the pass;
    what it left is due in the next.
    """
    forgotten, _by_model = Subscription.objects.to_be_forgotten(now()).delete()
    asked = list(Subscription.objects.to_be_asked().order_by("asked_at")[:BATCH])
    due = list(Subscription.objects.due(now())[:BATCH])
    held = _take_turn() if asked or due else None
    if held is None:
        return forgotten
    handled = 0
    try:
        with get_connection() as server:
            for row in [*asked, *due]:
                if (held := _keep_turn(held)) is None:
                    break
                handled += _carry_out(row, server)
    finally:
        _let_go(held)
    return forgotten + handled


def _take_turn():
    """Only one sweep's comparison succeeds; a turn nobody ended is over after its time."""
    SweepPass.objects.get_or_create(name=TURN, defaults={"started_at": now() - LEASE})
    moment = now()
    free = SweepPass.objects.filter(name=TURN, started_at__lte=moment - LEASE)
    return moment if free.update(started_at=moment) else None


def _keep_turn(held):
    """Begin the time of the turn anew before each mail; none if another sweep has it by now."""
    moment = now()
    mine = SweepPass.objects.filter(name=TURN, started_at=held)
    return moment if mine.update(started_at=moment) else None


def _let_go(held):
    ended = {"started_at": now() - LEASE, "ended_at": now()}
    SweepPass.objects.filter(name=TURN, started_at=held).update(**ended)


def _carry_out(row, server):
    """Send what the subscription is due, if anything is, and note how far it has been told."""
    same = Subscription.objects.filter(pk=row.pk, told_until=row.told_until, ended_at=None)
    if not same.exists():
        return 0
    until = now() - COMMITTING if row.is_running else now()
    with translation.override(row.language):
        mail = _digest(row, until) if row.is_running else _question(row)
    if mail and not _sent(mail, row, server):
        return 0
    told = {"digested_at": now()} if mail and row.is_running else {}
    return same.update(told_until=until, **told)


def _sent(mail, row, server):
    """Whether the mail is over and done with: taken, or refused for good."""
    mail.connection = server
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPDataError, MessageError, ValueError) as problem:
        log.warning("Mail of subscription %s: %s.", row.pk, type(problem).__name__)
        return _is_final(problem)
    return True


def _is_final(problem):
    """Refused in a way that another try does not change (RFC 5321: codes from 500)."""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in problem.recipients.values())
    return getattr(problem, "smtp_code", 500) >= 500


def _question(row):
    told = {"label": row.label, "link": site(reverse("following", args=[row.token]))}
    return _mail(
        row,
        _("请确认订阅：%(label)s") % told,
        _("有人（也许是您）请求把“%(label)s”的更新发到这个邮箱。") % told,
        _("要订阅的，请打开下面的网页，再按“确认订阅”：") + f"\n{told['link']}",
        _("不是您本人的，不用理会。三天内没有确认，这个邮箱地址就会从系统中删除。"),
    )


def _digest(row, until):
    """What became public since the last digest and still is; none when there is nothing."""
    scope = row.scope()
    if scope is None:
        return None
    newest = scope.newest(COUNTED + 1)
    fresh = newest.filter(opens_at__gt=row.told_until, opens_at__lte=until)
    total = fresh[: COUNTED + 1].count()
    if not total:
        return None
    lines = [_line(release) for release in newest_first(fresh)[:LISTED]]
    link = site(reverse("following", args=[row.token]))
    ending = _("您订阅了“%(label)s”。查看或退订：%(link)s") % {"label": row.label, "link": link}
    return _mail(row, _subject(row.label, total), *lines, _more(total, scope), ending, _head())


def _subject(label, total):
    told = {"label": label, "count": min(total, COUNTED)}
    if total > COUNTED:
        return _("%(label)s：新公开%(count)s件以上") % told
    return ngettext("%(label)s：新公开%(count)s件", "%(label)s：新公开%(count)s件", total) % told


def _more(total, scope):
    """Where the rest stands that the mail does not list, '' if it lists everything."""
    told = {"more": min(total, COUNTED) - LISTED, "page": site(scope.page)}
    if total > COUNTED:
        return _("另有%(more)s件以上，请看：%(page)s") % told
    return _("另有%(more)s件，请看：%(page)s") % told if total > LISTED else ""


def _head():
    """The ledger's head, to be kept with the mail by somebody outside."""
    told = {"head": newest_line(), "page": site(reverse("ledger"))}
    return (
        told["head"]
        and _("存证账头（留着这封邮件，以后就能验证内容有没有改动过）：%(head)s\n%(page)s") % told
    )


def _line(release):
    """A notice in three lines: day and title, who published it, where it is."""
    edition, day = release.edition, localtime(release.opens_at).date().isoformat()
    told = {"title": clean_line(edition.title)}
    title = _("更正：%(title)s") % told if edition.is_correction else told["title"]
    source = f"{edition.issuer} · {release.entry.display_category}"
    return f"{day}  {title}\n{source}\n{site(release.disclosure.get_absolute_url())}"


def _mail(row, subject, *paragraphs):
    """A letter in plain text, with the headers by which mail programs end it (RFC 8058)."""
    moment = int(row.told_until.timestamp()) if row.told_until else int(row.asked_at.timestamp())
    ending = _("本邮件由系统自动发送，请不要直接回复。")
    return EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join(part for part in (*paragraphs, ending) if part),
        to=[row.email],
        headers={
            "Message-ID": f"<{row.pk}.{moment}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{site(reverse('unfollow', args=[row.token]))}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
