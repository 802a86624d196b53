"""What a school is made of: departments as a tree, and classes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.acts import Facts
from portal.ledger.history import Recorded
from portal.organisation.models.school import ClosableQuerySet, School, slug_rule
from portal.text.reader import named


class Department(Recorded):
    """An office or team of a school that answers for what it discloses."""

    school = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("学校"), related_name="departments"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("上级部门"),
        related_name="children",
    )
    name = models.CharField(_("部门名称"), max_length=40)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    slug = models.CharField(_("网址名"), max_length=40, validators=[slug_rule])
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("排序"), default=0)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = ClosableQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门")
        verbose_name_plural = pgettext_lazy("plural", "部门")
        ordering = ["school", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="department_slug"),
            models.UniqueConstraint(fields=["school", "name"], name="department_name"),
        ]

    def __str__(self):
        return self.name

    def facts(self):
        return Facts(title=self.name, school=self.school.slug)

    @property
    def display_name(self):
        return named(self.name, self.name_en)

    def clean(self):
        if not self.parent_id:
            return
        if self.parent.school_id != self.school_id:
            raise ValidationError({"parent": _("上级部门应属于同一所学校。")})
        if self.pk in self.parent.line():
            raise ValidationError({"parent": _("上级部门不能是本部门或它的下级部门。")})

    def line(self) -> list:
        """The ids of the department and of all above it, nearest first."""
        ids, above = [], self
        while above is not None and above.pk not in ids:
            ids.append(above.pk)
            above = above.parent
        return ids


class SchoolClass(Recorded):
    """A class of pupils; parents and pupils belong to a school through one."""

    school = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("学校"), related_name="classes"
    )
    name = models.CharField(_("班级名称"), max_length=40)
    entry_year = models.PositiveSmallIntegerField(_("入学年份"))
    closed_on = models.DateField(_("毕业或撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("班级")
        verbose_name_plural = pgettext_lazy("plural", "班级")
        ordering = ["school", "-entry_year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "entry_year", "name"], name="class_name")
        ]

    def __str__(self):
        return self.name

    def facts(self):
        return Facts(title=self.name, school=self.school.slug)
