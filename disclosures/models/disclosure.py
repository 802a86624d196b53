"""A matter being disclosed, its number, and the object permissions that hang on it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from guardian.shortcuts import assign_perm, get_objects_for_user

from disclosures import rolling
from disclosures.models.catalogue import CatalogueEntry
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet, trail
from portal.organisation.models import Authority, Department, Office, School, YearlyCounter


def granted(user, permission):
    """The disclosures on which the person's own rows grant `permission`, and no others.

    Neither superuser status nor a permission held globally counts.
    """
    if not user.is_authenticated:
        return Disclosure.objects.none()
    return get_objects_for_user(
        user,
        f"disclosures.{permission}",
        Disclosure.objects.all(),
        with_superuser=False,
        accept_global_perms=False,
    )


def of_schools(user, *offices):
    """The condition that the person holds one of the offices at the disclosure's school."""
    held = Authority.objects.held_by(user).filter(office__in=offices)
    return Q(school__in=held.values("school"))


class DisclosureQuerySet(RecordedQuerySet):
    def editable_by(self, user):
        """By the grant to their department, or because they keep the school's office."""
        return self.filter(
            Q(pk__in=granted(user, "edit_disclosure").values("pk"))
            | of_schools(user, Office.OFFICE)
        )

    def locked(self, pk):
        """The row with what acts read around it, nobody else's until the act commits."""
        rows = self.select_related("school", "department", "entry")
        return rows.select_for_update(of=("self",)).get(pk=pk)

    def roll_forward(self, edition, *, by, key=None):
        """Begin the next period's disclosure with the text and table of a published edition.

        It is one act of drafting. Days and periods are moved by `disclosures.rolling`.
        """
        if not type(edition).objects.open_to_roll_forward(by).filter(pk=edition.pk).exists():
            raise Refused(_("只能从已公开的最新一版沿用，由责任部门的信息员或校务公开办公室办理。"))
        row, planned = edition.disclosure, rolling.plan(edition)
        place = {"department": row.department, "entry": row.entry}
        table = planned.table and planned.table.afresh()
        return self.draft(**place, by=by, key=key, table=table, **planned.content)

    def draft(self, *, department, entry, by, key=None, table=None, **content):
        """Begin a disclosure: an editor of the department, or the school's office.

        `key` is the edition's id if the form that asks has one: sent twice, it begins one draft.
        A `table` is kept with it as it is, to be mended before it is saved anew.
        """
        school = department.school
        if not drafting_departments(by).filter(pk=department.pk).exists():
            raise Refused(_("您不是这个部门的信息员，不能为它起草。"))
        if not CatalogueEntry.objects.adopted_by(school).filter(pk=entry.pk).exists():
            raise Refused(_("本校没有采用这一目录事项，请另选事项，或请校务公开办公室先采用。"))
        disclosure = self.model(school=school, department=department, entry=entry)
        edition = disclosure.editions.model(disclosure=disclosure, drafted_by=by, edited_by=by)
        edition.pk = key or edition.pk
        edition.write(content)
        office = by.offices_at(school.slug, department=department)
        with perform("draft", edition, by=by, office=office):
            disclosure.save()
            edition.sheet = table and disclosure.sheets.keep(disclosure, table)
            edition.save()
            editors = Authority.objects.at(school, Office.EDITOR, department)
            assign_perm("edit_disclosure", editors.group, disclosure)
        return edition


def drafting_departments(user):
    """Where the person may draft: their own department as editor, the whole school as office."""
    held = Authority.objects.held_by(user)
    return Department.objects.open().filter(
        Q(pk__in=held.filter(office=Office.EDITOR).values("department"))
        | Q(school__in=held.filter(office=Office.OFFICE).values("school"))
    )


class Disclosure(Recorded):
    """A matter a school makes public, through all its editions (《政府信息公开条例》第十二条)."""

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("责任部门"), related_name="+"
    )
    entry = models.ForeignKey(
        CatalogueEntry, models.PROTECT, verbose_name=_("目录事项"), related_name="disclosures"
    )
    year = models.PositiveSmallIntegerField(_("年份"), null=True, editable=False)
    serial = models.PositiveIntegerField(_("序号"), null=True, editable=False)
    index_number = models.CharField(
        _("索引号"), max_length=40, null=True, unique=True, editable=False
    )

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开事项")
        verbose_name_plural = pgettext_lazy("plural", "公开事项")
        permissions = [
            ("edit_disclosure", "May edit the drafts of this disclosure"),
            ("review_disclosure", "May decide the open review step of this disclosure"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "serial"], name="disclosure_number_once"
            )
        ]

    def __str__(self):
        return self.index_number or str(self.pk)

    def get_absolute_url(self):
        """The permanent address of the notice (only numbered disclosures have one)."""
        return reverse("notice", args=[self.school.slug, self.year, f"{self.serial:05d}"])

    @property
    def address(self):
        """The notice's path as the ledger knows it: in no language, outside care mode."""
        return f"/schools/{self.school.slug}/{self.year}-{self.serial:05d}/"

    def facts(self):
        return Facts(
            title=str(self),
            school=self.school.slug,
            category=self.entry.category_code,
            entry=self.entry.code,
        )

    def number_for(self, year):
        """Give the disclosure its number within the year, once; never reused, never changed."""
        if self.index_number:
            return
        self.year, self.serial = year, IndexCounter.objects.take(self.school, year)
        self.index_number = f"{self.school.org_code}/{self.year}-{self.serial:05d}"
        self.save()

    def burn_number(self):
        """Let go of a number under which nothing was ever open; nobody else gets it."""
        self.year = self.serial = self.index_number = None
        self.save()


class IndexCounter(YearlyCounter):
    """How many index numbers a school has given out in a year."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="counter_of_school_year")
        ]


class DisclosureUserObjectPermission(UserObjectPermissionBase):
    """A grant to one person on one disclosure (guardian's direct table)."""

    content_object = models.ForeignKey(Disclosure, models.CASCADE)

    history = trail()

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class DisclosureGroupObjectPermission(GroupObjectPermissionBase):
    """A grant to an office's group on one disclosure (guardian's direct table)."""

    content_object = models.ForeignKey(Disclosure, models.CASCADE)

    history = trail()

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
