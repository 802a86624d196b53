"""The catalogue as rows for a file: the same table as on the page."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from disclosures.catalogue.listing import Row, Section


def header() -> list[str]:
    return [
        _("序号"),
        _("类别"),
        _("编码"),
        _("公开事项"),
        _("公开内容形式"),
        _("依据"),
        _("公开时限"),
        _("时限说明"),
        _("责任部门"),
        _("公开渠道"),
        _("公开对象"),
        _("公开方式"),
        _("采用情况"),
        _("停用理由"),
        _("最新公开日期"),
        _("最新公开标题"),
        _("网址"),
    ]


def lines(sections: Iterable[Section], *, site: str) -> Iterator[list[str]]:
    """The rows of the table as text, in the order of the page; `site` begins each address."""
    for section in sections:
        for row in section.rows + section.off:
            yield [*_official(section, row), *_present(row, site)]


def _official(section: Section, row: Row) -> list[str]:
    entry, semicolon = row.entry, _("；")
    limits = [part for part in (entry.limit, row.publicity) if part]
    return [
        str(row.number),
        section.title,
        entry.code,
        entry.display_title + (_("（%s）") % row.title_mark if row.title_mark else ""),
        entry.get_kind_display(),
        semicolon.join(_cited(basis) for basis in row.bases),
        semicolon.join(limits),
        semicolon.join(_marks(row)),
        row.department,
        row.channels,
        row.audience,
        row.mode,
    ]


def _present(row: Row, site: str) -> list[str]:
    state = [_("采用") if row.is_on else _("停用"), row.reason]
    notice = row.notice
    if notice is None:
        return [*state, "", "", ""]
    return [*state, notice.on.isoformat(), notice.title, f"{site}{notice.url}"]


def _marks(row: Row) -> Iterator[str]:
    if row.timing_mark:
        yield _("公开时限：%s") % row.timing_mark
    if row.publicity_mark:
        yield _("公示期：%s") % row.publicity_mark


def _cited(basis) -> str:
    if not basis.number:
        return basis.title
    told = _("%(title)s（%(number)s）") if basis.is_certain else _("%(title)s（%(number)s，待核）")
    return told % {"title": basis.title, "number": basis.number}
