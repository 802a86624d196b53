"""Sending the messages that acts have left in the outbox."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from portal.ledger.moments import now
from portal.organisation.models import Message

TRIES = 8
BATCH = 200


def send_due_messages() -> int:
    """Send what is due, oldest first, at most `BATCH` a pass; returns how many were handled.

    A message is sent by the one sweep that claims it. A sweep killed between the mail server's
    yes and its own note sends once more after the pause, under the same Message-ID.
    """
    due = Message.objects.due(now()).select_related("recipient")[:BATCH]
    return sum(_deliver(message) for message in list(due))


def _deliver(message):
    if not _claim(message):
        return 0
    try:
        _mail(message)
    except Exception as problem:
        _note_failure(message, problem)
    else:
        _note(message, state=Message.State.SENT, sent_at=now(), error="")
    return 1


def _claim(message):
    """Put off the next try before this one begins; only one sweep's comparison succeeds."""
    pause = timedelta(minutes=2 ** (message.tries_count + 1))
    waiting = Message.objects.filter(
        pk=message.pk,
        state=Message.State.WAITING,
        tries_count=message.tries_count,
        due_at=message.due_at,
    )
    claimed = waiting.update(tries_count=F("tries_count") + 1, due_at=now() + pause)
    message.tries_count += claimed
    return bool(claimed)


def _note_failure(message, problem):
    """Keep the cause; after the last try the message stays, marked as failed."""
    over = message.tries_count >= TRIES
    state = Message.State.FAILED if over else Message.State.WAITING
    _note(message, state=state, error=f"{type(problem).__name__}: {problem}"[:500])


def _note(message, **values):
    Message.objects.filter(
        pk=message.pk, state=Message.State.WAITING, tries_count=message.tries_count
    ).update(**values)


def _mail(message):
    """By e-mail to whoever has an address; everybody else finds the message on the site."""
    person = message.recipient
    if not person.email or not person.is_active:
        return
    with translation.override(person.language):
        mail = EmailMessage(
            subject=" ".join(message.subject.split()),
            body=_letter(message),
            to=[person.email],
            headers={"Message-ID": f"<{message.pk}@{urlsplit(settings.SITE_URL).hostname}>"},
        )
    mail.send()


def _letter(message):
    lines = [_("%(name)s，您好：") % {"name": message.recipient.name}, message.body]
    if message.link:
        link = settings.SITE_URL + message.link
        lines.append(_("请打开：%(link)s") % {"link": link})
    lines.append(_("本邮件由系统自动发送，请不要直接回复。"))
    return "\n\n".join(lines)
