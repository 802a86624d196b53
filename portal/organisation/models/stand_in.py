"""Standing in for somebody who is away (A/B岗)."""

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models.authority import Authority
from portal.organisation.models.post import Post
from portal.organisation.models.work import Message

NEVER_BEGUN = _("代理结束日期要晚于开始日期。只代理一天的，结束日期填第二天。")


class StandInQuerySet(RecordedQuerySet):
    def on(self, day):
        """Those who stand in on the day for a post held then (`ends_on` is the first day off)."""
        return self.filter(starts_on__lte=day, ends_on__gt=day, post__in=Post.objects.held(day))

    def overlapping(self, other):
        """Those who stand in for the same post on a day of the other's."""
        same = self.filter(post=other.post_id).exclude(pk=other.pk)
        return same.filter(starts_on__lt=other.ends_on, ends_on__gt=other.starts_on)


class StandIn(Recorded):
    """Somebody who holds another person's post while that person is away (A/B岗)."""

    post = models.ForeignKey(
        Post, models.PROTECT, verbose_name=_("代理的任职"), related_name="stand_ins"
    )
    user = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("代理人"), related_name="standing_in"
    )
    starts_on = models.DateField(_("代理开始"), default=today)
    ends_on = models.DateField(_("代理结束"))

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("代理")
        verbose_name_plural = pgettext_lazy("plural", "代理")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="stand_in_ends_after_start",
                violation_error_message=NEVER_BEGUN,
            )
        ]

    def __str__(self):
        return f"{self.user.name} {self.post.get_office_display()}"

    def facts(self):
        return Facts(
            title=str(self), school=self.post.school.slug, subject_id=str(self.post.user_id)
        )

    def is_over(self, on):
        return self.ends_on <= on

    def arrange(self, *, by, reason=""):
        """Let the person hold the post between the two days. Four eyes still go by person."""
        with perform("stand_in", self, by=by, reason=reason) as act:
            self.post = Post.objects.select_for_update().get(pk=self.post_id)
            self._ensure_kept_by(by)
            self._ensure_fit(by)
            self.save()
            self.user.follow_posts()
            self._tell(by, mark=act.uuid)

    def end(self, *, by, reason=""):
        """Let the person hold the post no longer, from today; one not begun never begins."""
        with perform("end_stand_in", self, by=by, reason=reason):
            self.refresh_from_db(from_queryset=StandIn.objects.select_for_update())
            self._ensure_kept_by(by)
            if self.is_over(today()):
                raise Refused(_("这项代理已经结束，不用再办一次。"))
            self.ends_on = today()
            self.starts_on = min(self.starts_on, self.ends_on)
            self.save()
            self.user.follow_posts()

    def _ensure_kept_by(self, by):
        if not Authority.objects.keeps(by, self.post.school_id):
            raise Refused(_("代理由本校校务公开办公室安排和结束。"))

    def _ensure_fit(self, by):
        if by == self.user:
            raise Refused(_("不能安排自己代理，请由另一位有权限的人办理。"))
        if self.user_id == self.post.user_id:
            raise Refused(_("本人的职务不用自己代理，请另选代理人。"))
        if not self.user.is_active or self.user.home_id != self.post.school_id:
            raise Refused(_("代理人要是本校账号有效的人员，请另选。"))
        if self.ends_on <= self.starts_on:
            raise Refused(NEVER_BEGUN)
        if self.starts_on < today():
            raise Refused(_("代理开始日期不能早于今天。"))
        if self.post.is_over(self.starts_on) or self.post.starts_on >= self.ends_on:
            raise Refused(_("这项任职在所选的日期里没有人担任，不用代理。"))
        if other := StandIn.objects.overlapping(self).select_related("user").first():
            raise Refused(
                _("这段时间已经由%(name)s代理，请先结束那项代理，或另选日期。")
                % {"name": other.user.name}
            )

    def _tell(self, by, *, mark):
        """Whoever stands in and whoever is away learn of it, in their own language."""
        for person in {self.user, self.post.user} - {by}:
            with translation.override(person.language):
                facts = {
                    "name": self.user.name,
                    "away": self.post.user.name,
                    "office": self.post.office_title(),
                    "starts_on": self.starts_on,
                    "ends_on": self.ends_on,
                }
                subject = _("代理安排：%(name)s代理%(away)s") % facts
                body = _(
                    "从%(starts_on)s起，由%(name)s代理%(away)s的%(office)s，到%(ends_on)s为止（当天不再代理）。"
                )
                Message.objects.create(
                    recipient=person,
                    subject=str(subject),
                    body=str(body % facts),
                    key=f"stand_in:{mark}:{person.pk}",
                )
