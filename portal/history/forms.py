"""The search forms of the history: the form does the filtering."""

from datetime import date, timedelta

from django import forms
from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from disclosures.models import CatalogueEntry
from portal.history.reach import schools_of_record
from portal.ledger.moments import start_of
from portal.ledger.vocabulary import ActName
from portal.organisation.fields import Day
from portal.organisation.models import School


def day_field(label):
    """A day in Asia/Shanghai, within what a calendar of schools can mean."""
    within = [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2200, 12, 31))]
    return Day(label=label, required=False, validators=within)


def words_field(label):
    return forms.CharField(label=label, required=False, max_length=80)


class PeriodForm(forms.Form):
    """A search over rows with a moment `at`; both days of the period count."""

    since = day_field(_("起始日期"))
    until = day_field(_("截止日期"))

    def clean(self):
        values = super().clean()
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            raise forms.ValidationError(_("起始日期不能晚于截止日期，请重新选择。"))
        return values

    def in_period(self, rows):
        if since := self.cleaned_data["since"]:
            rows = rows.filter(at__gte=start_of(since))
        if until := self.cleaned_data["until"]:
            rows = rows.filter(at__lt=start_of(until + timedelta(days=1)))
        return rows

    def terms(self):
        """What was asked, as label and value in words: for the trace an export leaves."""
        told = []
        for name, value in self.cleaned_data.items():
            if value:
                known = dict(getattr(self.fields[name], "choices", ()))
                told.append(f"{self.fields[name].label}：{known.get(value, value)}")
        return told


class HistoryFilter(PeriodForm):
    """By school, person, act, category, entry, kind of object, period and words of the title."""

    school = forms.ChoiceField(label=_("学校"), required=False)
    person = words_field(_("经办人"))
    act = forms.ChoiceField(label=_("动作"), required=False)
    category = forms.ChoiceField(label=_("目录类别"), required=False)
    entry = words_field(_("目录事项编码"))
    noun = forms.ChoiceField(label=_("对象类型"), required=False)
    title = words_field(_("名称含有"))

    field_order = ["school", "title", "person", "act", "noun", "category", "entry"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        schools = list(schools_of_record(user))
        self.school_names = {school.slug: school.name for school in schools}
        self._offer("school", self.school_names.items())
        self._offer("act", ActName.choices)
        self._offer("noun", _nouns())
        self._offer("category", _categories(schools))

    def filter(self, acts):
        """The acts asked for; none while the form has errors."""
        if not self.is_valid():
            return acts.none()
        asked = self.cleaned_data
        exact = {"school": "school", "act": "name", "category": "category", "noun": "noun"}
        worded = {
            "person": "actor_name__icontains",
            "entry": "entry__iexact",
            "title": "title__icontains",
        }
        for name, lookup in (exact | worded).items():
            if asked[name]:
                acts = acts.filter(**{lookup: asked[name]})
        return self.in_period(acts)

    def _offer(self, name, choices):
        self.fields[name].choices = [("", _("全部")), *choices]


class ReadingFilter(PeriodForm):
    """By reader, title and period."""

    reader = words_field(_("阅读人"))
    title = words_field(_("标题含有"))

    field_order = ["title", "reader"]

    def filter(self, readings):
        if not self.is_valid():
            return readings.none()
        if reader := self.cleaned_data["reader"]:
            of_class = Q(class_code__school_class__name__icontains=reader)
            readings = readings.filter(of_class | Q(reader__name__icontains=reader))
        if title := self.cleaned_data["title"]:
            readings = readings.filter(edition__title__icontains=title)
        return self.in_period(readings)


def _nouns():
    """Everything acts are performed on: what can state its facts."""
    nouns = [model for model in apps.get_models() if hasattr(model, "facts")]
    return [(model._meta.label_lower, model._meta.verbose_name) for model in nouns]


def _categories(schools):
    """Categories of the bureau's catalogues and of the schools' own, never of other schools."""
    offered = CatalogueEntry.objects.filter(
        Q(owner__kind=School.Kind.BUREAU) | Q(owner__in=[school.pk for school in schools])
    )
    rows = offered.order_by("category_code").values_list("category_code", "category").distinct()
    return dict(rows).items()
