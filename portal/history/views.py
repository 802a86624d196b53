"""Pages of the history. They are read: every other method than GET is refused."""

from django.contrib import admin, messages
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from disclosures.models import Edition, Reading
from portal.history.changes import changes_of
from portal.history.compare import TextStates
from portal.history.export import DIRECT_ROWS, note_export, table
from portal.history.forms import HistoryFilter, ReadingFilter
from portal.history.paging import page_after, query_of
from portal.history.reach import (
    acts_readable_by,
    may_read_history,
    may_read_readings,
    readings_readable_by,
)
from portal.ledger.moments import now, today
from portal.organisation.jobs import KEPT, export_path
from portal.organisation.models import Job
from portal.text.sheets import CSV, XLSX, csv_lines, write_xlsx

COUNTED = 10_000
TIMELINE = 500


def page(request, template, title, **context):
    """A page of the workplace with its frame around it."""
    frame = admin.site.each_context(request)
    return render(request, f"portal/history/{template}.html", frame | {"title": title} | context)


@require_safe
def history(request):
    """The acts in reach, newest first."""
    form, acts = _asked(request)
    rows, following = page_after(acts, request.GET.get("after", ""), "uuid")
    return page(
        request,
        "act_list",
        _("操作记录"),
        form=form,
        acts=_named(rows, form.school_names),
        count=acts.order_by()[: COUNTED + 1].count(),
        counted=COUNTED,
        next_query=query_of(request, after=following) if following else "",
        export_query=query_of(request, after=""),
        exports=_my_exports(request.user),
        reads_readings=may_read_readings(request.user),
    )


@require_safe
def act(request, uuid):
    """One act: its facts, and every field it changed."""
    found = get_object_or_404(acts_readable_by(request.user), uuid=uuid)
    if _is_text(found):
        Reading.objects.note(Edition.objects.get(pk=found.object_id), by=request.user)
    changes = changes_of(found.uuid)
    return page(request, "act_page", str(found), act=found, is_text=_is_text(found), rows=changes)


@require_safe
def timeline(request, subject):
    """All that happened to one matter, person or school, from the beginning on."""
    acts = list(_about(request.user, subject).order_by("at", "id")[: TIMELINE + 1])
    if not acts:
        raise Http404
    return page(
        request,
        "act_timeline",
        acts[-1].title,
        acts=acts[:TIMELINE],
        is_cut=len(acts) > TIMELINE,
        limit=TIMELINE,
        subject=subject,
        has_texts=any(_is_text(act) for act in acts),
    )


@require_safe
def comparison(request, disclosure):
    """The text after one act beside the text after another."""
    acts = _about(request.user, disclosure).filter(noun=Edition._meta.label_lower)
    if not acts.exists():
        raise Http404
    states = TextStates(acts, request.GET)
    for edition in states.editions():
        Reading.objects.note(edition, by=request.user)
    return page(request, "act_comparison", _("文稿对照"), states=states, disclosure=disclosure)


@require_safe
def export_csv(request):
    """The acts asked for, as CSV, however many."""
    form, acts = _asked(request)
    if not form.is_valid():
        return redirect(_listed(request))
    note_export(acts, form, by=request.user, count=acts.count(), kind="CSV")
    lines = StreamingHttpResponse(csv_lines(table(acts, form.school_names)), content_type=CSV)
    return _as_file(lines, "csv")


@require_safe
def export_xlsx(request):
    """The acts asked for, as a workbook; more than fifty thousand become a job."""
    form, acts = _asked(request)
    if not form.is_valid():
        return redirect(_listed(request))
    count = acts.count()
    note_export(acts, form, by=request.user, count=count, kind="XLSX")
    if count > DIRECT_ROWS:
        Job.objects.create(kind="export_record", requested_by=request.user, terms=form.data.dict())
        messages.info(request, _("记录较多，已转到后台生成表格，完成后在本页下载。"))
        return redirect(_listed(request))
    response = HttpResponse(content_type=XLSX)
    write_xlsx(table(acts, form.school_names), response, title=_("操作记录"))
    return _as_file(response, "xlsx")


@require_safe
def export_file(request, job):
    """The workbook a job has made, for the person who asked for it."""
    done = Job.objects.filter(kind="export_record", state="done", requested_by=request.user)
    path = export_path(get_object_or_404(done, pk=job), "history.xlsx")
    if not path.exists():
        raise Http404
    return _as_file(FileResponse(path.open("rb"), content_type=XLSX), "xlsx")


@require_safe
def readings(request):
    """Who read, and when, what is not meant for everybody."""
    if not may_read_readings(request.user):
        raise Http404
    form = ReadingFilter(request.GET)
    readable = form.filter(readings_readable_by(request.user))
    rows, following = page_after(readable, request.GET.get("after", ""), "pk")
    return page(
        request,
        "reading_list",
        _("查阅记录"),
        form=form,
        readings=rows,
        next_query=query_of(request, after=following) if following else "",
    )


def _asked(request):
    if not may_read_history(request.user):
        raise Http404
    form = HistoryFilter(request.GET, user=request.user)
    return form, form.filter(acts_readable_by(request.user))


def _about(user, subject):
    return acts_readable_by(user).about(subject)


def _is_text(act):
    return act.noun == Edition._meta.label_lower


def _named(acts, school_names):
    """The acts with the name of their school beside them."""
    for act in acts:
        act.school_name = school_names.get(act.school, act.school)
    return acts


def _my_exports(user):
    """The newest exports that are still to be had."""
    asked = Job.objects.filter(kind="export_record", requested_by=user)
    return asked.filter(requested_at__gt=now() - KEPT)[:5]


def _listed(request):
    return f"{reverse('admin:ledger_act_changelist')}?{request.GET.urlencode()}"


def _as_file(response, ending):
    name = f"history-{today():%Y%m%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
