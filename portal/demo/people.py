"""The demo's schools and people: fictitious, appointed through the real acts."""

from portal.organisation.models import Affiliation, Department, Office, Post, School, User

SCHOOLS = {
    "qinghe": {
        "name": "青禾区教育局",
        "short_name": "区教育局",
        "name_en": "Qinghe District Education Bureau",
        "kind": "bureau",
        "org_code": "11350900QH00010001",
        "address": "青禾区文教路1号",
        "phone": "0599-8000100",
        "supervision_phone": "0599-8000119",
    },
    "shiyan": {
        "name": "青禾区实验小学",
        "short_name": "实验小学",
        "name_en": "Qinghe Experimental Primary School",
        "kind": "school",
        "stage": "primary",
        "org_code": "12350900QH00020002",
        "address": "青禾区清溪路18号",
        "phone": "0599-8000200",
        "supervision_phone": "0599-8000219",
    },
    "dierzhong": {
        "name": "青禾区第二中学",
        "short_name": "区第二中学",
        "name_en": "Qinghe No. 2 Middle School",
        "kind": "school",
        "stage": "complete",
        "org_code": "12350900QH00030003",
        "address": "青禾区南门路66号",
        "phone": "0599-8000300",
        "supervision_phone": "0599-8000319",
    },
    "xingguang": {
        "name": "青禾区星光职业技术学校",
        "short_name": "星光职校",
        "name_en": "Xingguang Vocational School",
        "kind": "school",
        "stage": "vocational",
        "org_code": "12350900QH00040004",
        "address": "青禾区工业园区星光路9号",
        "phone": "0599-8000400",
        "supervision_phone": "0599-8000419",
    },
}

DEPARTMENTS = {
    "办公室": ("office", "Office"),
    "教务处": ("teaching", "Teaching Affairs"),
    "总务处": ("general", "General Affairs"),
    "德育处": ("pupils", "Pupil Affairs"),
    "人事科": ("personnel", "Personnel"),
    "财务科": ("finance", "Finance"),
    "党支部": ("party", "Party Branch"),
    "工会": ("union", "Staff Union"),
    "安全科": ("safety", "Safety"),
    "教研室": ("research", "Teaching Research"),
}
BUREAU_DEPARTMENTS = {
    "办公室": ("office", "Office"),
    "基础教育科": ("basic-education", "Basic Education"),
    "计划财务科": ("planning-finance", "Planning and Finance"),
}

# user name: (name, school, what the visitor can do with it)
DEMO_PEOPLE = {
    "editor": ("林小雨", "shiyan", "信息员：起草、修改、送审"),
    "reviewer": ("陈明远", "shiyan", "部门负责人、专项审核、分管领导：审核"),
    "principal": ("周书敏", "shiyan", "校长：审核、紧急公开、处理校长信箱"),
    "office": ("吴文静", "shiyan", "校务公开办公室：公开、人员、目录"),
    "supervisor": ("何建国", "shiyan", "监督小组：查看全部操作记录"),
    "teacher": ("郑晓东", "shiyan", "教师：阅读对内公开栏、写信"),
    "parent": ("许丽", "shiyan", "家长：阅读面向家长的公开、写信"),
    "bureau": ("宋立新", "qinghe", "教育局：发布目录、本局公开、查看各校"),
    "editor2": ("罗婷", "dierzhong", "另一所学校的信息员"),
    "sysadmin": ("系统管理员", "", "系统管理员：账号、学校、后台工作；不能审核，也看不到校内事务"),
}

# role: the title of whoever plays it where no demo account does
ROLES = {
    "office": "公开办",
    "principal": "负责人",
    "reviewer": "审核人",
    "editor": "信息员",
    "publisher": "公开办干事",
}
PLAYED = {
    "qinghe": {"office": "bureau"},
    "shiyan": {name: name for name in ("office", "principal", "reviewer", "editor")},
    "dierzhong": {"editor": "editor2"},
}
WIDE = [Office.SPECIAL_AUDIT, Office.DEPUTY_HEAD, Office.PARTY]


class Company:
    """The people of the demo, looked up by school and office while the year is replayed."""

    def __init__(self):
        self.schools, self.departments, self.people = {}, {}, {}

    def found(self):
        """Everything before the first notice: schools, departments, accounts, posts."""
        for username, (name, _school, _does) in DEMO_PEOPLE.items():
            self.people[username] = self._person(username, name)
        sysadmin = self.people["sysadmin"]
        sysadmin.is_superuser = sysadmin.is_staff = True
        sysadmin.save()
        for slug, facts in SCHOOLS.items():
            parent = self.schools.get("qinghe") if slug != "qinghe" else None
            school = School(slug=slug, parent=parent, district="青禾区", **facts)
            school.hours, school.postcode = "工作日8:00—12:00，14:30—17:30", "353100"
            school.email = f"{slug}@qinghe.example"
            school.save()
            self.schools[slug] = school
            self._departments(school)
        for slug in SCHOOLS:
            self._staff(slug)
        self._readers()

    def _person(self, username, name, **fields):
        user = User(username=username, name=name, **fields)
        user.set_unusable_password()
        user.save()
        return user

    def _departments(self, school):
        names = BUREAU_DEPARTMENTS if school.is_bureau else DEPARTMENTS
        for position, (name, (slug, name_en)) in enumerate(names.items()):
            department = Department(
                school=school, name=name, slug=slug, name_en=name_en, position=position
            )
            department.save()
            self.departments[school.slug, name] = department

    def _staff(self, slug):
        """Offices of a school. In the first one the demo accounts cover every review step."""
        school, sysadmin = self.schools[slug], self.people["sysadmin"]
        team = {role: self._one_of(slug, role, title) for role, title in ROLES.items()}
        self.people |= {f"{slug}.{role}": person for role, person in team.items()}
        office = team["office"]
        self._appoint(office, school, Office.OFFICE, by=sysadmin)
        self._appoint(team["principal"], school, Office.PRINCIPAL, by=office)
        self._appoint(team["publisher"], school, Office.OFFICE, by=sysadmin)
        for wide in WIDE:
            self._appoint(team["reviewer"], school, wide, by=office)
        for (where, _name), department in self.departments.items():
            if where == slug:
                place = {"by": office, "department": department}
                self._appoint(team["editor"], school, Office.EDITOR, **place)
                self._appoint(team["reviewer"], school, Office.DEPARTMENT_HEAD, **place)

    def _one_of(self, slug, role, title):
        """The demo account that plays the role at the school, else somebody made up for it."""
        username = PLAYED.get(slug, {}).get(role)
        return self.people[username] if username else self.member(slug, role, title)

    def member(self, slug, role, title):
        name = f"{SCHOOLS[slug]['short_name']}{title}"
        return self._person(f"{slug}-{role}", name, home=self.schools[slug])

    def _appoint(self, user, school, office, *, by, department=None):
        if user.home is None:
            self._house(user, school)
        Post(user=user, school=school, office=office, department=department).appoint(by=by)

    def _house(self, user, school):
        user.home = school
        user.save()

    def _readers(self):
        office, school = self.people["office"], self.schools["shiyan"]
        for username, kinds in {
            "teacher": ("staff", "party"),
            "parent": ("parents",),
            "editor": ("staff",),
            "reviewer": ("staff", "party"),
            "principal": ("staff", "party"),
            "supervisor": ("staff",),
        }.items():
            user = self.people[username]
            if user.home != school:
                self._house(user, school)
            for kind in kinds:
                Affiliation(user=user, school=school, kind=kind).register(by=office)
