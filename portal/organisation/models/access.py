"""Ways in besides a password: first activation, and a class's code."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import now, today
from portal.organisation.codes import digests_of, new_code
from portal.organisation.models.authority import Authority
from portal.organisation.models.department import SchoolClass

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

    def opening(self, keys):
        """The schools whose parents' audience these codes open now: their ids, to a code's key."""
        return dict(self.open().filter(pk__in=keys).values_list("school_class__school", "pk"))


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
        self._ensure_kept_by(by)
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
            self._ensure_kept_by(by)
            if self.revoked_at:
                raise Refused(_("这个查看码已经收回，不用再办一次。"))
            self.revoked_at = now()
            self.save()

    def _ensure_kept_by(self, by):
        if not Authority.objects.keeps(by, self.school_class.school_id):
            raise Refused(_("班级查看码由本校校务公开办公室发放和收回。"))
