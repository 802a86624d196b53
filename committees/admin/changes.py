"""The supervision group's desk: changes that deserve a look, one by one, and the report."""

from collections import Counter

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.change_forms import ChangeFilter, LookForm, QuestionForm, ShareForm
from committees.changes import EDITION, changes_watched_by, is_watcher, kind_label
from committees.models import Committee, Look, Question
from committees.models.look import share_of
from portal.ledger.acts import Refused
from portal.organisation.desk import ReadOnly

PAGE = 50


@admin.register(Look)
class ChangeDesk(ReadOnly, admin.ModelAdmin):
    """Open to supervision groups, and to a bureau's office for its schools."""

    def has_view_permission(self, request, obj=None):
        return is_watcher(request.user)

    def get_urls(self):
        return [
            self._route("", require_safe(self.queue), "changelist"),
            self._route("share/", self.share, "share"),
            self._route("<uuid:uuid>/", require_safe(self.change), "change"),
            self._route("<uuid:uuid>/looking/", require_POST(self.looking), "looking"),
            self._route("<uuid:uuid>/asking/", require_POST(self.asking), "asking"),
        ]

    def queue(self, request):
        """The changes in reach, newest first; drawn and not yet seen unless more is asked for."""
        if not is_watcher(request.user):
            raise Http404
        form = ChangeFilter(request.GET, user=request.user)
        rows = Paginator(form.filter(), PAGE).get_page(request.GET.get("page"))
        context = {
            "title": _("待查看的更动"),
            "form": form,
            "rows": told(rows.object_list, request.user, form.school_names),
            "page_of": rows,
            "query": _query(request),
            "share": share_of(request.user),
            "groups": Committee.objects.watched_through(request.user).select_related("school"),
        }
        return self._page(request, "change_list", context)

    def change(self, request, uuid):
        """One change: what it was, who has looked, what was asked."""
        return self._change(request, self._watched(request, uuid))

    def looking(self, request, uuid):
        """Mark it as seen."""
        change, form = self._watched(request, uuid), LookForm(request.POST)
        if form.is_valid():
            try:
                Look.objects.look_at(change, by=request.user, note=form.cleaned_data["note"])
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _("已标记为已查看。"))
                return redirect("admin:committees_look_changelist")
        return self._change(request, change, look_form=form)

    def asking(self, request, uuid):
        """Ask whoever did it. What was typed is kept when it is refused."""
        change, form = self._watched(request, uuid), QuestionForm(request.POST)
        if form.is_valid():
            try:
                Question.objects.ask(change, form.cleaned_data["text"], by=request.user)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _("询问已转给经办人，答复后会通知您。"))
                return redirect("admin:committees_look_change", change.uuid)
        return self._change(request, change, question_form=form)

    def share(self, request):
        """Set how much the group looks at."""
        groups = Committee.objects.watched_through(request.user).select_related("school")
        group = get_object_or_404(groups.order_by("school")[:1])
        form = ShareForm(request.POST or None, initial={"share": group.share})
        if form.is_valid():
            group.set_share(form.cleaned_data["share"], by=request.user)
            messages.success(request, _("抽查比例已改为%(share)d%%。") % {"share": group.share})
            return redirect("admin:committees_look_changelist")
        return self._page(
            request, "change_share", {"title": _("设定抽查比例"), "form": form, "group": group}
        )

    def _route(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=f"committees_look_{name}")

    def _watched(self, request, uuid):
        return get_object_or_404(changes_watched_by(request.user), uuid=uuid)

    def _change(self, request, change, *, look_form=None, question_form=None):
        open_to_look = Look.objects.open_to_look(request.user).filter(pk=change.pk).exists()
        context = {
            "title": f"{kind_label(change)}：{change.title}",
            "change": change,
            "kind": kind_label(change),
            "is_text": change.noun == EDITION,
            "looks": Look.objects.through(request.user).at(change),
            "questions": Question.objects.about(change),
            "look_form": (look_form or LookForm()) if open_to_look else None,
            "refusals": look_form.non_field_errors() if look_form else (),
            "question_form": question_form or QuestionForm(),
        }
        return self._page(request, "change_page", context)

    def _page(self, request, name, context):
        frame = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"committees/{name}.html", frame | context)


def told(changes, user, school_names):
    """The changes of a page with what happened, where, who has looked and what was asked."""
    changes = list(changes)
    keys = [str(change.uuid) for change in changes]
    looks = Look.objects.through(user).filter(act__in=keys).select_related("seen_by")
    seen = {look.act: look for look in looks}
    asked = Counter(Question.objects.filter(act__in=keys).values_list("act", flat=True))
    for change in changes:
        change.kind_label = kind_label(change)
        change.school_name = school_names.get(change.school, change.school)
        change.look = seen.get(str(change.uuid))
        change.asked_count = asked[str(change.uuid)]
    return changes


def _query(request):
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
