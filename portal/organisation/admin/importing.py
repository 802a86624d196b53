"""A school's people from a workbook: the template, the check, the codes told once."""

from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.ledger.acts import Refused
from portal.organisation.importing import MOST_ROWS, open_accounts, read_people, template_rows
from portal.organisation.models import Authority, School, User
from portal.text.files import UnfitFile
from portal.text.sheets import CSV, XLSX, csv_lines, write_xlsx

SHOWN_FAULTS = 200


class PeopleForm(forms.Form):
    school = forms.ModelChoiceField(label=gettext_lazy("学校"), queryset=School.objects.none())
    file = forms.FileField(
        label=gettext_lazy("人员表"),
        help_text=gettext_lazy("用模板填写的 .xlsx 文件，第一行是列名。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("请选择填好的人员表。")},
    )

    def __init__(self, *args, schools, **options):
        super().__init__(*args, initial={"school": schools.first()}, **options)
        self.fields["school"].queryset = schools
        self.lines, self.faults = [], []

    def clean(self):
        cleaned = super().clean()
        upload, school = cleaned.get("file"), cleaned.get("school")
        if not upload or not school:
            return cleaned
        try:
            self.lines, self.faults = read_people(upload.name, upload, school=school)
        except UnfitFile as unfit:
            self.add_error("file", unfit.sentence)
        return cleaned


def routes(desk):
    """The page of the import, on the desk of the people."""
    view = require_http_methods(["GET", "HEAD", "POST"])(
        desk.admin_site.admin_view(partial(import_view, desk))
    )
    return [path("import/", view, name="organisation_user_import")]


def import_view(desk, request):
    """Nothing is saved while one cell is wrong; afterwards the codes stand on this one answer."""
    schools = _kept(request)
    if "template" in request.GET:
        return _template()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PeopleForm(*sent, schools=schools)
    if sent and form.is_valid() and not form.faults:
        try:
            school = form.cleaned_data["school"]
            newcomers = open_accounts(form.lines, school=school, by=request.user)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return _told(desk, request, newcomers)
    context = {
        "form": form,
        "faults": form.faults[:SHOWN_FAULTS],
        "fault_count": len(form.faults),
        "limit": MOST_ROWS,
        "title": _("导入人员"),
    }
    status = 422 if form.faults else 200
    return _page(desk, request, "organisation/import_people.html", context, status=status)


def _template():
    """The workbook to fill in."""
    response = HttpResponse(content_type=XLSX)
    write_xlsx(template_rows(), response, title=_("人员"))
    response["Content-Disposition"] = 'attachment; filename="people.xlsx"'
    return response


def _kept(request):
    """The schools whose office the person keeps; nobody else opens accounts in bulk."""
    schools = Authority.objects.schools_kept_by(request.user)
    if not schools.exists():
        raise PermissionDenied
    return schools


def _told(desk, request, newcomers):
    if "csv" not in request.POST:
        context = {"newcomers": newcomers, "title": _("账号已建立")}
        return _page(desk, request, "organisation/user_codes.html", context)
    rows = [[_("姓名"), _("用户名"), _("激活码")]]
    rows += [[row.user.name, row.user.username, row.code] for row in newcomers]
    response = StreamingHttpResponse(csv_lines(rows), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="activation-codes.csv"'
    return response


def _page(desk, request, name, context, *, status=200):
    frame = {**desk.admin_site.each_context(request), "opts": User._meta}
    return TemplateResponse(request, name, frame | context, status=status)
