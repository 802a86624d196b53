"""Who holds which office, from one day to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.moments import today
from portal.organisation.models.authority import OF_DEPARTMENTS, Authority, Office
from portal.organisation.models.department import Department
from portal.organisation.models.school import School


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
            stood_in = list(self.stand_ins.on(today()).select_related("user"))
            self.ends_on = max(on or today(), self.starts_on)
            self.save()
            for person in (self.user, *(stand_in.user for stand_in in stood_in)):
                person.follow_posts()
