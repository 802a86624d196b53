"""Who may move an edition, and the moving of it: every act passes through here."""

from contextlib import contextmanager

from django.db import models
from django.utils.translation import gettext_lazy as _

from disclosures.models.disclosure import Disclosure, drafting_departments
from disclosures.models.life import (
    TRANSITIONS,
    WHO,
    Decision,
    State,
    edits,
    holds,
    newest,
    not_yours,
    published_beneath,
    reviewed,
    wrong_state,
)
from disclosures.models.standing import EditionStanding
from portal.ledger.acts import Refused, Stale, perform
from portal.ledger.history import RecordedQuerySet
from portal.organisation.models import OF_DEPARTMENTS, Office, User


class EditionQuerySet(RecordedQuerySet):
    def open_to(self, act, user):
        """The editions on which the person may perform the act now: list, gate, count, button."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        sources, _target = TRANSITIONS[act]
        return self.filter(WHO[act](user), state__in=sources)

    def awaiting_review_by(self, user):
        return self.open_to("approve", user)

    def open_to_roll_forward(self, user):
        """The newest published editions of the departments the person drafts for."""
        departments = drafting_departments(user) if user.is_active else []
        place = models.Q(disclosure__department__in=departments)
        return self.filter(place, newest(), state=State.PUBLISHED)

    def readable_by(self, user):
        """Drafts and past editions a member of staff may open in the workplace.

        Editors see their departments', reviewers the rows put before them, principal, office
        and supervision group their school's; a bureau's office what its schools have published.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            edits(user)
            | reviewed(user)
            | holds(user, Office.OFFICE, Office.PRINCIPAL, Office.SUPERVISION)
            | published_beneath(user)
        )

    def with_row(self):
        """What a list or a page of editions shows of the rows around them, in one query."""
        return self.select_related(
            "disclosure__school", "disclosure__department", "disclosure__entry", "drafted_by"
        )


class EditionMoving(EditionStanding):
    """How an edition passes from one state to the next; the acts themselves are `Edition`'s."""

    class Meta:
        abstract = True

    def open_review(self):
        """The review step that waits for a decision, if the edition is in review."""
        return self.reviews.filter(decision=Decision.PENDING).order_by("step").first()

    def deciders(self, office):
        """The people an office's step asks: its holders, without who drafted or last edited."""
        disclosure = self.disclosure
        department = disclosure.department_id if office in OF_DEPARTMENTS else None
        holders = User.objects.filter(
            is_active=True,
            groups__authority__school=disclosure.school_id,
            groups__authority__office=office,
            groups__authority__department=department,
        )
        return holders.exclude(pk__in=[self.drafted_by_id, self.edited_by_id]).distinct()

    def acts_open_to(self, user):
        """The names of the acts the person may perform on this edition now (one query)."""
        conditions = {
            f"may_{name}": models.Exists(
                type(self).objects.open_to(name, user).filter(pk=models.OuterRef("pk"))
            )
            for name in TRANSITIONS
        }
        row = type(self).objects.filter(pk=self.pk).annotate(**conditions).values(*conditions).get()
        return {name.removeprefix("may_") for name, may in row.items() if may}

    def why_not(self, act, by):
        """The sentence that tells the person why this act is not open to them."""
        sources, _target = TRANSITIONS[act]
        if self.state not in sources:
            return wrong_state(act, self.state)
        return not_yours(self, act, by)

    @contextmanager
    def moving(self, act, *, by, reason="", version=None):
        """Perform an act: lock, compare stored state and version, ask who, then let it change.

        An act that fails leaves this object as it leaves the row: as it was.
        """
        _sources, target = TRANSITIONS[act]
        fields = {field.attname: getattr(self, field.attname) for field in self._meta.fields}
        disclosure = self.disclosure
        try:
            with perform(
                act, self, by=by, reason=reason, office=self._office_of(by, act)
            ) as record:
                self.disclosure = Disclosure.objects.locked(self.disclosure_id)
                self.ensure_open_to(act, by=by, version=version)
                self.state = target or self.state
                self.version += 1
                yield record
        except BaseException:
            for name, value in fields.items():
                setattr(self, name, value)
            self.disclosure = disclosure
            raise

    def ensure_open_to(self, act, *, by, version=None):
        """Refuse, with its sentence, what the row as it is stored does not allow the person."""
        sources, _target = TRANSITIONS[act]
        stored = type(self).objects.only("state", "version").get(pk=self.pk)
        if stored.state not in sources:
            raise Refused(wrong_state(act, stored.state))
        if stored.version != self.version or version not in (None, stored.version):
            raise Stale(_("这份文稿刚刚被别人改动过，请刷新后再办理。"))
        if not type(self).objects.open_to(act, by).filter(pk=self.pk).exists():
            raise Refused(not_yours(self, act, by))

    def _office_of(self, by, act):
        """The office the person acts in, as the record names it."""
        review = self.open_review() if act in ("approve", "send_back") else None
        department = self.disclosure.department
        if review and review.group.user_set.filter(pk=by.pk).exists():
            return review.office_title(department)
        return by.offices_at(self.disclosure.school.slug, department=department)
