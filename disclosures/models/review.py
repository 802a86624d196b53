"""Steps of review and proposals: what one person decides before something happens."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Max, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.shortcuts import assign_perm, remove_perm

from disclosures import news
from disclosures.models.adoption import Adoption
from disclosures.models.disclosure import Disclosure
from disclosures.models.edition import Edition
from disclosures.models.life import Decision, State, holds, is_author
from portal.ledger.acts import Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now, today
from portal.organisation.models import OF_DEPARTMENTS, Authority, Office
from portal.text.reader import listed

IN_FORCE = (Decision.PENDING, Decision.APPROVED)


class ReviewQuerySet(RecordedQuerySet):
    def in_round_of(self, edition):
        """The steps of the edition's newest submission."""
        last = edition.reviews.aggregate(last=Max("round"))["last"] or 0
        return self.filter(edition=edition, round=last)

    def asked(self):
        """The steps that wait for a decision now."""
        return self.filter(
            decision="pending", opened_at__isnull=False, edition__state=State.IN_REVIEW
        )

    def open_to_assign(self, user):
        """The steps whose deciders the person is among, or that their office watches over.

        Nobody chooses who decides on what they drafted or last edited.
        """
        watched = Edition.objects.filter(holds(user, Office.OFFICE) & ~is_author(user))
        deciding = Edition.objects.open_to("approve", user)
        return self.asked().filter(Q(edition__in=deciding) | Q(edition__in=watched))

    def fallen_due(self, day):
        """Assigned steps whose day has come, while the one assigned may still decide."""
        due = self.asked().filter(due_on__lte=day, assignee__is_active=True)
        return due.filter(group__user=F("assignee"))

    def lay_out(self, edition):
        """Freeze the steps and their groups; an office nobody can fill refuses the submission."""
        adoption = Adoption.objects.of(edition.disclosure.school, edition.disclosure.entry)
        chain = [self._authority(edition, office) for office in adoption.steps()]
        empty = [a for a in chain if not edition.deciders(a.office).exists()]
        if empty:
            raise Refused(_must_appoint(empty))
        last = edition.reviews.aggregate(last=Max("round"))["last"] or 0
        for step, authority in enumerate(chain, start=1):
            Review(
                edition=edition,
                round=last + 1,
                step=step,
                office=authority.office,
                group=authority.group,
            ).save()

    def ask_next(self, edition):
        """Grant the row to the office of the next step and tell its holders (or the publishers)."""
        review = edition.open_review()
        if review:
            review.opened_at = now()
            review.save()
            assign_perm("review_disclosure", review.group, edition.disclosure)
        news.waiting(edition, review)

    def close_round(self, edition):
        """Void what the round has decided and not decided, and take its grants away."""
        for review in self.in_round_of(edition).filter(decision__in=IN_FORCE):
            review.decision = Decision.VOID
            review.save()
            remove_perm("review_disclosure", review.group, edition.disclosure)

    def _authority(self, edition, office):
        disclosure = edition.disclosure
        return Authority.objects.at(disclosure.school, office, disclosure.department)


def _must_appoint(authorities):
    return _(
        "还没有可以审核的人：%(offices)s。请校务公开办公室在“任职”中任命（不能是起草人本人）后再送审。"
    ) % {"offices": listed(authorities)}


