"""Questions about changes: what one was asked, what one has asked, and the answers."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.change_forms import AnswerForm, ReportForm
from committees.changes import changes_watched_by, kind_label
from committees.models import Question
from committees.report import ENTRY, places_of
from portal.ledger.acts import Refused
from portal.ledger.models import Act
from portal.organisation.desk import ReadOnly
from portal.organisation.models import Authority

PAGE = 50


@admin.register(Question)
class QuestionDesk(ReadOnly, admin.ModelAdmin):
    """Open to everybody in an office: anybody who acts may be asked."""

    def has_view_permission(self, request, obj=None):
        user = request.user
        return Question.objects.readable_by(user).exists() or (
            Authority.objects.held_by(user).exists()
        )

    def get_urls(self):
        return [
            self._route("", require_safe(self.questions), "changelist"),
            self._route("report/", self.report, "report"),
            self._route("<uuid:pk>/", require_safe(self.question), "change"),
            self._route("<uuid:pk>/answer/", require_POST(self.answer), "answer"),
        ]

    def questions(self, request):
        """The questions in reach, those without an answer first."""
        if not self.has_view_permission(request):
            raise Http404
        readable = Question.objects.readable_by(request.user)
        unanswered_first = readable.order_by(
            F("answered_at").desc(nulls_first=True), "-asked_at", "pk"
        )
        rows = Paginator(unanswered_first, PAGE).get_page(request.GET.get("page"))
        rows.object_list = rows.object_list.with_acts()
        for row in rows.object_list:
            row.kind_label = kind_label(row.asked_act)
        return self._page(request, "question_list", {"title": _("更动询问"), "rows": rows})

    def question(self, request, pk):
        return self._question(request, self._readable(request, pk))

    def answer(self, request, pk):
        """Send the answer. What was typed is kept when it is refused."""
        question, form = self._readable(request, pk), AnswerForm(request.POST)
        if form.is_valid():
            try:
                question.reply(form.cleaned_data["text"], by=request.user)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _("答复已发出，询问人会收到通知。"))
                return redirect("admin:committees_question_change", question.pk)
        return self._question(request, question, form=form)

    def report(self, request):
        """Draft the month's account of changes, or say who can."""
        if not self.has_view_permission(request):
            raise Http404
        places = places_of(request.user)
        form = ReportForm(request.POST or None, places=places)
        if request.method == "POST" and places and form.is_valid():
            place, month = form.cleaned_data["place"], form.cleaned_data["month"]
            try:
                edition = places[place].draft(month, by=request.user)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _("月报已起草。请核对、补充后送审。"))
                return redirect("admin:disclosures_edition_change", edition.pk)
        context = {"title": _("更动月报"), "form": form if places else None, "entry": ENTRY}
        return self._page(request, "report_page", context)

    def _route(self, route, view, name):
        return path(route, self.admin_site.admin_view(view), name=f"committees_question_{name}")

    def _readable(self, request, pk):
        rows = Question.objects.readable_by(request.user).with_people()
        return get_object_or_404(rows, pk=pk)

    def _question(self, request, question, *, form=None):
        change = Act.objects.get(uuid=question.act)
        waits = Question.objects.waiting_for(request.user).filter(pk=question.pk).exists()
        context = {
            "title": f"{kind_label(change)}：{change.title}",
            "question": question,
            "questions": [question],
            "change": change,
            "kind": kind_label(change),
            "is_watched": changes_watched_by(request.user).filter(pk=change.pk).exists(),
            "form": form or (AnswerForm() if waits else None),
        }
        return self._page(request, "question_page", context)

    def _page(self, request, name, context):
        frame = self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"committees/{name}.html", frame | context)
