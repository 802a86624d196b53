"""The school's office forms its groups; its principal and supervisors look on."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from committees.forms import JoiningForm, LeavingForm
from committees.models import Committee
from portal.ledger.acts import Refused
from portal.ledger.moments import today
from portal.organisation.desk import DeskAdmin

EFFECTS = {
    Committee.Kind.LEADING: _("加入后，此人可以审核送到领导小组这一步的公开文稿。"),
    Committee.Kind.SUPERVISION: _("加入后，此人可以查看本校全部公开文稿和操作记录，不能修改。"),
}


class CommitteeForm(forms.ModelForm):
    class Meta:
        model = Committee
        fields = ["duties", "contact"]
        help_texts = {
            "duties": _("显示在小组的公开页面上，可不填。"),
            "contact": _("显示在小组的公开页面上，如监督电话、信箱，可不填。"),
        }


@admin.register(Committee)
class CommitteeAdmin(DeskAdmin):
    form = CommitteeForm
    list_display = ("name", "school", "kind", "founded_on")
    list_select_related = ("school",)
    fields = (("school", "kind"), ("name", "name_en"), "duties", "contact", "founded_on")
    change_form_template = "committees/committee_desk.html"

    def get_readonly_fields(self, request, obj=None):
        return ("school", "kind") if obj else ()

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/joining/", view(self.joining), name="committees_committee_joining"),
            path(
                "<uuid:pk>/members/<uuid:seat>/leaving/",
                view(self.leaving),
                name="committees_committee_leaving",
            ),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        committee = self.get_object(request, object_id)
        page = {}
        if committee:
            page = {
                "members": committee.memberships.not_ended(today()).select_related("user"),
                "past_members": committee.past_members(),
                "may_form": self.has_change_permission(request, committee),
            }
        return super().change_view(request, object_id, form_url, (extra_context or {}) | page)

    def joining(self, request, pk):
        """Take a person in, on a page that says what they may do from then on."""
        committee = self._formed(request, pk)
        form = JoiningForm(request.POST or None, candidates=committee.candidates(request.user))
        page = {
            "title": _("接纳成员"),
            "effect": EFFECTS[committee.kind],
            "button": _("接纳为成员"),
            "done": _("%(name)s已加入小组。"),
        }
        return self._act(request, committee, form, page, committee.take_in)

    def leaving(self, request, pk, seat):
        """End a seat; the office goes with it."""
        committee = self._formed(request, pk)
        seat = get_object_or_404(committee.memberships.select_related("user", "post"), pk=seat)
        effect = _("%(name)s将从今天起退出小组，随小组职务取得的权限同时收回。")
        page = {
            "title": _("成员退出"),
            "effect": effect % {"name": seat.user.name},
            "button": _("办理退出"),
            "done": _("%(name)s已退出小组。"),
        }
        return self._act(request, committee, LeavingForm(request.POST or None), page, seat.end)

    def _formed(self, request, pk):
        committee = self.get_object(request, str(pk))
        if committee is None:
            raise Http404
        if not self.has_change_permission(request, committee):
            raise PermissionDenied
        return committee

    def _act(self, request, committee, form, page, act):
        """The confirmation page: a refusal keeps what was filled in."""
        if form.is_valid():
            try:
                seat = act(by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, page["done"] % {"name": seat.user.name})
                return redirect("admin:committees_committee_change", committee.pk)
        shown = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "row": committee,
            "back": reverse("admin:committees_committee_change", args=[committee.pk]),
            "title": page["title"],
            "act": page,
            "form": form,
        }
        return TemplateResponse(request, "organisation/desk_act.html", shown)
