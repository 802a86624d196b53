"""Messages that acts on an edition leave in the outbox for the people concerned."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.organisation.models import Authority, Message, Office, User


def waiting(edition, review):
    """Tell the holders of the open step; after the last one, those who may publish."""
    if review is None and edition.state != "approved":
        return
    if review:
        people = review.group.user_set.filter(is_active=True)
        told = _review_waits
    else:
        office = Authority.objects.at(edition.disclosure.school, Office.OFFICE)
        people, told = office.holders(), _publication_waits
    authors = {edition.drafted_by_id, edition.edited_by_id}
    _tell([p for p in people if p.pk not in authors], edition, told, {"title": edition.title})


def sent_back(edition, opinion):
    _tell(_authors(edition), edition, _was_sent_back, {"title": edition.title, "opinion": opinion})


def published(edition):
    _tell(_authors(edition), edition, _was_published, {"title": edition.title})


def unconfirmed(edition):
    _tell(_second_persons(edition), edition, _needs_confirmation, {"title": edition.title})


def proposed(edition, wanted, by):
    people = [person for person in _second_persons(edition) if person != by]
    told = _withdrawal_proposed if wanted == "withdraw" else _restoration_proposed
    _tell(people, edition, told, {"title": edition.title, "name": by.name})


def _review_waits(facts):
    return (
        _("待您审核：%(title)s") % facts,
        _("《%(title)s》已送到您这一步，请进入工作台查看全文后决定同意或退回。") % facts,
    )


def _publication_waits(facts):
    return (
        _("待公开：%(title)s") % facts,
        _("《%(title)s》已全部审核通过，请进入工作台办理公开。") % facts,
    )


def _was_sent_back(facts):
    return (
        _("被退回：%(title)s") % facts,
        _("《%(title)s》被退回，意见：%(opinion)s。修改后可以再次送审。") % facts,
    )


def _was_published(facts):
    return (
        _("已公开：%(title)s") % facts,
        _("您起草的《%(title)s》已办理公开。") % facts,
    )


def _needs_confirmation(facts):
    return (
        _("待确认：%(title)s") % facts,
        _("《%(title)s》按紧急程序办理，请另一位有权限的人确认。") % facts,
    )


def _withdrawal_proposed(facts):
    return (
        _("提议撤回：%(title)s") % facts,
        _("%(name)s提议撤回《%(title)s》，请进入工作台决定是否同意。") % facts,
    )


def _restoration_proposed(facts):
    return (
        _("提议恢复：%(title)s") % facts,
        _("%(name)s提议恢复公开《%(title)s》，请进入工作台决定是否同意。") % facts,
    )


def _authors(edition):
    ids = {edition.drafted_by_id, edition.edited_by_id, edition.submitted_by_id} - {None}
    return User.objects.filter(pk__in=ids, is_active=True)


def _second_persons(edition):
    school = edition.disclosure.school
    holding = Authority.objects.filter(
        school=school, office__in=(Office.OFFICE, Office.PRINCIPAL)
    ).values("group")
    others = User.objects.filter(groups__in=holding, is_active=True).distinct()
    return [person for person in others if person.pk != edition.unconfirmed_by_id]


def _tell(people, edition, told, facts):
    """One message a person and version; each in the reader's own language."""
    link = reverse("admin:disclosures_edition_change", args=[edition.pk])
    for person in people:
        with translation.override(person.language):
            subject, body = told(facts)
        key = f"{told.__name__}:{edition.pk}:{edition.version}:{person.pk}"
        Message.objects.get_or_create(
            key=key,
            defaults={"recipient": person, "subject": subject[:200], "body": body, "link": link},
        )
