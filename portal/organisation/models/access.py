"""Ways in besides a password: first activation, a class's code, standing in for somebody."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now, today
from portal.organisation.codes import digests_of, new_code
from portal.organisation.models.authority import Authority
from portal.organisation.models.department import SchoolClass
from portal.organisation.models.post import Post
from portal.organisation.models.work import Message

ACTIVATION_DAYS = 30
ACTIVATION_LENGTH = 20
CLASS_CODE_LENGTH = 15
CLASS_CODE_DAYS = 400


def _lock(user):
    """What is stored of the person counts, and stays so until the act commits."""
    user.refresh_from_db(from_queryset=type(user).objects.select_for_update())


class ActivationCodeQuerySet(models.QuerySet):
    def put(self, user, *, by):
        """Give the person a new code, which voids an older one, and return it.

        The code is told to nobody else and not stored. It belongs into the act that opens the
        account or that hands the person a new code.
        """
        code, made_at = new_code(ACTIVATION_LENGTH), now()
        values = {
            "code_digest": digests_of(code)[0],
            "made_by": by,
            "made_at": made_at,
            "expires_at": made_at + timedelta(days=ACTIVATION_DAYS),
            "used_at": None,
        }
        self.update_or_create(user=user, defaults=values)
        return code

    def issue(self, user, *, by):
        """Hand a person whose account was never activated a new code, and return it."""
        with perform("issue_code", user, by=by):
            _lock(user)
            if not user.is_active or user.has_usable_password():
                raise Refused(_("这个账号已经激活或已停用，不能发激活码。忘记密码请用“重置密码”。"))
            return self.put(user, by=by)

    def open_with(self, username, code):
        """The unused, unexpired code of a person who has set no password yet, else None."""
        found = self.filter(
            code_digest__in=digests_of(code), used_at=None, expires_at__gt=now()
        ).select_related("user")
        row = found.filter(user__username=username, user__is_active=True).first()
        return row if row and not row.user.has_usable_password() else None


class ActivationCode(models.Model):
    """A code with which an imported person sets their first password, once."""

    user = models.OneToOneField(
        "organisation.User", models.PROTECT, verbose_name=_("人员"), related_name="activation"
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("建立时间"), default=now)
    expires_at = models.DateTimeField(_("有效至"))
    used_at = models.DateTimeField(_("使用时间"), null=True)

    objects = ActivationCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("激活码")
        verbose_name_plural = pgettext_lazy("plural", "激活码")

    def __str__(self):
        return str(self.user)

    def activate(self, password):
        """The person sets their first password; the code opens nothing afterwards."""
        with perform("activate", self.user, by=self.user):
            stored = ActivationCode.objects.select_for_update().get(pk=self.pk)
            same = stored.code_digest == self.code_digest and stored.used_at is None
            _lock(self.user)
            if not same or self.user.has_usable_password() or not self.user.is_active:
                raise Refused(_("这个激活码已经用过。请直接登录，或请校务公开办公室帮忙。"))
            stored.used_at = now()
            stored.save(update_fields=["used_at"])
            self.user.set_password(password)
            self.user.must_change_password = False
            self.user.save()


class ClassCodeQuerySet(RecordedQuerySet):
    def open(self):
        """Codes not revoked and not run out, of classes and schools that still are."""
        day = today()
        of_class = Q(school_class__closed_on=None) | Q(school_class__closed_on__gt=day)
        school = "school_class__school__closed_on"
        of_school = Q(**{school: None}) | Q(**{f"{school}__gt": day})
        return self.filter(of_class, of_school, revoked_at=None, expires_on__gte=day)

    def open_with(self, school, code):
        """The school's open code that was typed; None for whatever is wrong with it."""
        return (
            self.open()
            .filter(code_digest__in=digests_of(code), school_class__school=school)
            .first()
        )

    def schools_of(self, keys):
        """The ids of the schools whose parents' audience the codes with these keys open now."""
        return set(self.open().filter(pk__in=keys).values_list("school_class__school", flat=True))


