"""Who is looking: the person and what their posts and affiliations let them read."""

from dataclasses import dataclass, field, replace

from portal.ledger.moments import today
from portal.organisation.models import Affiliation, Authority, ClassCode, Office, User

READS_ALL_OF_SCHOOL = (Office.OFFICE, Office.PRINCIPAL, Office.SUPERVISION)


@dataclass(frozen=True)
class Viewer:
    """The reader of a page.

    `schools` maps an inner audience (staff, parents, pupils, party) to the ids of the schools
    where the reader belongs to it; `groups` are the ids of the groups a named audience may be;
    `class_codes` maps the ids of schools to the key of the code that opens the parents' audience.
    The public is the viewer without a user and without a class code.
    """

    user: User | None = None
    schools: dict[str, frozenset] = field(default_factory=dict)
    groups: frozenset = frozenset()
    class_codes: dict = field(default_factory=dict)

    @classmethod
    def of(cls, user, *, class_codes=()) -> "Viewer":
        """The viewer a signed-in person is today; the public for anybody else (4 queries).

        `class_codes` are the keys of codes typed earlier: those still open add the parents'
        audience of their schools (1 query more), with or without an account.
        """
        if class_codes:
            return cls.of(user)._with_parents_of(ClassCode.objects.opening(class_codes))
        if not user.is_authenticated:
            return PUBLIC
        schools: dict[str, set] = {kind: set() for kind in Affiliation.Kind.values}
        for kind, school in user.affiliations.held(today()).values_list("kind", "school_id"):
            schools[kind].add(school)
        held = list(Authority.objects.held_by(user))
        schools["staff"].update(authority.school_id for authority in held)
        whole = {a.school_id for a in held if a.office in READS_ALL_OF_SCHOOL}
        if held:
            whole.update(Authority.objects.schools_beneath(user).values_list("id", flat=True))
        for ids in schools.values():
            ids.update(whole)
        return cls(
            user=user,
            schools={kind: frozenset(ids) for kind, ids in schools.items() if ids},
            groups=frozenset(authority.group_id for authority in held),
        )

    @property
    def is_public(self) -> bool:
        return self.user is None and not self.schools

    def inner_schools(self) -> frozenset:
        """The ids of the schools whose inward board has something for this reader."""
        return frozenset().union(*self.schools.values())

    def _with_parents_of(self, codes) -> "Viewer":
        if not codes:
            return self
        parents = Affiliation.Kind.PARENTS.value
        joined = self.schools.get(parents, frozenset()) | set(codes)
        schools = {**self.schools, parents: frozenset(joined)}
        return replace(self, schools=schools, class_codes=codes)


PUBLIC = Viewer()
