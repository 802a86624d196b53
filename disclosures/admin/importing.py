"""Taking existing documents in: choose files, watch them become drafts, accept their repairs."""

from functools import partial, update_wrapper

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from disclosures.admin import matters
from disclosures.importing import deciding
from disclosures.importing.batch import EXTENSIONS, MOST_BYTES, MOST_FILES, ask
from disclosures.models import CatalogueEntry, Edition
from portal.ledger.acts import Refused, Stale
from portal.organisation.models import Department, Job
from portal.text.reader import listed

RECENT = 10


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """One file or many; each is examined later, so that a bad one refuses none of the others."""

    widget = FilesInput

    def clean(self, value, initial=None):
        uploads = value if isinstance(value, list) else [value] if value else []
        if not uploads:
            raise forms.ValidationError(_("请选择要导入的文件。"))
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(
                _("一次最多导入%(limit)d个文件，请分几次导入。") % {"limit": MOST_FILES}
            )
        if sum(upload.size for upload in uploads) > MOST_BYTES:
            raise forms.ValidationError(
                _("这些文件合起来超过%(limit)d MB，请分几次导入。")
                % {"limit": MOST_BYTES // 1048576}
            )
        return uploads


class ImportForm(forms.Form):
    """Whose drafts these become, which matter they disclose, and the files."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("责任部门"), queryset=Department.objects.none()
    )
    entry = forms.ModelChoiceField(
        label=gettext_lazy("目录事项"),
        queryset=CatalogueEntry.objects.none(),
        help_text=gettext_lazy("这一批文件都归到这个事项，导入后每份各自送审。"),
    )
    files = Files(label=gettext_lazy("文件"))

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        matters.offer(self, user=user)
        self.fields["files"].widget.attrs["accept"] = ",".join(f".{e}" for e in EXTENSIONS)
        self.fields["files"].help_text = _(
            "可一次选多个，每个不超过20 MB。可以导入的类型：%(allowed)s。"
        ) % {"allowed": listed(f".{extension}" for extension in EXTENSIONS)}

    def clean(self):
        return matters.check(self, super().clean())


def routes(desk):
    """The pages of the import, on the desk of the editions."""
    pages = (
        ("import/", import_view, "import", ("GET", "HEAD", "POST")),
        ("import/<uuid:pk>/", job_view, "import_job", ("GET", "HEAD")),
        ("import/<uuid:pk>/stop/", stop_view, "import_stop", ("POST",)),
        ("<uuid:pk>/repairs/", repair_view, "repair", ("POST",)),
    )
    guarded = desk.admin_site.admin_view
    return [
        path(
            route,
            guarded(require_http_methods(methods)(update_wrapper(partial(view, desk), view))),
            name=f"disclosures_edition_{name}",
        )
        for route, view, name, methods in pages
    ]


def import_view(desk, request):
    if not desk.has_add_permission(request):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*sent, user=request.user)
    if sent and form.is_valid():
        job = ask(
            form.cleaned_data["files"],
            department=form.cleaned_data["department"],
            entry=form.cleaned_data["entry"],
            by=request.user,
        )
        return redirect("admin:disclosures_edition_import_job", job.pk)
    context = {"form": form, "jobs": _mine(request.user)[:RECENT], "title": _("导入已有文件")}
    return _page(desk, request, "import", context)


def job_view(desk, request, pk):
    """How far the import is, then what became of each file: for the person who asked."""
    job = get_object_or_404(_mine(request.user), pk=pk)
    drafts = job.result.get("drafts", {})
    readable = Edition.objects.readable_by(request.user).filter(pk__in=list(drafts))
    titles = {str(edition.pk): edition for edition in readable}
    context = {
        "job": job,
        "title": _("导入结果") if job.is_over else _("正在导入"),
        "drafts": [{**told, "edition": titles.get(pk)} for pk, told in drafts.items()],
        "refused": job.result.get("refused", []),
    }
    return _page(desk, request, "import_job", context)


def stop_view(desk, request, pk):
    job = get_object_or_404(_mine(request.user), pk=pk)
    if not job.is_over:
        job.stop_wanted = True
        job.save(update_fields=["stop_wanted"])
        messages.info(request, _("正在停止。已经导入的草稿会保留。"))
    return redirect("admin:disclosures_edition_import_job", job.pk)


def repair_view(desk, request, pk):
    """Carry out the repairs the clerk accepts, as one edit of the draft; or keep the text."""
    editable = Edition.objects.open_to("edit", request.user).with_row()
    edition = get_object_or_404(editable, pk=pk)
    chosen = _chosen(request.POST, deciding.left_for(edition)["repairs"])
    try:
        messages.info(request, _decide(request, edition, chosen))
    except Stale:
        messages.error(request, _("这份草稿刚刚被改动过，没有修复。请看过现在的内容后再办理。"))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("admin:disclosures_edition_change", edition.pk)


def _decide(request, edition, chosen):
    if not chosen:
        return _("请先勾选要修复的地方。")
    if "keep" in request.POST:
        deciding.keep(edition, chosen)
        return _("已保留原文，不再提示这些地方。")
    version = _number(request.POST.get("version"))
    if not deciding.accept(edition, chosen, by=request.user, version=version):
        return _("这些地方已经不在文中，不用修复。")
    told = ngettext("已修复%(count)d项。", "已修复%(count)d项。", len(chosen))
    return told % {"count": len(chosen)}


def _chosen(posted, open_repairs):
    if "all" in posted:
        return open_repairs
    wanted = set(posted.getlist("repair"))
    return [(place, repair) for place, repair in open_repairs if str(place) in wanted]


def _number(text):
    """The version the clerk had before them; anything else is never the stored one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _mine(user):
    return Job.objects.filter(kind=Job.Kind.IMPORT_DOCUMENTS, requested_by=user)


def _page(desk, request, name, context):
    frame = desk.admin_site.each_context(request)
    template = f"admin/disclosures/{name}.html"
    return TemplateResponse(request, template, {**frame, "opts": Edition._meta, **context})
