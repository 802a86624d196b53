"""登记表: the tables a school's office defines itself, column by column."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.register_forms import COLUMNS, SPARE, RegisterForm
from disclosures.kinds.presets import BLANK, PRESETS, preset
from disclosures.kinds.registers import TYPES
from disclosures.models import Register
from portal.ledger.acts import Refused
from portal.organisation.admin.acts import ActPage, ActsAdmin
from portal.organisation.desk import ReasonForm, SchoolFilter

CLOSE = ActPage(
    name="closing",
    button=gettext_lazy("停用登记表"),
    effect=gettext_lazy("停用后不能再用它起草新的表；已经做好和公开的表不受影响。"),
    done=gettext_lazy("已停用“%(name)s”。"),
    carry_out=Register.close,
    is_open=lambda register, by: register.is_open,
    form=ReasonForm,
)


@admin.register(Register)
class RegisterAdmin(ActsAdmin):
    """Defined by the school's office; the principal and the supervision group read."""

    acts = (CLOSE,)
    list_display = ("name", "told_school", "told_columns", "told_entries", "told_state")
    list_filter = (("school", SchoolFilter),)
    list_select_related = ("school",)
    search_fields = ("name", "slug")

    def add_view(self, request, form_url="", extra_context=None):
        """First what to start from, then its columns, to be changed at will."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        school = self._school(request)
        if "preset" not in request.GET:
            return self._shown(request, "start", school=school, presets=(*PRESETS, BLANK))
        begun = preset(request.GET["preset"])
        register = Register(
            school=school,
            slug=begun.slug,
            name=begun.name,
            period=begun.period,
            columns=[dict(each) for each in begun.columns],
            entries=list(begun.entries),
        )
        return self._edited(request, register)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        register = self.get_object(request, unquote(object_id))
        if register is None:
            raise Http404
        if self.may_act(request, register):
            return self._edited(request, register)
        if request.method == "POST":
            raise PermissionDenied
        return self._shown(request, "read", register=register, columns=_told(register))

    def _edited(self, request, register):
        """The columns as rows of fields. 'More rows' gives the page back with more, unjudged."""
        typed, wants_more = _typed(request)
        form = RegisterForm(typed, register=register)
        rows = COLUMNS(typed, register=register)
        is_new = register._state.adding
        if typed and not wants_more and _both(form, rows) and self._saved(request, register, form):
            return redirect(self._url("change", register))
        context = {"form": form, "rows": rows, "judged": typed and not wants_more}
        doors = [] if is_new or not register.is_open else [CLOSE]
        acts = [{"url": self._url(act.name, register), "button": act.button} for act in doors]
        return self._shown(request, "edit", register=register, is_new=is_new, acts=acts, **context)

    def _saved(self, request, register, form):
        try:
            if register._state.adding:
                for name, value in form.content().items():
                    setattr(register, name, value)
                register.define(by=request.user)
            else:
                columns = {"columns": register.columns}
                version = form.cleaned_data["version"]
                register.change(by=request.user, version=version, **form.content() | columns)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            return False
        messages.success(request, _("已保存登记表“%(name)s”。") % {"name": register.name})
        return True

    def _school(self, request):
        """The school asked for among those the person keeps, else their own, else the first."""
        kept = list(self.schools_for(request.user, self.changed_by))
        asked = [school for school in kept if school.slug == request.GET.get("school")]
        own = [school for school in kept if school.pk == request.user.home_id]
        return (asked or own or kept)[0]

    def _shown(self, request, step, **context):
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "step": step}
        title = context.get("register") or _("新登记表")
        shown = frame | {"title": title} | context
        return TemplateResponse(request, f"disclosures/register_{step}.html", shown)

    @admin.display(description=gettext_lazy("学校"))
    def told_school(self, register):
        return register.school.short_name

    @admin.display(description=gettext_lazy("列"))
    def told_columns(self, register):
        return "、".join(each["label"] for each in register.columns)

    @admin.display(description=gettext_lazy("适用的目录事项"))
    def told_entries(self, register):
        return "、".join(register.entries) or _("全部")

    @admin.display(description=gettext_lazy("状态"))
    def told_state(self, register):
        return _("使用中") if register.is_open else _("已停用")


def _typed(request):
    """What was posted, with more rows if they were asked for, and whether they were."""
    if request.method != "POST":
        return None, False
    typed = request.POST.copy()
    if "more" not in typed:
        return typed, False
    count = typed.get("columns-TOTAL_FORMS", "")
    typed["columns-TOTAL_FORMS"] = str((int(count) if count.isdigit() else 0) + SPARE)
    return typed, True


def _both(form, rows):
    """Both are judged, so that everything wrong is told at once."""
    return all([form.is_valid(), rows.is_valid()])


def _told(register):
    types = dict(TYPES)
    return [each | {"type": types.get(each["type"], each["type"])} for each in register.columns]
