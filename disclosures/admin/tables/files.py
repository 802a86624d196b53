"""The table of a draft from a file: the template to fill in, the upload, what was read, its yes."""

from io import BytesIO

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.admin.pages import page
from disclosures.admin.tables.editing import panel_of
from disclosures.admin.tables.reaching import draft_of, kind_asked, kinds_offered, not_open
from disclosures.admin.tables.typed import key_of
from disclosures.importing import tables as importing
from disclosures.sheets.comparing import comparison_from
from disclosures.sheets.template import write_template
from disclosures.sheets.writing import write_xlsx
from portal.ledger.acts import Refused, Stale
from portal.text.filenames import safe_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TableFileForm(forms.Form):
    """Which kind of table a file holds, and the file."""

    kind = forms.ChoiceField(label=gettext_lazy("表的种类"))
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("Excel、WPS 的 .xlsx，或 .csv。先下载模板填写最省事。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("请选择要导入的文件。")},
    )

    def __init__(self, *args, edition, **options):
        super().__init__(*args, **options)
        offered = kinds_offered(edition)
        labels = {gettext_lazy("适合这一事项"): "fitting", gettext_lazy("其他种类"): "others"}
        self.fields["kind"].choices = [
            (label, [(kind.key, kind.label) for kind in offered[name]])
            for label, name in labels.items()
            if offered[name]
        ]


def template_view(desk, request, pk):
    """The workbook to fill in for a kind."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    kind = kind_asked(edition, request.GET.get("kind"))
    if kind is None:
        raise Http404
    return _workbook(_("%(kind)s模板") % {"kind": kind.label}, lambda to: write_template(kind, to))


def workbook_view(desk, request, pk):
    """The draft's table as a workbook that can be mended and taken in again."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    sheet = edition.sheet
    if sheet is None:
        raise Http404
    kind = sheet.as_kind
    return _workbook(str(sheet), lambda to: write_xlsx(kind, sheet.header, sheet.rows(), to))


def import_view(desk, request, pk):
    """Choose the kind and the file; what was read of it is shown on the page of the job."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    form = _form(edition, request)
    if request.method == "POST" and form.is_valid():
        kind = kind_asked(edition, form.cleaned_data["kind"])
        try:
            job = importing.ask(
                form.cleaned_data["file"], edition=edition, kind=kind, by=request.user
            )
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("admin:disclosures_edition_table_job", edition.pk, job.pk)
    context = {"title": _("从文件导入数据表"), "edition": edition, "form": form}
    return page(desk, request, "table_import", context)


def job_view(desk, request, pk, job):
    """How far the reading is; then every fault at its place, or all that would be saved."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    return _job_page(desk, request, edition, _job(request.user, edition, job))


def confirmation_view(desk, request, pk, job):
    """Save exactly what was read and seen; a second click finds it saved."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    found = _job(request.user, edition, job)
    if not importing.is_ready(found):
        messages.info(request, _("这份文件已经导入或清除，没有重复办理。"))
        return redirect(panel_of(edition))
    if request.POST.get("base") != key_of(edition):
        return _job_page(desk, request, edition, found, sentence=_overtaken())
    try:
        importing.confirm(found, by=request.user, version=edition.version)
    except Stale:
        fresh = draft_of(request.user, pk) or edition
        return _job_page(desk, request, fresh, found, sentence=_overtaken())
    except Refused as refused:
        return _job_page(desk, request, edition, found, sentence=refused.sentence)
    messages.success(request, _("已导入，数据表已保存。"))
    return redirect(panel_of(edition))


def stop_view(desk, request, pk, job):
    """Give the file up, or stop its reading."""
    edition = draft_of(request.user, pk)
    if edition is None:
        return not_open(desk, request, pk)
    importing.give_up(_job(request.user, edition, job))
    messages.info(request, _("没有导入，上传的文件已清除。草稿没有改动。"))
    return redirect(panel_of(edition))


def _job_page(desk, request, edition, job, *, sentence=""):
    is_ready = importing.is_ready(job)
    if is_ready and job.result["against"] != key_of(edition):
        importing.compared_anew(job)
    kind = importing.kind_asked(job)
    context = {
        "title": _("读到的数据表") if job.is_over else _("正在读取"),
        "edition": edition,
        "job": job,
        "kind": kind,
        "sentence": sentence,
        "faults": importing.faults_in(job),
        "form": TableFileForm(edition=edition, initial={"kind": kind.key}),
    }
    if is_ready:
        context |= _preview(edition, job, kind)
    return page(desk, request, "table_job", context, status=409 if sentence else 200)


def _preview(edition, job, kind):
    told = job.result
    header = [(column, column.shown(told["header"].get(column.name))) for column in kind.header]
    return {
        "is_ready": True,
        "base": key_of(edition),
        "header": [(column, text) for column, text in header if text],
        "rows": [
            (place, [(column, column.shown(row.get(column.name))) for column in kind.columns])
            for place, row in enumerate(told["sample"], start=1)
        ],
        "present": edition.sheet,
        "found": comparison_from(told["changes"]),
    }


def _job(user, edition, pk):
    return get_object_or_404(importing.asked_by(user), pk=pk, terms__edition=str(edition.pk))


def _form(edition, request):
    if request.method == "POST":
        return TableFileForm(request.POST, request.FILES, edition=edition)
    own = edition.sheet.kind if edition.sheet else ""
    return TableFileForm(edition=edition, initial={"kind": request.GET.get("kind") or own})


def _overtaken():
    return _("还没有导入：草稿的数据表刚刚被别人改动过。下面已按现在的表重新比对，请看过再导入。")


def _workbook(name, write):
    stream = BytesIO()
    write(stream)
    stream.seek(0)
    filename = safe_name(f"{name}.xlsx")
    return FileResponse(stream, as_attachment=True, filename=filename, content_type=XLSX)
