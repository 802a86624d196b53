"""Who is looking: the person and what their posts and affiliations let them read."""

from dataclasses import dataclass, field

from portal.ledger.moments import today
from portal.organisation.models import Affiliation, Authority, Office, User

READS_ALL_OF_SCHOOL = (Office.OFFICE, Office.PRINCIPAL, Office.SUPERVISION)


@dataclass(frozen=True)
class Viewer:
    """The reader of a page.

    `schools` maps an inner audience (staff, parents, pupils, party) to the ids of the schools
    where the reader belongs to it; `groups` are the ids of the groups a named audience may be.
    The public is the viewer without a user.
    """

    user: User | None = None
    schools: dict[str, frozenset] = field(default_factory=dict)
    groups: frozenset = frozenset()

    @classmethod
    def of(cls, user) -> "Viewer":
        """The viewer a signed-in person is today; the public for anybody else (4 queries)."""
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
        return self.user is None

    def inner_schools(self) -> frozenset:
        """The ids of the schools whose inward board has something for this reader."""
        return frozenset().union(*self.schools.values())


PUBLIC = Viewer()
