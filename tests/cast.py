"""The people every test knows, in two schools under one bureau.

editor        信息员 of 第一小学's 总务处, drafts
editor_same   another 信息员 of the same department
head          部门负责人 of 总务处
auditor       专项审核, deputy 分管领导, principal 校长, office 校务公开办公室
leader        member of the leading group, party the party branch
supervisor    校务公开监督小组: reads the whole history of 第一小学
teacher       staff without a post; parent of a pupil; member a party member
bureau        the bureau's office; sysadmin the system administrator
editor2, office2, principal2, supervisor2, teacher2   the same offices at 第二小学
"""

from types import SimpleNamespace

from disclosures.models import CatalogueEntry
from portal.ledger.moments import today
from portal.organisation.models import Affiliation, Department, Office, Post, School, User

PASSWORD = "sunshine-at-school"


def person(username, name, *, home=None, **fields):
    user = User(username=username, name=name, home=home, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def appoint(user, school, office, *, by, department=None):
    post = Post(user=user, school=school, office=office, department=department, starts_on=today())
    post.appoint(by=by)
    return post


def school_of(slug, name, *, parent=None, kind="school", stage="primary", code):
    school = School(
        slug=slug, name=name, short_name=name, parent=parent, kind=kind, stage=stage, org_code=code
    )
    school.save()
    return school


def entry_of(owner, code, *, offices, title, releases="public", category="K12-E", **fields):
    entry = CatalogueEntry(
        owner=owner,
        code=code,
        category_code=category,
        category=fields.pop("category_title", "收费"),
        title=title,
        releases=releases,
        offices=offices,
        **fields,
    )
    entry.save()
    return entry


def assemble():
    """Everybody, appointed by the system administrator through the real acts."""
    cast = SimpleNamespace()
    cast.bureau_school = school_of(
        "bureau", "示范区教育局", kind="bureau", stage="", code="11350000000000000A"
    )
    cast.school = school_of(
        "first", "示范区第一小学", parent=cast.bureau_school, code="12350000000000001B"
    )
    cast.school2 = school_of(
        "second", "示范区第二小学", parent=cast.bureau_school, code="12350000000000002C"
    )
    cast.sysadmin = person("sysadmin", "系统管理员", is_superuser=True)
    cast.sysadmin.follow_posts()
    _first_school(cast)
    _second_school(cast)
    cast.bureau = person("bureau", "局办公室", home=cast.bureau_school)
    appoint(cast.bureau, cast.bureau_school, Office.OFFICE, by=cast.sysadmin)
    cast.entry = entry_of(
        cast.bureau_school,
        "K12-E01",
        title="收费项目、标准、依据",
        offices="department_head>special_audit>principal",
    )
    cast.short_entry = entry_of(
        cast.bureau_school,
        "K12-A04",
        title="校历与作息时间",
        offices="office",
        category="K12-A",
        category_title="学校概况",
    )
    return cast


def _first_school(cast):
    school, by = cast.school, cast.sysadmin
    cast.department = _department(school, "总务处", "general")
    cast.other_department = _department(school, "教务处", "teaching")
    for name, label, office, department in (
        ("editor", "信息员甲", Office.EDITOR, cast.department),
        ("editor_same", "信息员乙", Office.EDITOR, cast.department),
        ("editor_other", "教务信息员", Office.EDITOR, cast.other_department),
        ("head", "总务主任", Office.DEPARTMENT_HEAD, cast.department),
        ("auditor", "审核员", Office.SPECIAL_AUDIT, None),
        ("deputy", "副校长", Office.DEPUTY_HEAD, None),
        ("principal", "校长", Office.PRINCIPAL, None),
        ("office", "公开办主任", Office.OFFICE, None),
        ("leader", "领导小组成员", Office.LEADING_GROUP, None),
        ("supervisor", "监督小组成员", Office.SUPERVISION, None),
    ):
        user = person(name, label, home=school)
        appoint(user, school, office, by=by, department=department)
        setattr(cast, name, user)
    for name, label, kind in (
        ("teacher", "教师", "staff"),
        ("parent", "家长", "parents"),
        ("member", "党员教师", "party"),
    ):
        user = person(name, label, home=school)
        Affiliation(user=user, school=school, kind=kind).register(by=by)
        setattr(cast, name, user)


def _second_school(cast):
    school, by = cast.school2, cast.sysadmin
    cast.department2 = _department(school, "总务处", "general")
    for name, label, office, department in (
        ("editor2", "二小信息员", Office.EDITOR, cast.department2),
        ("head2", "二小总务主任", Office.DEPARTMENT_HEAD, cast.department2),
        ("office2", "二小公开办", Office.OFFICE, None),
        ("principal2", "二小校长", Office.PRINCIPAL, None),
        ("supervisor2", "二小监督", Office.SUPERVISION, None),
        ("auditor2", "二小审核", Office.SPECIAL_AUDIT, None),
    ):
        user = person(name, label, home=school)
        appoint(user, school, office, by=by, department=department)
        setattr(cast, name, user)
    cast.teacher2 = person("teacher2", "二小教师", home=school)
    Affiliation(user=cast.teacher2, school=school, kind="staff").register(by=by)


def _department(school, name, slug):
    department = Department(school=school, name=name, slug=slug)
    department.save()
    return department