class Review(Recorded):
    """One step of a review: the office asked, the group it was then, and its decision."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="reviews"
    )
    round = models.PositiveSmallIntegerField(_("轮次"))
    step = models.PositiveSmallIntegerField(_("步骤"))
    office = models.CharField(_("审核职务"), max_length=20, choices=Office.choices)
    group = models.ForeignKey(Group, models.PROTECT, related_name="+")
    decision = models.CharField(
        _("决定"), max_length=10, choices=Decision.choices, default=Decision.PENDING
    )
    opinion = models.TextField(_("意见"), blank=True)
    digest = models.CharField(_("所见内容摘要值"), max_length=64, blank=True)
    reviewer = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("审核人"), related_name="+"
    )
    assignee = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("承办人"), related_name="+"
    )
    due_on = models.DateField(_("办理期限"), null=True)
    opened_at = models.DateTimeField(_("送达时间"), null=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("审核")
        verbose_name_plural = pgettext_lazy("plural", "审核")
        ordering = ["edition", "round", "step"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "round", "step"], name="review_step_once")
        ]

    def __str__(self):
        return f"{self.get_office_display()} {self.get_decision_display()}"

    def facts(self):
        return self.edition.facts()

    def office_title(self, department):
        """The office as the record names it, with the department where there is one in each."""
        with translation.override(settings.LANGUAGE_CODE):
            title = str(self.get_office_display())
        return f"{department.name} {title}" if self.office in OF_DEPARTMENTS else title

    def candidates(self):
        """Who may be asked by name: whoever could decide this step."""
        edition = self.edition
        holders = self.group.user_set.filter(is_active=True)
        return holders.exclude(pk__in=[edition.drafted_by_id, edition.edited_by_id])

    def assign(self, *, by, to, due_on=None):
        """Name who takes the open step on, and by which day. The others may still decide it."""
        with perform("assign", self, by=by) as act:
            Disclosure.objects.locked(self.edition.disclosure_id)
            stored = Review.objects.asked().filter(pk=self.pk).first()
            if stored is None:
                raise Refused(_("这一步已经办完或者还没轮到，不能指定承办人。请刷新后再看。"))
            if not Review.objects.open_to_assign(by).filter(pk=self.pk).exists():
                raise Refused(_("您没有对这份文稿办理“指定承办人”的权限。"))
            if not self.candidates().filter(pk=to.pk).exists():
                raise Refused(_("承办人要从这一步可以审核的人里选。"))
            if due_on and due_on < today():
                raise Refused(_("办理期限不能早于今天。"))
            if (stored.assignee_id, stored.due_on) == (to.pk, due_on):
                raise Refused(_("已经这样指定了，不用再办一次。"))
            self.assignee, self.due_on = to, due_on
            self.save()
            news.assigned(self, by, mark=act.uuid)

    def decide(self, decision, *, by, opinion, seen):
        """Write the decision and the digest it was about; the grant on the row ends with it."""
        self.decision, self.opinion, self.digest = decision, opinion, seen
        self.reviewer, self.decided_at = by, now()
        self.save()
        remove_perm("review_disclosure", self.group, self.edition.disclosure)


class ProposalQuerySet(RecordedQuerySet):
    def waiting(self):
        return self.filter(outcome="")

    def open(self, edition, act, *, by, reason, **more):
        Proposal(edition=edition, act=act, reason=reason, proposed_by=by, **more).save()

    def settle(self, act, outcome, *, by):
        """Close the open proposal of the act, if there is one, and return it."""
        proposal = self.filter(act=act, outcome="").first()
        if proposal:
            proposal.outcome, proposal.settled_by, proposal.settled_at = outcome, by, now()
            proposal.save()
        return proposal


class Proposal(Recorded):
    """What one person wants done to a published matter and a second one decides."""

    class Wanted(models.TextChoices):
        WITHDRAW = "withdraw", pgettext_lazy("wanted", "撤回")
        RESTORE = "restore", pgettext_lazy("wanted", "恢复公开")
        REDACT = "redact", pgettext_lazy("wanted", "依法隐去")

    class Outcome(models.TextChoices):
        OPEN = "", _("待办理")
        AGREED = "agreed", pgettext_lazy("decision", "同意")
        DECLINED = "declined", pgettext_lazy("decision", "不同意")
        LAPSED = "lapsed", _("已失效")

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="proposals"
    )
    act = models.CharField(_("提议"), max_length=20, choices=Wanted.choices)
    ground = models.CharField(_("原因"), max_length=10, choices=Edition.Ground.choices, blank=True)
    basis = models.CharField(_("依据"), max_length=10, choices=Edition.Basis.choices, blank=True)
    names = models.JSONField(_("要隐去的部分"), default=list, blank=True)
    reason = models.CharField(_("理由"), max_length=300)
    proposed_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("提出人"), related_name="+"
    )
    proposed_at = models.DateTimeField(_("提出时间"), default=now)
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices, blank=True)
    settled_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("办理人"), related_name="+"
    )
    settled_at = models.DateTimeField(_("办理时间"), null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("提议")
        verbose_name_plural = pgettext_lazy("plural", "提议")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "act"], condition=Q(outcome=""), name="proposal_open_once"
            )
        ]

    def __str__(self):
        return f"{self.get_act_display()} {self.edition}"

    def facts(self):
        return self.edition.facts()
