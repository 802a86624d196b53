"""Who stands in for whom (A/B岗): arranged by the office between two days, ended early by it."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from portal.ledger.moments import today
from portal.organisation.admin.acts import ActPage
from portal.organisation.admin.posts import DatedAdmin
from portal.organisation.desk import ReasonForm
from portal.organisation.fields import Line
from portal.organisation.models import Authority, Post, StandIn

END_STAND_IN = ActPage(
    name="end",
    button=_("提前结束代理"),
    effect=_("从今天起，代理人不再有这项职务的权限。代理期间办过的事都保留。"),
    done=_("已办理：%(name)s，代理结束。"),
    carry_out=StandIn.end,
    is_open=lambda stand_in, by: not stand_in.is_over(today()),
    form=ReasonForm,
)


class StandInForm(forms.ModelForm):
    reason = Line(
        label=_("代理原因"),
        max_length=300,
        required=False,
        help_text=_("如“外出培训”，可不填。会留在操作记录里。"),
    )

    class Meta:
        model = StandIn
        fields = ["post", "user", "starts_on", "ends_on"]
        help_texts = {
            "post": _("离岗的人担任的职务。代理人在这段时间里可以办理它的事。"),
            "user": _("起草人和最后修改人代理审核职务时，仍不能审核自己的文稿。"),
            "starts_on": _("可以是以后的日期，到那一天自动生效。"),
            "ends_on": _("这一天起不再代理，自动生效。只代理一天的，填第二天。"),
        }


@admin.register(StandIn)
class StandInAdmin(DatedAdmin):
    """Stand-ins of the schools in reach; between arrangement and end nothing is edited."""

    school_path = "post__school"
    form = StandInForm
    acts = (END_STAND_IN,)
    add_button = _("安排代理")
    list_display = ("user", "told_post", "starts_on", "ends_on", "told_standing")
    list_select_related = ("user", "post__user", "post__school", "post__department")
    search_fields = ("user__name", "user__username", "post__user__name")

    @admin.display(description=_("代理的任职"), ordering="post")
    def told_post(self, stand_in):
        post = stand_in.post
        return f"{post.school.short_name} {post.user.name} {post.office_title()}"

    @admin.display(description=_("状态"))
    def told_standing(self, stand_in):
        if stand_in.is_over(today()):
            return _("已结束")
        return _("代理中") if stand_in.starts_on <= today() else _("未开始")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only posts that are held now or will be, named by person and office."""
        if db_field.name == "post":
            kept = Authority.objects.schools_kept_by(request.user)
            rows = Post.objects.filter(school__in=kept).exclude(ends_on__lte=today())
            kwargs["queryset"] = rows.select_related("user", "school", "department")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        obj.arrange(by=request.user, reason=form.cleaned_data["reason"])
