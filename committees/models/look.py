"""A change somebody of the supervision group, or of the bureau's office, has looked at."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.changes import acts_of, changes_watched_by, drawn, seat_for, seats_of
from committees.models.committee import SHARE, Committee
from portal.ledger.acts import Facts, Refused, perform
from portal.ledger.history import Recorded, RecordedQuerySet
from portal.ledger.keys import UuidText
from portal.ledger.models import Act
from portal.ledger.moments import now
from portal.organisation.models import School


class LookQuerySet(RecordedQuerySet):
    def through(self, user):
        """The looks of the person's group, whoever of it has looked."""
        return self.filter(school__in=seats_of(user))

    def at(self, act):
        return self.filter(act=str(act.uuid)).select_related("seen_by", "school")

    def of_matter(self, matter):
        """The looks at whatever was done on a matter."""
        return self.filter(act__in=acts_of(matter))

    def split(self, changes, user, *, seen):
        """Of these changes those the person's group has looked at, or those it has not."""
        looks = self.through(user).filter(act=UuidText(OuterRef("uuid")))
        return changes.filter(Exists(looks) if seen else ~Exists(looks))

    def waiting_for(self, user):
        """What the group has drawn for itself and nobody of it has looked at."""
        return self.split(drawn(changes_watched_by(user), share_of(user)), user, seen=False)

    def open_to_look(self, user):
        """The changes the person may mark as seen, drawn or not."""
        return self.split(changes_watched_by(user), user, seen=False)

    def look_at(self, act, *, by, note=""):
        """Mark a change as seen, for everybody of the group."""
        if not changes_watched_by(by).filter(pk=act.pk).exists():
            raise Refused(_("这一更动不在您的监督范围内。"))
        look = self.model(act=str(act.uuid), school=seat_for(by, act), seen_by=by, note=note)
        with perform("look_at", look, by=by):
            # Two of the group may click at the same moment: the second one waits here.
            School.objects.select_for_update().get(pk=look.school_id)
            if not self.open_to_look(by).filter(pk=act.pk).exists():
                raise Refused(_("这一更动已经有人看过，不用再标记。"))
            look.save()
        return look


class Look(Recorded):
    """That a change was looked at. `school` is the one whose group, or bureau's office, did."""

    act = models.CharField(_("操作编号"), max_length=36, editable=False)
    school = models.ForeignKey(School, models.PROTECT, verbose_name=_("学校"), related_name="+")
    seen_by = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("查看人"), related_name="+"
    )
    seen_at = models.DateTimeField(_("查看时间"), default=now)
    note = models.CharField(_("备注"), max_length=300, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = _("更动查看")
        verbose_name_plural = pgettext_lazy("plural", "更动查看")
        ordering = ["-seen_at"]
        constraints = [
            models.UniqueConstraint(fields=["act", "school"], name="look_once_for_a_group")
        ]

    def __str__(self):
        return f"{self.act} {self.seen_by.name}"

    def facts(self):
        """Looking belongs to the record of the matter, and to the school that looked."""
        act = Act.objects.get(uuid=self.act)
        return Facts(
            title=act.title,
            school=self.school.slug,
            subject_id=act.subject_id,
            category=act.category,
            entry=act.entry,
        )


def share_of(user):
    """How many of a hundred changes the person's group has set itself to look at."""
    groups = Committee.objects.filter(school__in=seats_of(user), kind=Committee.Kind.SUPERVISION)
    return groups.aggregate(share=models.Max("share"))["share"] or SHARE
