"""The people of a school and their accounts."""

from django import forms
from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from portal.ledger.moments import today
from portal.organisation.admin.acts import ActPage, ActsAdmin
from portal.organisation.admin.importing import routes as importing
from portal.organisation.desk import ReasonForm, SchoolFilter
from portal.organisation.importing import Newcomer
from portal.organisation.models import ActivationCode, Authority, Office, Post, User
from portal.organisation.passwords import readable_password
from portal.text.reader import listed


def _reset(person, *, by):
    """A first password is read out once; only its digest is kept."""
    password = readable_password()
    person.reset_password(password, by=by)
    return "organisation/user_password.html", {"password": password}


def _reissue(person, *, by):
    code = ActivationCode.objects.issue(person, by=by)
    return "organisation/user_codes.html", {"newcomers": [Newcomer(person, code)]}


ACCOUNT_OPENED = ActPage(
    name="register",
    button=_("账号已建立"),
    effect="",
    done="",
    carry_out=_reset,
    is_open=lambda person, by: False,
)
RESET = ActPage(
    name="reset-password",
    button=_("重置密码"),
    effect=_(
        "系统会生成一个新密码，只显示一次。原来的密码和已有的登录立即失效，本人登录后要先改成自己的密码。"
    ),
    done="",
    carry_out=_reset,
    is_open=lambda person, by: person.is_active and person != by,
)
ACTIVATION = ActPage(
    name="activation",
    button=_("重发激活码"),
    effect=_("系统会生成一个新激活码，只显示一次，30天内有效。原来的激活码立即失效。"),
    done="",
    carry_out=_reissue,
    is_open=lambda person, by: person.is_active and not person.has_usable_password(),
)
DEACTIVATE = ActPage(
    name="deactivation",
    button=_("停用账号"),
    effect=_("停用后这个人立即不能登录，也不再审核任何事项；以前办过的事都保留。"),
    done=_("已停用%(name)s的账号。"),
    carry_out=User.deactivate,
    is_open=lambda person, by: person.is_active and person != by,
    form=ReasonForm,
)
REACTIVATE = ActPage(
    name="reactivation",
    button=_("启用账号"),
    effect=_("启用后这个人可以用原来的密码登录，现有的任职恢复作用。"),
    done=_("已启用%(name)s的账号。"),
    carry_out=User.reactivate,
    is_open=lambda person, by: not person.is_active,
    form=ReasonForm,
)


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["home", "username", "name", "phone", "email", "language"]
        help_texts = {
            "username": _("登录用，建立后不再更改。可以用姓名拼音或工号。"),
            "email": _("用来接收通知和找回密码，可不填。"),
            "phone": _("只有校务公开办公室看得到，可不填。"),
            "language": _("通知邮件用这种语言。"),
        }


@admin.register(User)
class UserAdmin(ActsAdmin):
    """The people at home in a school; the system administrator's are all."""

    school_path = "home"
    read_by = (Office.OFFICE,)
    for_system_administrator = True
    form = PersonForm
    fields = ("home", "username", "name", "phone", "email", "language")
    acts = (RESET, ACTIVATION, DEACTIVATE, REACTIVATE)
    change_list_template = "organisation/user_list.html"
    add_button = _("建立账号")
    list_display = ("name", "username", "home", "offices", "email", "is_active")
    list_filter = ("is_active", "is_staff", ("home", SchoolFilter))
    list_select_related = ("home",)
    search_fields = ("name", "username", "email")
    ordering = ("username",)

    def get_queryset(self, request):
        everybody = User.objects.order_by("username")
        people = everybody if request.user.is_superuser else super().get_queryset(request)
        held = Post.objects.held(today()).select_related("department")
        return people.prefetch_related(Prefetch("posts", held, to_attr="held_posts"))

    def get_urls(self):
        return [*importing(self), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        keeps = Authority.objects.schools_kept_by(request.user).exists()
        return super().changelist_view(request, {"may_import": keeps} | (extra_context or {}))

    @admin.display(description=_("职务"))
    def offices(self, person):
        return listed(post.office_title() for post in person.held_posts)

    def may_act(self, request, row):
        return super().may_act(request, row) and _keeps(request.user, row)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or _keeps(request.user, obj))

    def _reaches(self, request, offices, obj=None):
        return request.user.is_superuser or super()._reaches(request, offices, obj)

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        if obj is None:
            return fixed
        moving = () if request.user.is_superuser else ("home",)
        return (*fixed, "username", *moving)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "home" in form.base_fields:
            form.base_fields["home"].required = not request.user.is_superuser
        return form

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            request.first_password = readable_password()
            obj.register(request.first_password, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        return self._page(
            request,
            obj,
            "organisation/user_password.html",
            act=ACCOUNT_OPENED,
            password=request.first_password,
        )


def _keeps(user, person):
    return User.objects.kept_by(user).filter(pk=person.pk).exists()
