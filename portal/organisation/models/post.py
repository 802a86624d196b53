"""Who holds which office: authorities, dated posts and affiliations."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models.school import Department, School, SchoolClass


class Office(models.TextChoices):
    """The offices a review step can name, and those the portal's own work needs."""

    EDITOR = "editor", _("信息员")
    DEPARTMENT_HEAD = "department_head", _("部门负责人")
    OFFICE = "office", _("校务公开办公室")
    SPECIAL_AUDIT = "special_audit", _("专项审核")
    DEPUTY_HEAD = "deputy_head", _("分管领导")
    PRINCIPAL = "principal", _("校长")
    LEADING_GROUP = "leading_group", _("校务公开领导小组")
    PARTY = "party", _("党组织")
    SUPERVISION = "supervision", _("校务公开监督小组")


OF_DEPARTMENTS = (Office.EDITOR, Office.DEPARTMENT_HEAD)


class AuthorityQuerySet(models.QuerySet):
    def held_by(self, user):
        """The authorities whose office the person holds now."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(group__user=user)

    def schools_kept_by(self, user, *offices):
        """The schools where the person holds one of the offices (the school's office if none).

        A bureau's office keeps its own house and not its schools'.
        """
        held = self.held_by(user).filter(office__in=offices or (Office.OFFICE,))
        return School.objects.filter(pk__in=held.values("school"))

    def at(self, school, office, department=None):
        """The authority of an office, made when it is first needed."""
        department = department if office in OF_DEPARTMENTS else None
        found = self.filter(school=school, office=office, department=department).first()
        return found or self._found(school, office, department)

    def _found(self, school, office, department):
        # Named by keys: a slug given up by one school may be taken by another.
        name = f"authority:{school.pk}:{office}:{department.pk if department else ''}"
        group, _made = Group.objects.get_or_create(name=name)
        # Two acts may need it first at the same moment.
        place = {"school": school, "office": office, "department": department}
        return self.get_or_create(**place, defaults={"group": group})[0]


class Authority(models.Model):
    """An office of a school as something that can be asked to decide; it owns one group.

    Department offices (信息员, 部门负责人) have one authority for each department: the head of
    one department does not review another's work.
    """

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    office = models.CharField(_("职务"), max_length=20, choices=Office.choices)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门"), related_name="+"
    )
    group = models.OneToOneField(Group, models.PROTECT, related_name="authority")

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = _("职权")
        verbose_name_plural = pgettext_lazy("plural", "职权")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "office"],
                condition=Q(department=None),
                name="authority_of_school",
            ),
            models.UniqueConstraint(
                fields=["school", "office", "department"],
                condition=Q(department__isnull=False),
                name="authority_of_department",
            ),
        ]

    def __str__(self):
        where = self.department.name if self.department else self.school.short_name
        return f"{where} {self.get_office_display()}"

    def holders(self):
        """The active people in the office today."""
        return self.group.user_set.filter(is_active=True)


class PostQuerySet(RecordedQuerySet):
    def held(self, on):
        """Posts held on the day: begun, and not yet ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


class Post(Recorded):
    """A person in an office of a school from one day to another. `ends_on` is the first day off."""

    user = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("人员"), related_name="posts"
    )
    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="posts")
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("部门"),
        related_name="posts",
    )
    office = models.CharField(_("职务"), max_length=20, choices=Office.choices)
    title = models.CharField(_("职务名称"), max_length=40, blank=True)
    starts_on = models.DateField(_("任职日期"), default=today)
    ends_on = models.DateField(_("免职日期"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = pgettext_lazy("plural", "任职")
        ordering = ["school", "office", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_start",
                violation_error_message=_("免职日期不能早于任职日期。"),
            ),
            models.CheckConstraint(
                condition=(
                    Q(office__in=OF_DEPARTMENTS, department__isnull=False)
                    | (~Q(office__in=OF_DEPARTMENTS) & Q(department=None))
                ),
                name="post_department_where_due",
                violation_error_message=_("信息员和部门负责人要选定部门，其他职务不选部门。"),
            ),
        ]

    def __str__(self):
        return f"{self.user.name} {self.get_office_display()}"

    def facts(self):
        return Facts(title=str(self), school=self.school.slug, subject_id=str(self.user_id))

    def office_title(self):
        """The office in words: the department's where it has one, the post's own title if given."""
        title = self.title or self.get_office_display()
        return f"{self.department.name} {title}" if self.department else title

    def is_over(self, on):
        return self.ends_on is not None and self.ends_on <= on

    def authority(self):
        return Authority.objects.at(self.school, self.office, self.department)

    def appoint(self, *, by, reason=""):
        """Put the person into the office. Nobody appoints themselves."""
        if by == self.user:
            raise Refused(_("不能任命自己，请由另一位有权限的人办理。"))
        if self.department and self.department.school_id != self.school_id:
            raise Refused(_("所选部门不属于这所学校。"))
        self.full_clean()
        with perform("appoint", self, by=by, reason=reason):
            self.save()
            self.user.follow_posts()

    def end(self, *, by, on=None, reason=""):
        """Let the person leave the office on the day (today if none is named)."""
        if by == self.user and by is not None:
            raise Refused(_("不能免去自己的职务，请由另一位有权限的人办理。"))
        if on and on < today():
            raise Refused(_("免职日期不能早于今天。"))
        with perform("end_post", self, by=by, reason=reason):
            self.refresh_from_db(from_queryset=Post.objects.select_for_update())
            if self.is_over(today()):
                raise Refused(_("这项任职已经结束。"))
            self.ends_on = max(on or today(), self.starts_on)
            self.save()
            self.user.follow_posts()


class AffiliationQuerySet(RecordedQuerySet):
    def held(self, on):
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)


class Affiliation(Recorded):
    """A person's belonging to a school as staff, parent, pupil or party member, with dates."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("教职工")
        PARENTS = "parents", _("家长")
        PUPILS = "pupils", _("学生")
        PARTY = "party", _("党员")

    user = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("人员"), related_name="affiliations"
    )
    school = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("学校"), related_name="affiliations"
    )
    kind = models.CharField(_("身份"), max_length=10, choices=Kind.choices)
    school_class = models.ForeignKey(
        SchoolClass,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("班级"),
        related_name="affiliations",
    )
    starts_on = models.DateField(_("开始日期"), default=today)
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("身份")
        verbose_name_plural = pgettext_lazy("plural", "身份")
        ordering = ["school", "kind", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="affiliation_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            )
        ]

    def __str__(self):
        return f"{self.user.name} {self.get_kind_display()}"

    def facts(self):
        return Facts(title=str(self), school=self.school.slug, subject_id=str(self.user_id))

    def is_over(self, on):
        return self.ends_on is not None and self.ends_on <= on

    def register(self, *, by):
        """Note that the person belongs to the school, which opens its inner boards to them."""
        if self.school_class and self.school_class.school_id != self.school_id:
            raise Refused(_("所选班级不属于这所学校。"))
        self.full_clean()
        with perform("affiliate", self, by=by):
            self.save()

    def end(self, *, by, on=None, reason=""):
        """Let the person belong to the school no longer from the day on (today if none)."""
        if on and on < today():
            raise Refused(_("注销日期不能早于今天。"))
        with perform("end_affiliation", self, by=by, reason=reason):
            self.refresh_from_db(from_queryset=Affiliation.objects.select_for_update())
            if self.is_over(today()):
                raise Refused(_("这项身份已经注销。"))
            self.ends_on = max(on or today(), self.starts_on)
            self.save()