class ClassCode(Recorded):
    """A code the parents of a class share: it opens the parents' audience of their school."""

    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, verbose_name=_("班级"), related_name="codes"
    )
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("建立人"), related_name="+"
    )
    made_at = models.DateTimeField(_("建立时间"), default=now)
    expires_on = models.DateField(_("有效至"))
    revoked_at = models.DateTimeField(_("收回时间"), null=True)

    objects = ClassCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("班级查看码")
        verbose_name_plural = pgettext_lazy("plural", "班级查看码")
        ordering = ["-made_at"]

    def __str__(self):
        return str(self.school_class)

    def facts(self):
        return Facts(title=str(self.school_class), school=self.school_class.school.slug)

    @property
    def is_open(self):
        return self.revoked_at is None and today() <= self.expires_on

    def issue(self, *, by):
        """Make the code and return it: it is shown this once, and only its digest is kept."""
        school = self.school_class.school
        if not Authority.objects.schools_kept_by(by).filter(pk=school.pk).exists():
            raise Refused(_("班级查看码由本校校务公开办公室发放和收回。"))
        if not today() <= self.expires_on <= today() + timedelta(days=CLASS_CODE_DAYS):
            raise Refused(_("有效期请选今天起%(days)d天以内的日期。") % {"days": CLASS_CODE_DAYS})
        closed_on = self.school_class.closed_on
        if closed_on and closed_on <= today():
            raise Refused(_("这个班已经毕业或撤销，不能发放查看码。"))
        code = new_code(CLASS_CODE_LENGTH)
        with perform("issue_code", self, by=by):
            self.made_by, self.made_at = by, now()
            self.code_digest = digests_of(code)[0]
            self.save()
        return code

    def revoke(self, *, by, reason=""):
        """Let the code open nothing from now on, for everybody who has typed it."""
        with perform("revoke_code", self, by=by, reason=reason):
            self.refresh_from_db(from_queryset=ClassCode.objects.select_for_update())
            school = self.school_class.school_id
            if not Authority.objects.schools_kept_by(by).filter(pk=school).exists():
                raise Refused(_("班级查看码由本校校务公开办公室发放和收回。"))
            if self.revoked_at:
                raise Refused(_("这个查看码已经收回，不用再办一次。"))
            self.revoked_at = now()
            self.save()


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
                condition=Q(ends_on__gt=F("starts_on")),
                name="stand_in_ends_after_start",
                violation_error_message=_("代理结束日期要晚于开始日期。"),
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
        """Let the person hold the post no longer, from today.

        The row spans at least a day, so one that ends on its first day is dated a day back.
        """
        with perform("end_stand_in", self, by=by, reason=reason):
            self.refresh_from_db(from_queryset=StandIn.objects.select_for_update())
            self._ensure_kept_by(by)
            if self.is_over(today()):
                raise Refused(_("这项代理已经结束，不用再办一次。"))
            self.ends_on = today()
            self.starts_on = min(self.starts_on, self.ends_on - timedelta(days=1))
            self.save()
            self.user.follow_posts()

    def _ensure_kept_by(self, by):
        if not Authority.objects.schools_kept_by(by).filter(pk=self.post.school_id).exists():
            raise Refused(_("代理由本校校务公开办公室安排和结束。"))

    def _ensure_fit(self, by):
        if by == self.user:
            raise Refused(_("不能安排自己代理，请由另一位有权限的人办理。"))
        if self.user_id == self.post.user_id:
            raise Refused(_("本人的职务不用自己代理，请另选代理人。"))
        if not self.user.is_active or self.user.home_id != self.post.school_id:
            raise Refused(_("代理人要是本校账号有效的人员，请另选。"))
        if self.ends_on <= self.starts_on:
            raise Refused(_("代理结束日期要晚于开始日期。"))
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
