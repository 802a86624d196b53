"""Changes that deserve a second look: which acts they are, who looks, and which are drawn."""

from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from disclosures.models import Edition
from disclosures.models.life import published_beneath
from portal.ledger.keys import Digest, UuidText, keys_of
from portal.ledger.models import Act
from portal.ledger.vocabulary import ActName
from portal.organisation.models import Authority, Office, School

EDITION = Edition._meta.label_lower
# A publication deserves it where it replaces what was there before.
CORRECTED = ActName.PUBLISH
GRAVE = (ActName.TAKE_DOWN, ActName.EMERGENCY_PUBLISH, ActName.REDACT)
NAMES = (
    ActName.WITHDRAW,
    *GRAVE,
    *(ActName.CANCEL, ActName.RESTORE, ActName.SWITCH_OFF),
    *(ActName.APPOINT, ActName.END_POST, ActName.STAND_IN),
)
KINDS = {CORRECTED: _("更正后公开")} | {name: name.label for name in NAMES}
LOTS = 16**4


def deserving():
    """The acts that deserve a second look, at whatever school."""
    corrections = keys_of(Edition.objects.filter(based_on__isnull=False))
    return Q(name__in=NAMES) | Q(name=CORRECTED, noun=EDITION, object_id__in=corrections)


def changes_of(school):
    """All of a school's changes, for its own account of them."""
    return Act.objects.filter(deserving(), school=school.slug)


def acts_of(matter):
    """The keys of the acts on a matter, as what is said of an act holds them."""
    return Act.objects.about(matter).order_by().values(key=UuidText("uuid"))


def changes_watched_by(user):
    """The changes the person may look at, none of them their own doing.

    The supervision group: all of its school. A bureau's office: what its schools have opened to
    more than a named group. The record follows the same rule (`portal.history.reach`).
    """
    if not user.is_authenticated or not user.is_active:
        return Act.objects.none()
    own = Authority.objects.schools_kept_by(user, Office.SUPERVISION)
    opened = keys_of(Edition.objects.filter(published_beneath(user)))
    reach = Q(school__in=own.values("slug")) | Q(noun=EDITION, object_id__in=opened)
    return Act.objects.filter(reach, deserving()).exclude(actor_id=str(user.pk))


def seats_of(user):
    """The schools for whose group, or as whose bureau's office, the person looks."""
    groups = Authority.objects.schools_kept_by(user, Office.SUPERVISION)
    return groups | Authority.objects.schools_kept_by(user).bureaus()


def seat_for(user, change):
    """The school for which the person looks at this change: its own group's before a bureau."""
    nearest = sorted(seats_of(user), key=lambda school: school.slug != change.school)
    return nearest[0]


def drawn(changes, share):
    """`share` of a hundred changes, and all the grave ones.

    The lot is the act's own uuid, hashed: it falls the same way whenever it is asked, and nobody
    who acts can choose it.
    """
    if share >= 100:
        return changes
    bar = format(share * LOTS // 100, "04x")
    lots = changes.alias(lot=Substr(Digest(UuidText("uuid")), 1, 4))
    return lots.filter(Q(name__in=GRAVE) | Q(lot__lt=bar))


def kind_label(change):
    """What happened, in the words of the queue."""
    return KINDS[ActName(change.name)]


def is_watcher(user):
    return user.is_authenticated and user.is_active and seats_of(user).exists()


def schools_watched_by(user):
    """The schools whose changes the person may meet: the choices of the filter."""
    own = Authority.objects.schools_kept_by(user, Office.SUPERVISION)
    return School.objects.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=Authority.objects.schools_beneath(user).values("pk"))
    )
