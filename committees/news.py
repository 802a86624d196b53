"""Messages about questions. They quote nothing: what is removed from a matter leaves no trace."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from committees.changes import kind_label
from portal.ledger.models import Act
from portal.ledger.moments import local_day
from portal.organisation.models import Message


def asked(question, people):
    """Tell whoever has to answer."""
    for person in people:
        with translation.override(person.language):
            facts = _facts(question) | {"name": question.asked_by.name}
            told = _("%(name)s就%(day)s的“%(act)s”提出了询问，请进入工作台答复。") % facts
            _tell(person, question, "asked", _("有一条询问待答复：%(act)s") % facts, told)


def answered(question):
    """Tell whoever asked."""
    person = question.asked_by
    with translation.override(person.language):
        facts = _facts(question) | {"name": question.answered_by.name}
        told = _("%(name)s答复了您就%(day)s的“%(act)s”提出的询问。") % facts
        _tell(person, question, "answered", _("询问已答复：%(act)s") % facts, told)


def _facts(question):
    act = Act.objects.get(uuid=question.act)
    return {"act": kind_label(act), "day": local_day(act.at)}


def _tell(person, question, event, subject, body):
    Message.objects.create(
        recipient=person,
        subject=subject,
        body=body,
        link=reverse("admin:committees_question_change", args=[question.pk]),
        key=f"question:{question.pk}:{event}:{person.pk}",
    )
