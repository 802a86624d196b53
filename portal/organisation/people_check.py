"""What the words of a table of people mean at one school, and what is wrong with them."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.ledger.moments import today
from portal.organisation.models import OF_DEPARTMENTS, Affiliation, Office, Post, User
from portal.text.chinese import fold

COLUMNS = {
    "name": gettext_lazy("姓名"),
    "username": gettext_lazy("用户名"),
    "phone": gettext_lazy("手机"),
    "email": gettext_lazy("电子邮箱"),
    "kind": gettext_lazy("身份"),
    "school_class": gettext_lazy("班级"),
    "office": gettext_lazy("职务"),
    "department": gettext_lazy("部门"),
}
SEPARATORS = str.maketrans(dict.fromkeys("\u3001,\uff0c;\uff1b/", "\n"))
OF_CLASSES = (Affiliation.Kind.PARENTS, Affiliation.Kind.PUPILS)


class Fault(NamedTuple):
    """What is wrong in one cell: the row as spreadsheets count, the column's name, a sentence."""

    row: int
    column: str
    sentence: str


@dataclass
class Line:
    """A row of the workbook with what its words mean at this school."""

    number: int
    cells: dict[str, str]
    user: User | None = None
    belongings: list[Affiliation] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


class Check:
    """What the words of the lines mean at one school, and what is wrong with them."""

    def __init__(self, school, lines):
        self.school, self.lines, self.found = school, lines, []
        self.kinds = _choices(Affiliation.Kind)
        self.offices = _choices(Office)
        self.departments = {fold(d.name): d for d in school.departments.open()}
        self.classes = self._classes()

    def faults(self) -> list[Fault]:
        """Give every line its user, affiliations and posts; return all that is wrong."""
        self._find_taken()
        for line in self.lines:
            self._check_user(line)
            self._check_belongings(line)
            self._check_posts(line)
            if not line.cells["kind"] and not line.cells["office"]:
                self._fault(line, "kind", _("身份和职务至少填写一项。"))
        return self.found

    def _fault(self, line, column, sentence):
        self.found.append(Fault(line.number, str(COLUMNS[column]), str(sentence)))

    def _classes(self):
        """Classes by name and by year with name; a name borne twice leads to both."""
        named = {}
        open_now = Q(closed_on=None) | Q(closed_on__gt=today())
        for one in self.school.classes.filter(open_now):
            for word in (one.name, f"{one.entry_year}{one.name}", f"{one.entry_year} {one.name}"):
                named.setdefault(fold(word), []).append(one)
        return named

    def _find_taken(self):
        names = [line.cells["username"] for line in self.lines]
        emails = [line.cells["email"].lower() for line in self.lines if line.cells["email"]]
        self.taken = set(User.objects.filter(username__in=names).values_list("username", flat=True))
        known = User.objects.annotate(lower=Lower("email")).filter(lower__in=emails)
        self.used = set(known.values_list("lower", flat=True))

    def _check_user(self, line):
        cells = line.cells
        fields = {name: cells[name] for name in ("name", "username", "phone")}
        line.user = User(home=self.school, email=cells["email"] or None, **fields)
        try:
            line.user.clean_fields(exclude=["password", "home", "language"])
        except ValidationError as invalid:
            for column, messages in invalid.message_dict.items():
                self._fault(line, column if column in COLUMNS else "username", "".join(messages))
        if cells["username"] in self.taken:
            self._fault(line, "username", _("这个用户名已有人使用，请换一个。"))
        self.taken.add(cells["username"])
        if cells["email"] and cells["email"].lower() in self.used:
            self._fault(line, "email", _("这个电子邮箱已有人使用，或在表里出现了两次。"))
        self.used.add(cells["email"].lower())

    def _check_belongings(self, line):
        classes = [self._class(line, word) for word in _words(line.cells["school_class"])]
        kinds = [self._kind(line, word) for word in _words(line.cells["kind"])]
        if classes and not set(kinds) & set(OF_CLASSES):
            self._fault(line, "school_class", _("只有家长和学生填写班级。"))
        for kind in dict.fromkeys(kinds):
            of_class = kind in OF_CLASSES
            if of_class and not classes:
                self._fault(line, "school_class", _("家长和学生要填写班级。"))
            for one in dict.fromkeys(classes) if of_class else [None]:
                line.belongings.append(Affiliation(school=self.school, kind=kind, school_class=one))

    def _kind(self, line, word):
        if (kind := self.kinds.get(fold(word))) is None:
            known = "\u3001".join(str(label) for label in Affiliation.Kind.labels)
            self._fault(line, "kind", _("身份只能填写：%(known)s。") % {"known": known})
        return kind

    def _class(self, line, word):
        found = self.classes.get(fold(word), [])
        if len(found) == 1:
            return found[0]
        sentence = _("本校没有这个班级，请先在“班级”里建立。")
        if found:
            sentence = _("有几个班级叫这个名称，请在前面加上入学年份，如“2026一年级1班”。")
        self._fault(line, "school_class", sentence)
        return None

    def _check_posts(self, line):
        offices = [self.offices.get(fold(word)) for word in _words(line.cells["office"])]
        if None in offices:
            self._fault(line, "office", _("没有这项职务，请按职务的全称填写。"))
        department = self._department(line)
        needs = [office for office in offices if office in OF_DEPARTMENTS]
        if needs and not line.cells["department"]:
            self._fault(line, "department", _("信息员和部门负责人要填写部门。"))
        if line.cells["department"] and not needs:
            self._fault(line, "department", _("只有信息员和部门负责人填写部门。"))
        for office in dict.fromkeys(filter(None, offices)):
            where = department if office in OF_DEPARTMENTS else None
            line.posts.append(Post(school=self.school, office=office, department=where))

    def _department(self, line):
        word = line.cells["department"]
        if word and fold(word) not in self.departments:
            self._fault(line, "department", _("本校没有这个部门，请先在“部门”里建立。"))
        return self.departments.get(fold(word))


def _choices(choices):
    labels = {choice: choice.label for choice in choices}
    return {word: choice for choice in choices for word in spoken(labels, choice)}


def spoken(labels, name):
    """The words for one thing in every language of the portal, folded."""
    words = set()
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            words.add(fold(str(labels[name])))
    return words


def _words(cell):
    return [word.strip() for word in cell.translate(SEPARATORS).split("\n") if word.strip()]
