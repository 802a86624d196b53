"""Who may read which part of the record. Lists, pages, exports and counts all begin here."""

from django.db.models import Q

from disclosures.models import Disclosure, Edition, Reading
from disclosures.models.life import published_beneath, reviewed
from portal.ledger.keys import keys_of
from portal.ledger.models import Act
from portal.organisation.models import Authority, Office, School
from portal.organisation.viewer import READS_ALL_OF_SCHOOL


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
    held = list(Authority.objects.held_by(user).values_list("office", "school__slug"))
    whole = [slug for office, slug in held if office in READS_ALL_OF_SCHOOL]
    may = Q(school__in=whole)
    if user.is_superuser:
        may |= Q(noun__startswith="organisation.")
    if held:
        editions = Edition.objects.filter(reviewed(user) | published_beneath(user))
        may |= Q(subject_id__in=keys_of(Disclosure.objects.editable_by(user)))
        may |= Q(noun="disclosures.edition", object_id__in=keys_of(editions))
    return Act.objects.filter(may)


def schools_of_record(user):
    """The schools whose acts the person may meet in the record: choices of the filter."""
    if user.is_superuser:
        return School.objects.all()
    own = Authority.objects.schools_kept_by(user, *Office)
    return own | Authority.objects.schools_beneath(user)


def may_read_readings(user):
    return Authority.objects.schools_kept_by(user, *READS_ALL_OF_SCHOOL).exists()


def readings_readable_by(user):
    """Who read what is not meant for everybody: for office, principal and supervision group."""
    schools = Authority.objects.schools_kept_by(user, *READS_ALL_OF_SCHOOL)
    return Reading.objects.filter(edition__disclosure__school__in=schools).select_related(
        "edition__disclosure__school", "attachment", "reader", "class_code__school_class"
    )
