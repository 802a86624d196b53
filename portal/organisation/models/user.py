"""The people who sign in."""

import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import SAVED_WHOLE, trail
from portal.ledger.moments import now, today
from portal.organisation.models.authority import Authority
from portal.organisation.models.post import Post
from portal.organisation.models.stand_in import StandIn
from portal.organisation.models.work import Message
from portal.text.reader import listed

NOT_IN_HISTORY = ["password", "last_login"]


class PeopleManager(UserManager):
    def kept_by(self, user):
        """The people whose accounts the person may change.

        The system administrator keeps all; a school's office keeps the people at home there, but
        neither a system administrator nor anybody who holds a post in another school: whoever
        sets a password could act with all that the account may do.
        """
        if user.is_superuser:
            return self.all()
        kept = Authority.objects.schools_kept_by(user)
        elsewhere = Post.objects.exclude(school__in=kept).exclude(ends_on__lte=today())
        people = self.filter(home__in=kept, is_superuser=False)
        return people.exclude(pk__in=elsewhere.values("user"))


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do follows from dated posts, what they may read from affiliations."""

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        _("用户名"),
        max_length=40,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("这个用户名已有人使用，请换一个。")},
    )
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.CharField(_("手机"), max_length=20, blank=True)
    email = models.EmailField(_("电子邮箱"), null=True, blank=True, unique=True)
    language = models.CharField(
        _("语言"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", _("简体中文")), ("zh-hant", _("繁體中文")), ("en", "English")],
    )
    home = models.ForeignKey(
        "organisation.School",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("所在单位"),
        related_name="people",
        help_text=_("由这个单位的校务公开办公室管理账号。"),
    )
    is_staff = models.BooleanField(_("可进入工作台"), default=False, editable=False)
    is_active = models.BooleanField(_("账号有效"), default=True, editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(_("建立时间"), default=now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PeopleManager()
    history = trail(excluded_fields=NOT_IN_HISTORY)

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = pgettext_lazy("plural", "人员")
        ordering = ["username"]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    def facts(self):
        return Facts(title=self.name, school=self.home.slug if self.home else "")

    def content_digest(self):
        return ""

    def save(self, *args, **kwargs):
        """An empty address is no address: uniqueness must ignore it.

        Signing in writes only what the history leaves out, and so leaves no row in it. All else is
        saved whole, as of every recorded row.
        """
        self.email = self.email or None
        only = set(kwargs.get("update_fields") or ())
        if only - set(NOT_IN_HISTORY):
            raise TypeError(SAVED_WHOLE)
        if only:
            self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            self.__dict__.pop("skip_history_when_saving", None)

    def offices_at(self, slug, *, department=None):
        """The offices held today as the record names them: at the school, else elsewhere.

        With a department only its offices count, beside those of the whole school.
        """
        posts = self.posts_on(today()).select_related("school", "department")
        if department:
            posts = posts.filter(models.Q(department=None) | models.Q(department=department))
        held = list(posts.order_by("starts_on", "pk"))
        with translation.override(settings.LANGUAGE_CODE):
            here = [self._title_in(post) for post in held if post.school.slug == slug]
            away = [f"{post.school.short_name} {self._title_in(post)}" for post in held]
            keeper = str(_("系统管理员")) if self.is_superuser else ""
            return listed(dict.fromkeys(here or away)) or keeper

    def _title_in(self, post):
        """The office as the record names it: whoever only stands in is named as such."""
        title = post.office_title()
        return title if post.user_id == self.pk else str(_("代理%(title)s") % {"title": title})

    def posts_on(self, day):
        """The posts the person holds on the day, or stands in for."""
        stood_in = StandIn.objects.on(day).filter(user=self)
        own = models.Q(user=self) | models.Q(pk__in=stood_in.values("post"))
        return Post.objects.held(day).filter(own)

    @transaction.atomic
    def follow_posts(self, on=None):
        """Make groups and access to the workplace those of the posts held or stood in for.

        This is the only place that writes `groups`; it runs inside the act that appoints or
        ends, and in the sweep on the days a post begins or runs out.
        """
        on = on or today()
        self._lock()
        held = [post.authority().group_id for post in self.posts_on(on)]
        self.groups.set(held)
        staff = bool(held) or self.is_superuser
        if staff != self.is_staff:
            self.is_staff = staff
            self.save()

    def register(self, password, *, by):
        """Open an account with a first password, to be changed at the first sign-in."""
        with perform("register", self, by=by):
            self.set_password(password)
            self.must_change_password = True
            self.save()

    def reset_password(self, password, *, by):
        """The office, or the system administrator, sets a first password to be changed."""
        if by == self:
            raise Refused(_("自己的密码请在“修改密码”页面更改。"))
        with perform("reset_password", self, by=by) as act:
            self._lock()
            if not self.is_active:
                raise Refused(_("账号已停用，请先启用账号再重置密码。"))
            self.set_password(password)
            self.must_change_password = True
            self.save()
            self._tell_of_reset(by, key=f"reset_password:{act.uuid}")

    def change_password(self, password):
        """The person sets a password of their own; only they know it."""
        with perform("change_password", self, by=self):
            self._lock()
            self.set_password(password)
            self.must_change_password = False
            self.save()

    def deactivate(self, *, by, reason):
        """People are never deleted: what they did stays theirs."""
        if by == self:
            raise Refused(_("不能停用自己的账号。"))
        with perform("deactivate", self, by=by, reason=reason):
            self._lock()
            if not self.is_active:
                raise Refused(_("这个账号已经停用。"))
            self.is_active = False
            self.save()

    def reactivate(self, *, by, reason):
        with perform("reactivate", self, by=by, reason=reason):
            self._lock()
            if self.is_active:
                raise Refused(_("这个账号正在使用，不需要启用。"))
            self.is_active = True
            self.save()

    def _lock(self):
        """What is stored now counts, not what was read before the act.

        The key stays, so that rows which name the person need not wait.
        """
        self.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))

    def _tell_of_reset(self, by, *, key):
        """Whoever did not ask for it must learn of it."""
        with translation.override(self.language):
            subject = str(_("您的密码已被重置"))
            body = _("%(name)s重置了您的登录密码。如果您没有提出过，请立即联系校务公开办公室。") % {
                "name": by.name
            }
            Message.objects.create(recipient=self, subject=subject, body=body, key=key)
