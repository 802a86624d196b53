"""The groups that lead and supervise disclosure, and who belongs to them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models import Authority, Office, Post, School, User
from portal.text.reader import named

SHARE = 20


class CommitteeQuerySet(RecordedQuerySet):
    def of(self, school):
        """The groups of the school, with what their addresses need."""
        return self.filter(school=school).select_related("school").order_by("kind")

    def formed_by(self, user):
        """The groups whose members the person may take in and release: their school's office."""
        return self.filter(school__in=Authority.objects.schools_kept_by(user))

    def watched_through(self, user):
        """The supervision groups in whose office the person is: they set how much they look at."""
        schools = Authority.objects.schools_kept_by(user, Office.SUPERVISION)
        return self.filter(school__in=schools, kind=Committee.Kind.SUPERVISION)


class Committee(Recorded):
    """A leading or supervision group of a school (《关于全面推进校务公开工作的意见》).

    It holds one office: joining gives the person the post, leaving ends it.
    """

    class Kind(models.TextChoices):
        LEADING = "leading", _("校务公开领导小组")
        SUPERVISION = "supervision", _("校务公开监督小组")

    OFFICES = {Kind.LEADING: Office.LEADING_GROUP, Kind.SUPERVISION: Office.SUPERVISION}

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    kind = models.CharField(_("小组类型"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("小组名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)
    duties = models.TextField(_("职责"), blank=True)
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    founded_on = models.DateField(_("成立日期"), default=today)
    share = models.PositiveSmallIntegerField(_("抽查比例（%）"), default=SHARE, editable=False)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("小组")
        verbose_name_plural = pgettext_lazy("plural", "小组")
        ordering = ["school", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], name="committee_kind_once"),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100), name="committee_share_in_hundred"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("committee", args=[self.school.slug, self.kind])

    @property
    def display_name(self):
        """The name in the reader's language, as far as the school has given one."""
        return named(self.name, self.name_en)

    def facts(self):
        return Facts(title=self.name, school=self.school.slug)

    @property
    def office(self):
        return self.OFFICES[self.kind]

    def roster(self, on=None):
        """The members on the day: head first, then deputies, then members."""
        return self.memberships.on(on or today()).select_related("user")

    def past_members(self, on=None):
        """The seats that have ended, the last to leave first."""
        return self.memberships.ended(on or today()).select_related("user", "post")

    def candidates(self, by):
        """The people of the school who are not in the group. Nobody may choose themselves."""
        people = User.objects.filter(
            Q(home=self.school)
            | Q(posts__school=self.school)
            | Q(affiliations__school=self.school),
            is_active=True,
        )
        seated = self.memberships.not_ended(today()).values("user")
        return people.exclude(pk=by.pk).exclude(pk__in=seated).distinct().order_by("name")

    def take_in(self, user, *, role, by, represents="", starts_on=None):
        """Let a person join; the group's office comes with the seat."""
        self.ensure_seated_by(by, user)
        if self.memberships.not_ended(today()).filter(user=user).exists():
            raise Refused(_("%(name)s已经是这个小组的成员。") % {"name": user.name})
        starts_on = starts_on or today()
        post = Post(user=user, school=self.school, office=self.office, starts_on=starts_on)
        seat = Membership(
            committee=self, user=user, role=role, represents=represents, starts_on=starts_on
        )
        with perform("join", seat, by=by):
            self._close_left_seats(user)
            post.appoint(by=by)
            seat.post = post
            seat.save()
        return seat

    def set_share(self, share, *, by):
        """Say how many of a hundred changes the group looks at; nobody it watches says so."""
        if not Committee.objects.watched_through(by).filter(pk=self.pk).exists():
            raise Refused(_("抽查比例由监督小组自己设定，您不能设定。"))
        if not 1 <= share <= 100:
            raise Refused(_("抽查比例要在1到100之间。"))
        with perform("set_share", self, by=by):
            self.refresh_from_db(from_queryset=Committee.objects.select_for_update())
            self.share = share
            self.save()

    def ensure_seated_by(self, by, user):
        """Refuse whoever may not let this person in or out."""
        if by == user:
            raise Refused(_("不能办理自己进出小组，请由另一位有权限的人办理。"))
        if not Committee.objects.formed_by(by).filter(pk=self.pk).exists():
            raise Refused(_("小组成员由本校校务公开办公室办理，您不能办理。"))

    def _close_left_seats(self, user):
        """Seats whose post was ended elsewhere end on the day the post did."""
        for seat in self.memberships.filter(user=user, ends_on=None):
            seat.ends_on = seat.post.ends_on
            seat.save()


class MembershipQuerySet(RecordedQuerySet):
    """A seat lasts as long as its post: without the office nobody is in the group."""

    def not_ended(self, day):
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=day),
            Q(post__ends_on=None) | Q(post__ends_on__gt=day),
        ).order_by("rank", "starts_on")

    def on(self, day):
        return self.not_ended(day).filter(starts_on__lte=day)

    def ended(self, day):
        over = Q(ends_on__lte=day) | Q(post__ends_on__lte=day)
        return self.filter(over).order_by("-post__ends_on", "rank")


class Membership(Recorded):
    """A person's seat in a committee from one day to another."""

    class Role(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY = "deputy", _("副组长")
        MEMBER = "member", _("成员")

    committee = models.ForeignKey(
        Committee, models.PROTECT, verbose_name=_("小组"), related_name="memberships"
    )
    user = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("人员"), related_name="+"
    )
    post = models.ForeignKey(Post, models.PROTECT, editable=False, related_name="+")
    role = models.CharField(_("小组职务"), max_length=10, choices=Role.choices)
    rank = models.PositiveSmallIntegerField(default=0, editable=False)
    represents = models.CharField(
        _("代表方面"), max_length=40, blank=True, help_text=_("如：教代会代表、家长代表。")
    )
    starts_on = models.DateField(_("加入日期"), default=today)
    ends_on = models.DateField(_("退出日期"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("小组成员")
        verbose_name_plural = pgettext_lazy("plural", "小组成员")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(ends_on=None), name="membership_once"
            )
        ]

    def __str__(self):
        return f"{self.committee} {self.user.name}"

    def save(self, *args, **kwargs):
        self.rank = self.Role.values.index(self.role)
        super().save(*args, **kwargs)

    def facts(self):
        """Joining and leaving belong to the record of the group."""
        school = self.committee.school.slug
        return Facts(title=str(self), school=school, subject_id=str(self.committee_id))

    @property
    def left_on(self):
        """The day the seat ended, by itself or with its post."""
        days = [day for day in (self.ends_on, self.post.ends_on) if day]
        return min(days, default=None)

    def end(self, *, by, reason=""):
        """Let the person leave; the office goes with the seat."""
        self.committee.ensure_seated_by(by, self.user)
        if self.left_on and self.left_on <= today():
            raise Refused(_("这位成员已经退出。"))
        with perform("leave", self, by=by, reason=reason):
            self.ends_on = max(today(), self.starts_on)
            self.save()
            self.post.end(by=by, reason=reason)
        return self
