"""Pupils who receive aid: name and grade, never anything else (教财〔2018〕16号)."""

from django.utils.translation import gettext_lazy as _

from disclosures.kinds.headings import BASIS, PUBLICITY, PUPIL, TERM
from disclosures.sheets import checks
from disclosures.sheets.columns import Choice, Text
from disclosures.sheets.kind import Kind

AID_GRADES = (
    ("first", _("一档")),
    ("second", _("二档")),
    ("third", _("三档")),
    ("single", _("不分档")),
)

AID_RECIPIENTS = Kind(
    "aid-recipients",
    _("受助学生名单"),
    header=(
        TERM,
        Text(
            "aid",
            _("资助项目"),
            is_required=True,
            aliases=("项目",),
            longest=80,
            example="生活补助",
        ),
        BASIS,
        *PUBLICITY,
    ),
    columns=(
        PUPIL,
        Choice(
            "grade",
            _("资助档次"),
            is_required=True,
            choices=AID_GRADES,
            words=(
                ("一等", "first"),
                ("二等", "second"),
                ("三等", "third"),
                ("1档", "first"),
                ("2档", "second"),
                ("3档", "third"),
                ("第一档", "first"),
                ("第二档", "second"),
                ("第三档", "third"),
            ),
            aliases=("档次", "等级", "资助等级", "资助等次"),
            example="一档",
        ),
    ),
    identity=("name", "grade"),
    entries=("K12-I04",),
    checks=(checks.in_order("opens_on", "closes_on"),),
    lists_people=True,
    audiences=("staff", "parents"),
    examples=(
        {"name": "林小雨", "grade": "一档"},
        {"name": "陈思远", "grade": "二档"},
    ),
)

KINDS = (AID_RECIPIENTS,)
