"""Who may read which part of the record. Lists, pages, exports and counts all begin here."""

from django.db.models import CharField, Exists, Func, OuterRef, Q

from disclosures.models import Audience, Disclosure, Edition, Reading, Release
from disclosures.models.life import reviewed
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.models import Authority, Office, School
from portal.organisation.viewer import READS_ALL_OF_SCHOOL


class UuidText(Func):
    """A uuid column as the act log writes it: lower case with hyphens, on every database."""

    output_field = CharField()
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))

    def as_sqlite(self, compiler, connection, **context):
        pieces = [f"substr(%(expressions)s, {at}, {size})" for at, size in self.parts]
        return self.as_sql(compiler, connection, template=" || '-' || ".join(pieces), **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **context)


def may_read_history(user):
    """Holders of an office, and the system administrator for people and schools."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or Authority.objects.held_by(user).exists()


def acts_readable_by(user):
    """The acts the person may read, and no others.

    Office, principal and supervision group: all of their school. Editors: what happened to the
    matters they may edit. Reviewers: what happened to the editions they were asked about. A
    bureau's office: what its schools have opened to more than a named group. The system
    administrator: people, posts and schools.
    """
    if not user.is_authenticated or not user.is_active:
        return Act.objects.none()
    held = _held(user)
    whole = [slug for office, slug, _kind, _path in held if office in READS_ALL_OF_SCHOOL]
    may = Q(school__in=whole)
    if user.is_superuser:
        may |= Q(noun__startswith="organisation.")
    if held:
        editions = Edition.objects.filter(reviewed(user) | _opened_beneath(held))
        may |= Q(subject_id__in=_keys(Disclosure.objects.editable_by(user)))
        may |= Q(noun="disclosures.edition", object_id__in=_keys(editions))
    return Act.objects.filter(may)


def schools_of_record(user):
    """The schools whose acts the person may meet in the record: choices of the filter."""
    if user.is_superuser:
        return School.objects.all()
    held = _held(user)
    named = [slug for _office, slug, _kind, _path in held]
    return School.objects.filter(Q(slug__in=named) | _beneath(held, "path"))


def may_read_readings(user):
    return Authority.objects.schools_kept_by(user, *READS_ALL_OF_SCHOOL).exists()


def readings_readable_by(user):
    """Who read what is not meant for everybody: for office, principal and supervision group."""
    schools = Authority.objects.schools_kept_by(user, *READS_ALL_OF_SCHOOL)
    return Reading.objects.filter(edition__disclosure__school__in=schools).select_related(
        "edition__disclosure__school", "attachment", "reader"
    )


def _held(user):
    rows = Authority.objects.held_by(user)
    return list(rows.values_list("office", "school__slug", "school__kind", "school__path"))


def _beneath(held, lookup):
    """The condition that a school's path lies under a bureau whose office the person holds."""
    under = Q(pk=None)
    for office, _slug, kind, path in held:
        if office == Office.OFFICE and kind == School.Kind.BUREAU:
            under |= Q(**{f"{lookup}__startswith": path})
    return under


def _opened_beneath(held):
    opened = Release.objects.planned().filter(edition=OuterRef("pk"), opens_at__lte=now())
    shared = Exists(opened.exclude(audience=Audience.NAMED))
    return _beneath(held, "disclosure__school__path") & Q(shared)


def _keys(rows):
    return rows.order_by().values(key=UuidText("pk"))
