"""Codes of classes: issued by the office, shown once, taken back at any time."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.moments import today
from portal.organisation.admin.acts import ActPage, ActsAdmin
from portal.organisation.desk import ReasonForm
from portal.organisation.fields import Day
from portal.organisation.models import ClassCode, Office, SchoolClass

ISSUED = ActPage(
    name="issue",
    button=_("班级查看码已发放"),
    effect="",
    done="",
    carry_out=ClassCode.issue,
    is_open=lambda code, by: False,
)
REVOKE = ActPage(
    name="revocation",
    button=_("收回查看码"),
    effect=_("收回后立即失效，已经凭它打开页面的人也不能再看。"),
    done=_("已收回%(name)s的查看码。"),
    carry_out=ClassCode.revoke,
    is_open=lambda code, by: code.is_open,
    form=ReasonForm,
)


class ClassCodeForm(forms.ModelForm):
    expires_on = Day(
        label=_("有效至"), help_text=_("这一天过后失效，如本学期结束的日期。最长400天。")
    )

    class Meta:
        model = ClassCode
        fields = ["school_class", "expires_on"]


@admin.register(ClassCode)
class ClassCodeAdmin(ActsAdmin):
    """The codes of the classes of the schools in reach; what they are is never shown again."""

    school_path = "school_class__school"
    read_by = (Office.OFFICE,)
    form = ClassCodeForm
    fields = ("school_class", "expires_on")
    acts = (REVOKE,)
    add_button = _("发放查看码")
    list_display = ("school_class", "told_school", "told_state", "expires_on", "made_at", "made_by")
    list_select_related = ("school_class__school", "made_by")
    search_fields = ("school_class__name",)

    def has_change_permission(self, request, obj=None):
        return False

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "school_class":
            going_on = Q(closed_on=None) | Q(closed_on__gt=today())
            field.queryset = field.queryset.filter(going_on).select_related("school")
            field.label_from_instance = _named
        return field

    def save_model(self, request, obj, form, change):
        request.class_code = obj.issue(by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        return self._page(
            request,
            obj,
            "organisation/class_code_issued.html",
            act=ISSUED,
            code=request.class_code,
            school=obj.school_class.school,
        )

    @admin.display(description=_("学校"))
    def told_school(self, code):
        return code.school_class.school.short_name

    @admin.display(description=_("状态"))
    def told_state(self, code):
        if code.revoked_at:
            return _("已收回")
        return _("有效") if code.is_open else _("已过期")


def _named(school_class: SchoolClass):
    entry = _("%(year)s级") % {"year": school_class.entry_year}
    return f"{school_class.school.short_name} {entry} {school_class.name}"
