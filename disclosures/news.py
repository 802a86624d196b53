"""Messages that acts on an edition leave in the outbox for the people concerned."""

from django.db.models import Q
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


def commented(comment):
    """Tell the text's authors and whoever has said something before, if they still read it."""
    edition, by = comment.edition, comment.author
    spoke = edition.comments.exclude(pk=comment.pk).values("author")
    people = User.objects.filter(Q(pk__in=_authors(edition).values("pk")) | Q(pk__in=spoke))
    told = [
        person
        for person in people.filter(is_active=True).exclude(pk=by.pk)
        if type(edition).objects.readable_by(person).filter(pk=edition.pk).exists()
    ]
    facts = {"title": edition.title, "name": by.name}
    _tell(told, edition, _was_commented, facts, mark=comment.pk)


def assigned(review, by, *, mark):
    """Tell whoever is asked by name, unless they took it on themselves."""
    edition = review.edition
    facts = {"title": edition.title, "name": by.name, "day": review.due_on}
    people = [review.assignee] if review.assignee != by else []
    _tell(people, edition, _was_assigned, facts, mark=mark)


def fallen_due(review):
    """Remind whoever took the step on, once for each day set; whether that was news."""
    edition = review.edition
    facts = {"title": edition.title, "day": review.due_on}
    mark = f"{review.pk}:{review.due_on}"
    return _tell([review.assignee], edition, _is_due, facts, mark=mark)


def proposed(edition, wanted, by):
    people = [person for person in _second_persons(edition) if person != by]
    told = {"withdraw": _withdrawal_proposed, "restore": _restoration_proposed}
    facts = {"title": edition.title, "name": by.name}
    _tell(people, edition, told.get(wanted, _redaction_proposed), facts)


def _was_commented(facts):
    return (
        _("有新留言：%(title)s") % facts,
        _("%(name)s在《%(title)s》的文稿上留了言，请进入工作台查看。") % facts,
    )


def _was_assigned(facts):
    told = _("%(name)s请您承办《%(title)s》的审核。") % facts
    if facts["day"]:
        told += _("请最迟在%(day)s办理。") % facts
    return _("请您承办：%(title)s") % facts, told


def _is_due(facts):
    return (
        _("审核到期：%(title)s") % facts,
        _("您承办的《%(title)s》最迟在%(day)s办理，现在还没有决定，请进入工作台办理。") % facts,
    )


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


def _redaction_proposed(facts):
    return (
        _("提议依法隐去：%(title)s") % facts,
        _("%(name)s提议依法隐去《%(title)s》中的部分内容，请您决定。") % facts,
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


def _tell(people, edition, told, facts, *, mark=None):
    """One message a person and mark (the version if none is given), each in their own language.

    How many messages are new.
    """
    link = reverse("admin:disclosures_edition_change", args=[edition.pk])
    mark = mark or f"{edition.pk}:{edition.version}"
    made = 0
    for person in people:
        with translation.override(person.language):
            subject, body = told(facts)
        _message, is_new = Message.objects.get_or_create(
            key=f"{told.__name__}:{mark}:{person.pk}",
            defaults={"recipient": person, "subject": subject[:200], "body": body, "link": link},
        )
        made += is_new
    return made
