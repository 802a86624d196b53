"""Messages about letters. They say that something came, never what or from whom."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.organisation.models import Message


def arrived(letter):
    """Tell the keepers of the box, each in their own language."""
    for keeper in letter.mailbox.keepers():
        _tell(keeper, _has_arrived, letter, key=f"{letter.pk}:{keeper.pk}")


def answered(reply):
    """Tell the writer who was signed in; anybody else comes back with the receipt."""
    writer = reply.letter.writer
    if writer and writer.is_active:
        _tell(writer, _was_answered, reply.letter, key=f"{reply.pk}")


def _has_arrived(letter):
    return (
        _("新来信：%(number)s") % {"number": letter.number},
        _("您负责的信箱收到一封来信，请进入工作台查看，并在期限内答复。"),
        reverse("admin:feedback_letter_change", args=[letter.pk]),
    )


def _was_answered(letter):
    return (
        _("来信已答复：%(number)s") % {"number": letter.number},
        _("您写给学校的信已有答复，请登录后在“我的来信”中查看。"),
        reverse("letter", args=[letter.pk]),
    )


def _tell(person, told, letter, *, key):
    with translation.override(person.language):
        subject, body, link = told(letter)
    Message.objects.get_or_create(
        key=f"letter{told.__name__}:{key}",
        defaults={"recipient": person, "subject": subject, "body": body, "link": link},
    )
