"""Tables a school defines itself: which columns, for which entries of the catalogue."""

from itertools import count

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.kinds import registers
from disclosures.models.catalogue import CatalogueEntry
from disclosures.sheets.kind import Kind
from portal.ledger.acts import Facts, Refused, Stale, perform
from portal.ledger.history import Recorded
from portal.ledger.moments import today
from portal.organisation.models import School
from portal.organisation.models.school import ClosableQuerySet, slug_rule
from portal.text.reader import together


class RegisterQuerySet(ClosableQuerySet):
    def must_be_of(self, school, key):
        """Refuse a table whose kind is a register of another school."""
        if not registers.is_register(key):
            return
        own = self.filter(school=school, pk=key.removeprefix(registers.PREFIX))
        if not own.exists():
            raise Refused(_("这张登记表不是本校的。"))

    def kinds(self, school) -> list[Kind]:
        """The kinds the school has defined and still uses, by name."""
        return [register.as_kind() for register in self.open().filter(school=school)]


class Register(Recorded):
    """A table of a school's own making. Tables already made keep the columns they were made by."""

    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    slug = models.CharField(_("网址名"), max_length=40, blank=True, validators=[slug_rule])
    name = models.CharField(_("登记表名称"), max_length=60)
    period = models.CharField(
        _("所属期间"), max_length=8, choices=registers.PERIODS, blank=True, default=""
    )
    columns = models.JSONField(_("列的说明"), default=list)
    entries = models.JSONField(_("适用的目录事项"), default=list, blank=True)
    version = models.PositiveIntegerField(_("修改次数"), default=1, editable=False)
    closed_on = models.DateField(_("停用日期"), null=True, editable=False)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("登记表")
        verbose_name_plural = pgettext_lazy("plural", "登记表")
        ordering = ["school", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="register_slug"),
            models.UniqueConstraint(fields=["school", "name"], name="register_name"),
        ]

    def __str__(self):
        return self.name

    def facts(self):
        return Facts(title=self.name, school=self.school.slug)

    @property
    def key(self):
        """How a table of it names its kind."""
        return f"{registers.PREFIX}{self.pk}"

    @property
    def is_open(self):
        return self.closed_on is None or self.closed_on > today()

    def as_kind(self) -> Kind:
        """The kind of table that is made by today's columns."""
        return registers.kind_of_register(
            self.key,
            self.name,
            self.columns,
            period=self.period,
            entries=tuple(self.entries),
            version=self.version,
        )

    def clean(self):
        """Columns are told apart, lists of people stay such, entries are the school's own."""
        told = [sentence for _at, sentence in self.column_problems()]
        if told:
            raise ValidationError({"columns": told})
        listed = CatalogueEntry.objects.listed_for(self.school).filter(code__in=self.entries)
        if len(set(listed.values_list("code", flat=True))) != len(set(self.entries)):
            raise ValidationError({"entries": _("只能选本校公开目录中的事项。")})

    def column_problems(self):
        """What is wrong in the columns: (index of one or None, a sentence) each."""
        is_university = self.school.stage == School.Stage.UNIVERSITY
        return list(registers.problems(self.columns, of_pupils=not is_university))

    def define(self, *, by):
        """Take the register into use."""
        with perform("register", self, by=by):
            self._keep(known=set())

    def change(self, *, by, version, **content):
        """Change what new tables are made by; those already made stay as they are."""
        if self._says_already(content, version):
            return
        with perform("change", self, by=by):
            stored = self._locked()
            if stored.version != version:
                raise Stale(_("这张登记表刚刚被别人改动过，请刷新后再改。"))
            for name, value in content.items():
                setattr(self, name, value)
            self.version = stored.version + 1
            earlier = self.history.values_list("columns", flat=True)
            self._keep(known={each["name"] for columns in earlier for each in columns})

    def close(self, *, by, reason):
        """No new tables are made by it; those already made stay as they are."""
        with perform("close", self, by=by, reason=reason):
            if not self._locked().is_open:
                raise Refused(_("这张登记表已经停用。"))
            self.closed_on = today()
            self.save()

    def _says_already(self, content, version):
        stored = Register.objects.get(pk=self.pk)
        said = {name: getattr(stored, name) for name in content}
        return stored.version == version and said == content

    def _locked(self):
        return Register.objects.select_for_update().get(pk=self.pk)

    def _keep(self, *, known):
        """Save what holds; a new column is named as none of the `known` ones ever was."""
        School.objects.select_for_update().get(pk=self.school_id)
        self._name_columns(known)
        self.slug = self.slug or self._free_slug()
        try:
            self.full_clean()
        except ValidationError as error:
            raise Refused(together(error.messages)) from error
        self.save()

    def _name_columns(self, known):
        """Every column says everything of itself, its name too."""
        columns = [registers.UNSAID | each for each in self.columns]
        taken = known | {each["name"] for each in columns}
        free = (name for name in map("c{}".format, count(1)) if name not in taken)
        self.columns = [each | {"name": each["name"] or next(free)} for each in columns]

    def _free_slug(self):
        taken = set(Register.objects.filter(school=self.school_id).values_list("slug", flat=True))
        return next(slug for slug in map("register-{}".format, count(1)) if slug not in taken)
