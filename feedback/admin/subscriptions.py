"""Who follows a school by e-mail: how many, since when, told when. The office ends one if asked."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from feedback.models import Subscription
from portal.organisation.admin.acts import ActPage, ActsAdmin
from portal.organisation.desk import ReadOnly, SchoolFilter
from portal.organisation.models import Office

STATES = {
    "running": (_("已确认"), Q(confirmed_at__isnull=False, ended_at=None)),
    "unconfirmed": (_("等待确认"), Q(confirmed_at=None, ended_at=None)),
    "ended": (_("已退订"), Q(ended_at__isnull=False)),
}
STOP = ActPage(
    name="ending",
    button=_("应本人要求停止"),
    effect=_("停止后不再寄信，三天后邮箱地址从系统中删除。只在本人要求时办理。"),
    done=_("已停止：%(name)s。"),
    carry_out=Subscription.stop,
    is_open=lambda row, by: row.ended_at is None,
)


class StateFilter(admin.SimpleListFilter):
    title = _("状态")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _rows) in STATES.items()]

    def queryset(self, request, queryset):
        _label, rows = STATES.get(self.value(), ("", Q()))
        return queryset.filter(rows)


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly, ActsAdmin):
    """Read by the school's office alone; addresses are masked, and found only when typed whole."""

    read_by = (Office.OFFICE,)
    acts = (STOP,)
    change_list_template = "feedback/subscription_list.html"
    list_display = ("label", "school", "masked", "rhythm", "state", "asked_at", "digested_at")
    list_filter = (StateFilter, ("school", SchoolFilter))
    list_select_related = ("school",)
    search_fields = ("=email",)
    search_help_text = _("按完整的电子邮箱查找")
    fields = ("label", "masked", "rhythm", "state", "asked_at", "confirmed_at", "digested_at")

    def get_queryset(self, request):
        return Subscription.objects.kept_by(request.user).order_by("-asked_at")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request) if obj is None else self.may_act(request, obj)

    def may_act(self, request, row):
        return Subscription.objects.kept_by(request.user).filter(pk=row.pk).exists()

    def changelist_view(self, request, extra_context=None):
        counts = {name: Count("pk", filter=rows) for name, (_label, rows) in STATES.items()}
        found = Subscription.objects.kept_by(request.user).order_by().aggregate(**counts)
        told = [{"label": label, "count": found[name]} for name, (label, _rows) in STATES.items()]
        return super().changelist_view(request, {"counts": told} | (extra_context or {}))

    @admin.display(description=_("电子邮箱"))
    def masked(self, row):
        return row.masked_email

    @admin.display(description=_("状态"))
    def state(self, row):
        if row.ended_at:
            return STATES["ended"][0]
        return STATES["running" if row.confirmed_at else "unconfirmed"][0]
