"""Who holds which office, and who belongs to a school: appointed and ended, never edited."""

from contextlib import suppress
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from portal.ledger.acts import Refused
from portal.ledger.moments import today
from portal.organisation.admin.acts import ActPage, ActsAdmin, EndForm
from portal.organisation.desk import SchoolFilter
from portal.organisation.fields import Line
from portal.organisation.models import Affiliation, Authority, Office, Post


def _end_post(post, *, by, on, reason):
    _refuse_beyond_first_office(post, by)
    post.end(by=by, on=on, reason=reason)


def _refuse_beyond_first_office(post, by):
    """The system administrator gives a school its office; the office appoints all others."""
    if post.office == Office.OFFICE:
        return
    if not Authority.objects.keeps(by, post.school_id):
        raise Refused(_("系统管理员只任免校务公开办公室，其他职务请由学校的校务公开办公室办理。"))


END_POST = ActPage(
    name="end",
    button=_("免去职务"),
    effect=_("从所选的那天起，这个人不再有这项职务的权限。以前办过的事都保留。"),
    done=_("已办理：%(name)s，任职到期。"),
    carry_out=_end_post,
    is_open=lambda post, by: not post.is_over(today()) and post.user != by,
    form=EndForm,
)
END_AFFILIATION = ActPage(
    name="end",
    button=_("注销身份"),
    effect=_("从所选的那天起，这个人不能再看这所学校按此身份对内公开的内容。"),
    done=_("已办理：%(name)s，身份注销。"),
    carry_out=Affiliation.end,
    is_open=lambda affiliation, by: not affiliation.is_over(today()),
    form=EndForm,
)


class PersonSelect(AutocompleteSelect):
    """A choice by key. What is no key chooses nobody, and the form says so in its sentence."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if _is_key(key)], attr)


def _is_key(text):
    with suppress(ValueError):
        return bool(UUID(text))
    return False


class DatedAdmin(ActsAdmin):
    """Rows that begin by one act and end by another; between them nothing is edited."""

    list_select_related = ("user", "school")
    search_fields = ("user__name", "user__username")
    autocomplete_fields = ("user",)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = PersonSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_fields(self, request, obj=None):
        """The reason is typed when the row begins; afterwards the record alone tells it."""
        typed = [name for name in self.form.declared_fields if not obj]
        return [*self.form.Meta.fields, *typed]

    def has_change_permission(self, request, obj=None):
        return False


class AppointmentForm(forms.ModelForm):
    reason = Line(
        label=_("任命依据"),
        max_length=300,
        required=False,
        help_text=_("如任命文件的文号，可不填。会留在操作记录里。"),
    )

    class Meta:
        model = Post
        fields = ["school", "user", "office", "department", "title", "starts_on", "ends_on"]
        help_texts = {
            "department": _("信息员和部门负责人要选定部门，其他职务不选。"),
            "title": _("对外的职务名称，如“总务主任”，可不填。"),
            "starts_on": _("可以是以后的日期，到那一天自动生效。"),
            "ends_on": _("有任期的填写，这一天起不再任职；没有任期的不填。"),
        }


@admin.register(Post)
class PostAdmin(DatedAdmin):
    """Appointments; the system administrator's are those of schools' offices."""

    for_system_administrator = True
    form = AppointmentForm
    acts = (END_POST,)
    add_button = _("任命")
    list_display = ("user", "office", "department", "title", "school", "starts_on", "ends_on")
    list_filter = ("office", ("school", SchoolFilter))
    list_select_related = ("user", "school", "department")

    def save_model(self, request, obj, form, change):
        _refuse_beyond_first_office(obj, request.user)
        obj.appoint(by=request.user, reason=form.cleaned_data["reason"])


class AffiliationForm(forms.ModelForm):
    class Meta:
        model = Affiliation
        fields = ["school", "user", "kind", "school_class", "starts_on", "ends_on"]
        help_texts = {"school_class": _("家长和学生选所在的班级，教职工和党员不用选。")}


@admin.register(Affiliation)
class AffiliationAdmin(DatedAdmin):
    """Who may read a school's inner boards; parents and pupils belong through a class."""

    read_by = (Office.OFFICE,)
    form = AffiliationForm
    acts = (END_AFFILIATION,)
    add_button = _("登记身份")
    list_display = ("user", "kind", "school_class", "school", "starts_on", "ends_on")
    list_filter = ("kind", ("school", SchoolFilter))
    list_select_related = ("user", "school", "school_class")

    def save_model(self, request, obj, form, change):
        obj.register(by=request.user)
