"""The words a catalogue entry is made of, and how its short notations are read."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.organisation.models import Office

REVIEW_ORDER = (
    Office.DEPARTMENT_HEAD,
    Office.OFFICE,
    Office.SPECIAL_AUDIT,
    Office.DEPUTY_HEAD,
    Office.PRINCIPAL,
    Office.LEADING_GROUP,
    Office.PARTY,
)


class Kind(models.TextChoices):
    FINANCE = "finance", _("财务")
    FEES = "fees", _("收费")
    STAFFING = "staffing", _("人事")
    AWARDS = "awards", _("评优")
    ADMISSIONS = "admissions", _("招生")
    PROCUREMENT = "procurement", _("采购")
    REGISTER = "register", _("台账")
    TEXT = "text", _("文本")
    GUIDE = "guide", _("指南")


class Audience(models.TextChoices):
    """The audiences a release can have. A set, not a ladder."""

    PUBLIC = "public", _("社会公众")
    STAFF = "staff", _("教职工")
    PARENTS = "parents", _("家长")
    PUPILS = "pupils", _("学生")
    PARTY = "party", _("党员")
    NAMED = "named", _("特定人员")


class Cadence(models.TextChoices):
    LONG_TERM = "longterm", _("长期公开")
    YEARLY = "yearly", _("每年")
    TERM_START = "termly_start", _("每学期初")
    TERM_END = "termly_end", _("每学期末")
    QUARTERLY = "quarterly", _("每季度")
    MONTHLY = "monthly", _("每月")
    WEEKLY = "weekly", _("每周")
    STAGED = "staged", _("逐段公开")
    AD_HOC = "adhoc", _("随时")


class Anchor(models.TextChoices):
    """The moment a time limit is counted from."""

    CREATED = "created", _("信息形成")
    CHANGED = "changed", _("信息变更")
    APPROVED = "approved", _("批准")
    DECIDED = "decided", _("决定")
    SIGNED = "signed", _("签订")
    AWARDED = "awarded", _("确定中标或成交")
    REPORT = "report", _("收到报告")
    TERM_START = "term_start", _("学期开始")
    TERM_END = "term_end", _("学期结束")
    BEFORE_EVENT = "before_event", _("事项开始之前")
    IMMEDIATELY = "immediately", _("立即")
    NONE = "none", _("不另定起点")


class PersonalData(models.TextChoices):
    NONE = "none", _("不含个人信息")
    LOW = "low", _("任职人员的职务信息")
    NAMES = "names", _("姓名等个人信息")
    MINORS = "minors", _("未成年人信息")
    SENSITIVE = "sensitive", _("敏感个人信息")
    DONOR = "donor", _("捐赠人信息")
    SECRET = "secret", _("商业秘密或工作秘密")


class PublicityBasis(models.TextChoices):
    LAW = "law", _("法律法规")
    RULE = "rule", _("部门或党内文件")
    LOCAL = "local", _("本地惯例")
    NONE = "none", pgettext_lazy("publicity", "无")


def audience_stages(releases: str) -> list[list[Audience]]:
    """The audiences of 'staff+party>public' stage by stage; ValueError names an unknown one."""
    return [[Audience(word) for word in stage.split("+")] for stage in releases.split(">")]


def review_steps(offices: str) -> list[Office]:
    """The offices of 'department_head>principal' in order; ValueError for an unknown one."""
    return [Office(word) for word in offices.split(">")]


def is_review_order(steps: list[Office]) -> bool:
    """Whether the steps are offices that review, each once, in the customary order."""
    return steps == [office for office in REVIEW_ORDER if office in steps]
