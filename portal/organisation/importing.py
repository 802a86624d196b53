"""People from a workbook: all that is wrong is said at once, nothing is saved until it is clean."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ledger.acts import Refused, perform
from portal.organisation.models import (
    ActivationCode,
    Affiliation,
    Office,
    User,
)
from portal.organisation.people_check import COLUMNS, Check, Fault, Line, spoken
from portal.text.archives import damaged
from portal.text.chinese import fold
from portal.text.clean import clean_line
from portal.text.files import UnfitFile, examine
from portal.text.workbooks import layout_of, open_workbook

MOST_ROWS = 500
MOST_COLUMNS = 40
MOST_BLANK = 2000


class Newcomer(NamedTuple):
    """An account just opened, and the code that activates it."""

    user: User
    code: str


def template_rows() -> list[list[str]]:
    """The head of the workbook to fill in, and a row to go by."""
    kind, office = Affiliation.Kind.STAFF.label, Office.EDITOR.label
    example = [_("张三"), "zhangsan", "13800000000", "", kind, "", office, _("总务处")]
    return [list(map(str, COLUMNS.values())), list(map(str, example))]


def read_people(name: str, stream, *, school) -> tuple[list[Line], list[Fault]]:
    """Read the workbook and check it against the school: its lines, and all that is wrong.

    Raises UnfitFile for a file that is no sound workbook.
    """
    if not name.lower().endswith(".xlsx"):
        raise UnfitFile(_("请上传 .xlsx 文件，可以先下载模板填写。"))
    examine(name, stream)
    try:
        lines, faults = _lines(stream.read())
    except UnfitFile:
        raise
    except Exception as broken:  # noqa: BLE001  the library raises whatever its input provokes
        raise damaged() from broken
    check = Check(school, lines)
    return lines, sorted([*faults, *check.faults()])


@transaction.atomic
def open_accounts(lines: list[Line], *, school, by) -> list[Newcomer]:
    """Open every account with its affiliations and posts, all or none; codes are told once.

    Each account, affiliation and post is its own act; the import as a whole is one of the school.
    """
    newcomers = []
    try:
        with transaction.atomic():
            for line in lines:
                newcomers.append(_open(line, by=by))
    except IntegrityError as taken:
        raise Refused(
            _("有用户名或电子邮箱刚刚被别人用了，一个账号也没有建立。请重新导入，看看是哪一行。")
        ) from taken
    except ValidationError as invalid:
        raise Refused("".join(invalid.messages)) from invalid
    told = ngettext("导入人员%(count)d名。", "导入人员%(count)d名。", len(lines))
    with perform("import", school, by=by, reason=told % {"count": len(lines)}):
        return newcomers


def _open(line, *, by):
    line.user.register(None, by=by)
    for belonging in line.belongings:
        belonging.user = line.user
        belonging.register(by=by)
    for post in line.posts:
        post.user = line.user
        post.appoint(by=by)
    return Newcomer(line.user, ActivationCode.objects.put(line.user, by=by))


def _lines(content):
    book = open_workbook(content)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise UnfitFile(_("工作簿里没有可见的工作表。"))
    hidden = layout_of(content, sheets[0]).hidden_rows
    sheets[0].reset_dimensions()
    rows = enumerate(sheets[0].iter_rows(values_only=True), start=1)
    head_at, head = next(rows, (1, ()))
    columns, faults = _columns(head_at, head)
    lines, blank = [], 0
    for number, row in rows:
        cells = {name: _told(row[at]) for name, at in columns.items() if at < len(row)}
        if any(cells.values()):
            lines.append(Line(number, {**dict.fromkeys(COLUMNS, ""), **cells}))
        else:
            blank += 1
        if len(lines) > MOST_ROWS or blank > MOST_BLANK:
            raise UnfitFile(_("一次最多导入%(limit)d人，请分成几个文件。") % {"limit": MOST_ROWS})
    unseen = _("这一行在表里是隐藏的。请取消隐藏，或删除这一行。")
    faults += [Fault(line.number, "", unseen) for line in lines if line.number in hidden]
    if not lines and not faults:
        faults = [Fault(head_at + 1, "", _("表里没有人员。请从第二行起填写。"))]
    return lines, faults


def _columns(number, head):
    """Where each column stands, named in any of the portal's languages."""
    told = [fold(_told(cell)) for cell in head[:MOST_COLUMNS]]
    known = {name: spoken(COLUMNS, name) for name in COLUMNS}
    columns = {
        name: told.index(word) for name, words in known.items() for word in words if word in told
    }
    return columns, [
        Fault(number, str(COLUMNS[name]), _("第一行缺少这一列。请用模板填写。"))
        for name in ("name", "username")
        if name not in columns
    ]


def _told(value):
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean_line(str(value)) if value is not None else ""
