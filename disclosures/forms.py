"""The form that narrows a list of notices; it works as a plain GET form."""

from django import forms
from django.db.models import Min
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from disclosures.models import CatalogueEntry, IndexCounter
from portal.ledger.moments import today
from portal.organisation.models import School
from portal.text.reader import named


class NoticeFilter(forms.Form):
    """School, department, category and year. What it does not know it refuses with a sentence."""

    school = forms.ChoiceField(label=_("单位"), required=False)
    department = forms.ChoiceField(label=_("部门"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False)

    LOOKUPS = {
        "school": "school__slug",
        "department": "department__slug",
        "category": "category",
        "year": "year",
    }

    def __init__(self, *args, fields, school=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.school = school
        for name in set(self.fields) - set(fields):
            del self.fields[name]
        for name, field in self.fields.items():
            field.choices = [("", _("全部")), *getattr(self, f"{name}_choices")()]
            field.error_messages["invalid_choice"] = _("没有这个选项，请从列表中重新选择。")

    def filter(self, releases):
        """The releases that fit; none when the form holds something it does not know."""
        if not self.is_valid():
            return releases.none()
        chosen = {self.LOOKUPS[name]: value for name, value in self.cleaned_data.items() if value}
        return releases.filter(**chosen)

    @property
    def kept(self):
        """The query string of what the form knows of its data; the rest is left behind."""
        self.is_valid()
        parameters = QueryDict(mutable=True)
        chosen = getattr(self, "cleaned_data", {})
        parameters.update({name: value for name, value in chosen.items() if value})
        return parameters

    @property
    def narrows(self):
        """Whether the reader has asked for less than everything."""
        return any(self.data.get(name) for name in self.fields)

    def school_choices(self):
        told = School.objects.values_list("slug", "name", "name_en")
        return [(slug, named(own, english)) for slug, own, english in told]

    def department_choices(self):
        return [(each.slug, each.display_name) for each in self.school.departments.all()]

    def category_choices(self):
        entries = CatalogueEntry.objects.meant_for(self.school)
        if self.school:
            entries = entries.offered_to(self.school)
        return list(categories_of(entries).items())

    def year_choices(self):
        counters = IndexCounter.objects.all()
        if self.school:
            counters = counters.filter(school=self.school)
        first = counters.aggregate(first=Min("year"))["first"] or today().year
        return [(str(year), str(year)) for year in range(today().year, first - 1, -1)]


def categories_of(entries):
    """The categories of the entries in the order of the catalogue, code to title."""
    rows = entries.order_by("position", "code")
    told = rows.values_list("category_code", "category", "category_en")
    return {code: named(own, english) for code, own, english in told}
