"""How a piece of what the ledger holds is called where people read of it: “第3行”, “正文第2段”."""

from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.text.reader import listed

MOST = 20


def named(name: str, edition) -> str:
    """The piece of that name in the edition; one nobody has a word for under its own name."""
    part, _slash, rest = name.partition("/")
    if part == "header":
        return _column(rest, edition)
    numbered = {"row": _("第%(n)d行"), "body": _("正文第%(n)d段"), "file": _("附件%(n)d")}
    if part in numbered:
        return numbered[part] % {"n": int(rest)}
    told = {"plan": _("公开安排"), "address": _("网址"), "index_number": _("索引号")}
    return told.get(name) or _field(name) or _field(f"{name}_title") or name


def summed_up(names: Iterable[str], edition) -> str:
    """The pieces in a row; of very many the first, and how many there are."""
    names = list(dict.fromkeys(names))
    told = listed(named(name, edition) for name in names[:MOST])
    if len(names) <= MOST:
        return told
    count = len(names)
    more = ngettext("%(told)s等，共%(count)d处", "%(told)s等，共%(count)d处", count)
    return more % {"told": told, "count": count}


def _field(name):
    try:
        return str(apps.get_model("disclosures", "Edition")._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return ""


def _column(name, edition):
    told = edition.sheet.schema["header"] if edition.sheet else []
    labels = {column["name"]: column["label"] for column in told}
    return _("表头“%(label)s”") % {"label": labels.get(name, name)}
