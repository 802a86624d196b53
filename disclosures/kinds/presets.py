"""Registers to start from: columns a school takes over, changes or throws out."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Preset(NamedTuple):
    """A register as most schools keep it; its words are content, written once in Chinese."""

    slug: str
    title: Any
    name: str
    period: str
    entries: tuple[str, ...]
    columns: tuple[dict, ...]


def _column(name: str, label: str, kind: str = "text", *flags: str, choices=()) -> dict:
    """One column; `flags` are must (is_required) and key (is_key)."""
    return {
        "name": name,
        "label": label,
        "type": kind,
        "is_required": "must" in flags,
        "is_key": "key" in flags,
        "choices": list(choices),
    }


PRESETS = (
    Preset(
        "menu",
        _("食堂食谱"),
        "每周食谱及价格",
        "month",
        ("K12-J02",),
        (
            _column("day", "日期", "day", "must", "key"),
            _column("meal", "餐次", "choice", "must", "key", choices=("早餐", "午餐", "晚餐")),
            _column("dishes", "菜品", "prose", "must"),
            _column("price", "价格（元/份）", "amount", "must"),
            _column("allergens", "过敏原提示", "tags"),
            _column("supplier", "主要食材供应单位"),
        ),
    ),
    Preset(
        "attendance",
        _("教职工考勤"),
        "教职工考勤与课时",
        "month",
        ("K12-H12",),
        (
            _column("name", "姓名", "person", "must", "key"),
            _column("department", "部门", "text", "key"),
            _column("present", "出勤天数", "count", "must"),
            _column("leave", "请假天数", "amount"),
            _column("lessons", "课时", "count"),
            _column("note", "备注"),
        ),
    ),
    Preset(
        "resources",
        _("教育教学资源"),
        "教育教学资源目录",
        "",
        (),
        (
            _column("title", "资源名称", "text", "must", "key"),
            _column(
                "form", "类型", "choice", "must", choices=("课件", "微课", "教案", "试题", "其他")
            ),
            _column("grades", "适用年级", "grades"),
            _column("tags", "标签", "tags", "must"),
            _column("link", "网址", "link"),
            _column("kept_by", "提供部门"),
            _column("updated_on", "更新日期", "day"),
        ),
    ),
    Preset(
        "cases",
        _("案例"),
        "校务公开优秀案例",
        "year",
        (),
        (
            _column("title", "案例名称", "text", "must", "key"),
            _column("department", "报送部门", "text", "must"),
            _column("tags", "标签", "tags"),
            _column("summary", "做法与成效", "prose", "must"),
            _column("link", "网址", "link"),
        ),
    ),
    Preset(
        "training",
        _("培训"),
        "校务公开培训记录",
        "term",
        ("K12-H13",),
        (
            _column("day", "日期", "day", "must", "key"),
            _column("topic", "培训内容", "text", "must", "key"),
            _column("for_whom", "对象", "choice", "must", choices=("教职工", "信息员", "家长")),
            _column("people", "人数", "count", "must"),
            _column("hours", "学时", "amount"),
            _column("place", "地点"),
        ),
    ),
)
BLANK = Preset("", _("空白表"), "", "", (), ())


def preset(slug: str) -> Preset:
    """The preset of that name; a blank register for any other."""
    return next((each for each in PRESETS if each.slug == slug), BLANK)
