"""How a stored value reads in the history: labels for codes, names for keys, text for HTML."""

from django.contrib.auth.models import Group, Permission
from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from disclosures.kinds.registers import TYPES
from disclosures.models import Audience
from portal.organisation.models import Authority, Office
from portal.text.html import plain_text
from portal.text.reader import listed

# Kept by the machinery, or said already by the act itself (who, when, how often).
UNTOLD = {
    "id",
    "path",
    "rule",
    "content_schema",
    "version",
    "rank",
    "position",
    "edited_by",
    "edited_at",
    "token_digest",
}
# Fields the models give no label of their own.
LABELS = {
    "is_removed": gettext_lazy("已移除"),
    "unconfirmed_by": gettext_lazy("紧急办理人"),
    "slug_fixed": gettext_lazy("网址名已固定"),
    "must_change_password": gettext_lazy("须先修改密码"),
    "original": gettext_lazy("原文件"),
    "served": gettext_lazy("所供下载的文件"),
    "succeeded_by": gettext_lazy("接替的文稿"),
    "group": gettext_lazy("承办职务"),
    "planned_close": gettext_lazy("原定结束时间"),
    "sealed_at": gettext_lazy("定稿时间"),
    "disclosure": gettext_lazy("公开事项"),
    "school": gettext_lazy("学校"),
    "department": gettext_lazy("责任部门"),
    "entry": gettext_lazy("目录事项"),
    "category": gettext_lazy("目录类别"),
    "year": gettext_lazy("年份"),
    "post": gettext_lazy("任职"),
}
CODES = {"digest", "index_number", "offices", "org_code", "slug", "username"}
CONTACTS = {"organisation.user": {"phone", "email"}}


def told_fields(model):
    """The fields of a model the history shows, in the order of the model."""
    return [field for field in model._meta.concrete_fields if field.name not in UNTOLD]


def label_of(field):
    if field._verbose_name is None:
        return str(LABELS.get(field.name, field.verbose_name))
    return str(field.verbose_name)


def is_worded(field):
    """Whether people wrote it: then single words differ, otherwise one value follows another."""
    written = isinstance(field, models.CharField | models.TextField)
    return written and not field.flatchoices and field.name not in CODES


class Names:
    """The rows that keys in the history point to, fetched once for each kind of row."""

    def __init__(self):
        self._wanted, self._found = {}, {}

    def want(self, field, key):
        if isinstance(field, models.ForeignKey) and key is not None:
            self._wanted.setdefault(field.remote_field.model, set()).add(key)

    def fetch(self):
        """One query for each kind of row, whatever the number of keys."""
        for model, keys in self._wanted.items():
            self._found[model] = _named(model, keys)

    def of(self, model, key):
        return self._found.get(model, {}).get(key) or str(key)


def _named(model, keys):
    if model is Group:
        held = Authority.objects.filter(group__in=keys).select_related("school", "department")
        return {authority.group_id: str(authority) for authority in held}
    if model is Permission:
        return dict(Permission.objects.filter(pk__in=keys).values_list("pk", "codename"))
    around = [field.name for field in model._meta.concrete_fields if field.many_to_one]
    rows = model._base_manager.filter(pk__in=keys).select_related(*around)
    return {row.pk: _called(row) for row in rows}


def _called(row):
    """What a row is called; a matter without a number has no name that says anything."""
    return _("（尚未编号）") if str(row) == str(row.pk) else str(row)


def spoken(field, value, names):
    """A stored value as a reader would say it; '' for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if field.name in CONTACTS.get(field.model._meta.label_lower, ()):
        return _("已登记（历史中不显示联系方式）")
    if isinstance(field, models.ForeignKey):
        return names.of(field.remote_field.model, value)
    if field.name in WORDINGS:
        return WORDINGS[field.name](value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value):
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if hasattr(value, "tzinfo"):
        return formats.date_format(timezone.localtime(value), "Y-m-d H:i:s")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)


def _audiences(codes):
    known = dict(Audience.choices)
    return listed(known.get(code, code) for code in codes)


def _steps(codes):
    known = dict(Office.choices)
    return " → ".join(str(known.get(code, code)) for code in codes.split(">"))


def _columns(defined):
    """The columns of a register by their headings, each with what stands in it."""
    types = dict(TYPES)
    return listed(f"{each['label']}（{types.get(each['type'], each['type'])}）" for each in defined)


WORDINGS = {
    "audiences": _audiences,
    "offices": _steps,
    "body": plain_text,
    "columns": _columns,
    "entries": listed,
}
