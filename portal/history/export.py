"""The record as a table to take away. Taking it away is an act of its own."""

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.history.forms import HistoryFilter
from portal.history.reach import acts_readable_by
from portal.ledger.acts import Refused, perform
from portal.organisation.jobs import export_path
from portal.organisation.models import School
from portal.text.sheets import write_xlsx

DIRECT_ROWS = 50_000
SHEET_ROWS = 1_000_000
CHUNK = 2000
COLUMNS = [
    gettext_lazy("时间"),
    gettext_lazy("学校"),
    gettext_lazy("经办人"),
    gettext_lazy("以何身份"),
    gettext_lazy("动作"),
    gettext_lazy("对象类型"),
    gettext_lazy("对象名称"),
    gettext_lazy("目录类别"),
    gettext_lazy("目录事项"),
    gettext_lazy("理由"),
    gettext_lazy("之前摘要"),
    gettext_lazy("之后摘要"),
    gettext_lazy("编号"),
]


def table(acts, school_names, step=lambda done: None):
    """The titles of the columns, then the acts as rows, fetched in pieces."""
    yield COLUMNS
    for done, act in enumerate(acts.iterator(chunk_size=CHUNK), start=1):
        yield _values(act, school_names)
        if done % CHUNK == 0:
            step(done)


def note_export(acts, form, *, by, count, kind):
    """Reading in bulk leaves an act at every school it read of, else at the reader's name.

    The record is written in one language, whatever the reader's pages are in.
    """
    with translation.override(settings.LANGUAGE_CODE):
        asked = "；".join(form.terms()) or _("无")
        said = {"kind": kind, "count": count, "terms": asked}
        reason = _("导出操作记录（%(kind)s）%(count)s条，筛选条件：%(terms)s") % said
    slugs = acts.order_by().values_list("school", flat=True).distinct()
    for noun in list(School.objects.filter(slug__in=list(slugs))) or [by]:
        with perform("export", noun, by=by, reason=reason):
            pass


def export_record(job, report):
    """Write what the person of the job may read and asked for; `report(done, total)` as it goes.

    Returns the job's result: the path of the file and its number of rows.
    """
    reader = job.requested_by
    with translation.override(reader.language):
        form = HistoryFilter(job.terms, user=reader)
        acts = form.filter(acts_readable_by(reader))
        total = acts.count()
        if total > SHEET_ROWS:
            raise Refused(_("记录超过一百万条，一个表格放不下，请缩短起止日期后再导出。"))
        path = export_path(job, "history.xlsx")
        rows = table(acts, form.school_names, step=lambda done: report(done, total))
        write_xlsx(rows, path, title=_("操作记录"))
    report(total, total)
    return {"file": path.name, "count": total}


def _values(act, school_names):
    return [
        formats.date_format(timezone.localtime(act.at), "Y-m-d H:i:s"),
        school_names.get(act.school, act.school),
        act.actor_name or _("系统"),
        act.actor_office,
        act.get_name_display(),
        act.noun_label,
        act.title,
        act.category,
        act.entry,
        act.reason,
        act.digest_before,
        act.digest_after,
        act.uuid,
    ]
