"""Offices, and the authorities that make each something that can be asked to decide."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.organisation.models.department import Department
from portal.organisation.models.school import School


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

    def keeps(self, user, school):
        """Whether the person holds the office of the school with this id."""
        return self.schools_kept_by(user).filter(pk=school).exists()

    def schools_beneath(self, user):
        """What a bureau's office reaches: the bureau whose office the person holds, and every
        school beneath it. Nobody else reaches beyond their own school."""
        beneath = Q(pk__in=[])
        for path in self.schools_kept_by(user).bureaus().values_list("path", flat=True):
            beneath |= Q(path__startswith=path)
        return School.objects.filter(beneath)

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
