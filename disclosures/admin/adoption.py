"""本校目录: what one school says of every entry offered to it."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.catalogue_forms import AdoptionForm, SwitchingOffForm
from disclosures.catalogue.listing import Row, sections_of
from disclosures.models import Adoption, CatalogueEntry
from portal.ledger.acts import Refused
from portal.organisation.desk import DeskAdmin
from portal.organisation.models import Office


@admin.register(Adoption)
class AdoptionAdmin(DeskAdmin):
    """Read by everybody with an office of the school, said by the school's office."""

    read_by = tuple(Office)

    def has_add_permission(self, request):
        return False

    def get_urls(self):
        entry = "<slug:school>/<uuid:pk>"
        return [
            self._route("", self.changelist_view, "changelist"),
            self._route(f"{entry}/adoption/", partial(self.act_view, act="adopt"), "adopt"),
            self._route(
                f"{entry}/switching-off/", partial(self.act_view, act="switch_off"), "switch_off"
            ),
        ]

    def _route(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=f"disclosures_adoption_{name}")

    def changelist_view(self, request, extra_context=None):
        """The whole catalogue of one school; another of the person's schools by ?school=."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        schools = list(self.schools_for(request.user, self.read_by))
        school = _chosen(schools, request.GET.get("school"), request.user)
        context = {
            "title": _("本校目录"),
            "schools": schools,
            "school": school,
            "sections": sections_of(school),
            "may_say": self._keeps(request, school),
        }
        return self._page(request, "disclosures/catalogue_adoptions.html", context)

    def act_view(self, request, school, pk, act):
        """Adopt the entry or switch it off: the page names the effect, the form carries it out."""
        school = get_object_or_404(self.schools_for(request.user, self.read_by), slug=school)
        if not self._keeps(request, school):
            raise PermissionDenied
        entry = get_object_or_404(CatalogueEntry.objects.listed_for(school), pk=pk)
        adoption = Adoption.objects.of(school, entry)
        form = FORMS[act](request.POST if request.method == "POST" else None, adoption)
        if form.is_valid() and self._said(request, adoption, act, form):
            address = reverse("admin:disclosures_adoption_changelist")
            return redirect(f"{address}?school={school.slug}#{entry.code}")
        row = Row(entry, adoption, None)
        context = {"title": TITLES[act], "school": school, "row": row, "form": form, "act": act}
        return self._page(request, "disclosures/catalogue_adoption.html", context)

    def _said(self, request, adoption, act, form):
        try:
            getattr(adoption, act)(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            return False
        told = _("已采用“%(title)s”。") if act == "adopt" else _("已停用“%(title)s”。")
        messages.success(request, told % {"title": adoption.entry.title})
        return True

    def _keeps(self, request, school):
        kept = self.schools_for(request.user, self.changed_by)
        return kept.filter(pk=school.pk).exists()

    def _page(self, request, template, context):
        shown = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, shown | context)


def _chosen(schools, slug, user):
    """The school asked for, else the person's own, else the first: always one of theirs."""
    asked = [school for school in schools if school.slug == slug]
    own = [school for school in schools if school.pk == user.home_id]
    return (asked or own or schools)[0]


def _adoption_form(data, adoption):
    said = {name: getattr(adoption, name) for name in ("department", "channels", "offices")}
    return AdoptionForm(data, school=adoption.school, initial=said)


def _switching_off_form(data, adoption):
    return SwitchingOffForm(data, initial={"reason": adoption.reason})


FORMS = {"adopt": _adoption_form, "switch_off": _switching_off_form}
TITLES = {"adopt": gettext_lazy("采用目录事项"), "switch_off": gettext_lazy("停用目录事项")}
