"""What those who look at a change ask the person who made it, and the answer."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees import news
from committees.changes import acts_of, changes_watched_by
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.models import Authority, School, User
from portal.organisation.viewer import READS_ALL_OF_SCHOOL


class QuestionQuerySet(RecordedQuerySet):
    def about(self, act):
        """What was asked about an act, in the order of asking."""
        return self.filter(act=str(act.uuid)).with_people().order_by("asked_at")

    def of_matter(self, matter):
        """What was asked about whatever was done on a matter."""
        return self.filter(act__in=acts_of(matter))

    def with_people(self):
        return self.select_related("school", "asked_by", "asked_of", "answered_by")

    def with_acts(self):
        """The questions, each with its act: two queries."""
        questions = list(self.with_people())
        acts = Act.objects.in_bulk({question.act for question in questions}, field_name="uuid")
        by_key = {str(uuid): act for uuid, act in acts.items()}
        for question in questions:
            question.asked_act = by_key[question.act]
        return questions

    def readable_by(self, user):
        """Who asked, who is asked while still in office there, and those who read all of it."""
        whole = Authority.objects.schools_kept_by(user, *READS_ALL_OF_SCHOOL)
        mine = Q(asked_of=user) & in_office()
        return self.filter(mine | Q(asked_by=user) | Q(school__in=whole))

    def waiting_for(self, user):
        """What the person has to answer: as the one who acted, or as the office if they left."""
        kept = Authority.objects.schools_kept_by(user)
        may = Q(asked_of=user) & in_office() | Q(school__in=kept) & ~in_office()
        return self.filter(may, answered_at=None).exclude(asked_by=user)

    def ask(self, act, text, *, by):
        """Ask whoever performed the act; the question goes to them, or to their office."""
        if not text.strip():
            raise Refused(_("请写明要问什么。"))
        if not changes_watched_by(by).filter(pk=act.pk).exists():
            raise Refused(_("这一更动不在您的监督范围内。"))
        question = self.model(
            act=str(act.uuid),
            school=School.objects.get(slug=act.school),
            asked_of=User.objects.filter(pk=act.actor_id).first() if act.actor_id else None,
            text=text.strip(),
            asked_by=by,
        )
        with perform("ask", question, by=by):
            question.save()
            news.asked(question, Question.objects.addressees(question))
        return question

    def addressees(self, question):
        """Whom the question goes to: the actor, or the holders of the office if the actor left."""
        if self.filter(in_office(), pk=question.pk).exists():
            return [question.asked_of]
        office = Authority.objects.at(question.school, "office")
        return list(office.holders().exclude(pk=question.asked_by_id))


class Question(Recorded):
    """A question to the actor of a change, kept beside the act with its answer."""

    act = models.CharField(_("操作编号"), max_length=36, editable=False, db_index=True)
    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    asked_of = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("被询问人"), related_name="+"
    )
    text = models.TextField(_("询问"), max_length=1000)
    asked_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("询问人"), related_name="+"
    )
    asked_at = models.DateTimeField(_("询问时间"), default=now)
    answer = models.TextField(_("答复"), max_length=1000, blank=True, default="")
    answered_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("答复人"), related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("更动询问")
        verbose_name_plural = pgettext_lazy("plural", "更动询问")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False),
                name="question_answer_has_its_moment",
            )
        ]

    def __str__(self):
        return f"{self.act} {self.asked_by.name}"

    def facts(self):
        """Asking and answering belong to the record of the matter and of its school."""
        act = Act.objects.get(uuid=self.act)
        return Facts(
            title=act.title,
            school=self.school.slug,
            subject_id=act.subject_id,
            category=act.category,
            entry=act.entry,
        )

    def reply(self, text, *, by):
        """Answer once; question and answer then stand beside the act for all who read it."""
        if not text.strip():
            raise Refused(_("请写明答复。"))
        with perform("answer", self, by=by):
            self.refresh_from_db(from_queryset=Question.objects.select_for_update(of=("self",)))
            if self.answered_at:
                raise Refused(_("这一询问已经答复。"))
            if not Question.objects.waiting_for(by).filter(pk=self.pk).exists():
                raise Refused(_("这一询问由经办人本人答复；经办人已离任的，由校务公开办公室答复。"))
            self.answer, self.answered_by, self.answered_at = text.strip(), by, now()
            self.save()
            news.answered(self)


def in_office():
    """Whoever is asked still works in an office of that school, or administers the portal."""
    holds = Authority.objects.filter(school=OuterRef("school"), group__user=OuterRef("asked_of"))
    present = Q(asked_of__is_superuser=True) | Q(Exists(holds))
    return Q(asked_of__isnull=False, asked_of__is_active=True) & present
