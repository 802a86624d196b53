"""Schools, and what they are made of: departments, classes, terms."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.organisation.desk import DeskAdmin, SchoolFilter
from portal.organisation.models import Authority, Department, Office, School, SchoolClass, Term

IDENTITY = ("kind", "parent", "stage", "name", "short_name", "slug", "org_code", "district")
CLOSING = ("closed_on", "successor")
FOOTER = (
    "name_en",
    "address",
    "postcode",
    "phone",
    "supervision_phone",
    "email",
    "hours",
    "site_code",
    "icp",
    "police_record",
)


class SchoolForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ["short_name", "slug", "district", "site_code"]
        help_texts = {
            "short_name": _("显示在列表、筛选和待办里，如“实验小学”。"),
            "slug": _("本单位公开栏的网址用它，如“shiyan”。首次公开后不能再改。"),
            "district": _("如“青禾区”，可不填。"),
            "site_code": _("主管部门发的政府网站标识码，没有的不填。"),
        }


@admin.register(School)
class SchoolAdmin(DeskAdmin):
    """The bureau's office keeps the schools beneath it, a school's office its own footer."""

    form = SchoolForm
    school_path = "pk"
    for_system_administrator = True
    list_display = ("name", "kind", "stage", "slug", "parent", "closed_on")
    list_filter = ("kind", "stage")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "slug")
    fieldsets = (
        (None, {"fields": IDENTITY}),
        (
            _("公开栏页脚"),
            {
                "fields": FOOTER,
                "description": _("这些内容显示在本校每个公开页面的底部，请填写对外公布的信息。"),
            },
        ),
        (
            _("停办"),
            {
                "fields": CLOSING,
                "description": _("停办后公开栏照旧可以查看，并注明已停办和承接单位。"),
            },
        ),
    )

    def schools_for(self, user, offices):
        kept = super().schools_for(user, offices)
        if Office.OFFICE not in offices or user.is_superuser:
            return kept
        beneath = Authority.objects.schools_beneath(user)
        return School.objects.filter(Q(pk__in=kept) | Q(pk__in=beneath))

    def has_add_permission(self, request):
        return request.user.is_superuser or _reaches_schools(request.user)

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        if obj is None:
            return (*fixed, *CLOSING)
        if not self._is_above(request.user, obj):
            return (*fixed, *IDENTITY, *CLOSING)
        return (*fixed, "slug", "org_code") if obj.slug_fixed else fixed

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "parent" in form.base_fields:
            form.base_fields["parent"].required = not request.user.is_superuser
        return form

    def _is_above(self, user, school):
        """A bureau's office changes what lies beneath the bureau, not what the bureau itself is."""
        beneath = Authority.objects.schools_beneath(user)
        return user.is_superuser or beneath.filter(pk=school.parent_id).exists()


def _reaches_schools(user):
    return Authority.objects.schools_beneath(user).exists()


class DepartmentForm(forms.ModelForm):
    class Meta:
        model = Department
        fields = ["slug", "position"]
        help_texts = {
            "slug": _("按部门筛选的网址用它，如“teaching”。同一学校内不能重复。"),
            "position": _("数字小的排在前面，相同的按名称排。"),
        }


@admin.register(Department)
class DepartmentAdmin(DeskAdmin):
    form = DepartmentForm
    fields = ("school", "parent", "name", "name_en", "slug", "phone", "position", "closed_on")
    fixed_once_saved = ("school",)
    list_display = ("name", "school", "parent", "slug", "phone", "closed_on")
    list_filter = (("school", SchoolFilter),)
    list_select_related = ("school", "parent")
    search_fields = ("name", "slug")


@admin.register(SchoolClass)
class SchoolClassAdmin(DeskAdmin):
    fields = ("school", "entry_year", "name", "closed_on")
    fixed_once_saved = ("school",)
    list_display = ("name", "school", "entry_year", "closed_on")
    list_filter = (("school", SchoolFilter), "entry_year")
    list_select_related = ("school",)
    search_fields = ("name",)


@admin.register(Term)
class TermAdmin(DeskAdmin):
    fields = ("school", "school_year", "season", "starts_on", "ends_on")
    fixed_once_saved = ("school",)
    list_display = ("__str__", "school", "starts_on", "ends_on")
    list_filter = (("school", SchoolFilter),)
    list_select_related = ("school",)
