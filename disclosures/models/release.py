"""Who may read an edition, from when to when: the only rule of visibility."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disclosures.catalogue.words import Audience
from disclosures.models.catalogue import CatalogueEntry
from disclosures.models.disclosure import Disclosure
from disclosures.models.edition import Edition
from disclosures.models.search import SearchText
from portal.ledger.history import RecordedQuerySet, trail
from portal.ledger.moments import local_day, now, start_of
from portal.organisation.models import Department, School
from portal.organisation.viewer import PUBLIC

RANK = {code: rank for rank, code in enumerate(Audience.values)}


class ReleaseQuerySet(RecordedQuerySet):
    """Rows change one at a time inside acts; reading is what this is for."""

    def visible_to(self, viewer, *, at=None):
        """The releases open at the moment to an audience of the viewer."""
        at = at or now()
        return self.for_audiences_of(viewer).filter(
            Q(closes_at=None) | Q(closes_at__gt=at), opens_at__lte=at
        )

    def for_audiences_of(self, viewer):
        may = Q(audience=Audience.PUBLIC)
        for audience, schools in viewer.schools.items():
            may |= Q(audience=audience, school__in=schools)
        if viewer.groups:
            may |= Q(audience=Audience.NAMED, group__in=viewer.groups)
        return self.filter(may)

    def public(self, *, at=None):
        """What everybody may read now."""
        return self.visible_to(PUBLIC, at=at)

    def inner_to(self, viewer, *, at=None):
        """What is open to the viewer but not to the public, each edition once."""
        return self.once_visible_to(viewer, at=at).exclude(audience=Audience.PUBLIC)

    def once_visible_to(self, viewer, *, at=None):
        """What is open to the viewer, each edition once: by the broadest of its audiences."""
        at = at or now()
        if viewer.is_public:
            return self.visible_to(viewer, at=at)
        visible = Release.objects.visible_to(viewer, at=at)
        broader = visible.filter(edition=OuterRef("edition"), rank__lt=OuterRef("rank"))
        return self.visible_to(viewer, at=at).filter(~Exists(broader))

    def planned(self):
        """Not emptied by a cancellation or an earlier withdrawal."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=F("opens_at")))

    def was_open_to(self, viewer, *, at=None):
        """What the viewer could read at some time up to now: tombstones answer only them."""
        return self.for_audiences_of(viewer).planned().filter(opens_at__lte=at or now())

    def with_rows(self):
        return self.select_related("edition", "school", "department", "entry", "disclosure")

    def plan(self, edition, *, opens_at, planned_at):
        """Write the releases of a sealed edition; its predecessor ends when it begins.

        From the same transaction on, a search finds what it says for those who may see it.
        """
        disclosure, planned = edition.disclosure, []
        closes_at = start_of(edition.closes_on + timedelta(days=1)) if edition.closes_on else None
        for audience in edition.audiences:
            named = edition.named_authority if audience == Audience.NAMED else None
            release = Release(
                edition=edition,
                disclosure=disclosure,
                school_id=disclosure.school_id,
                department_id=disclosure.department_id,
                entry_id=disclosure.entry_id,
                category=disclosure.entry.category_code,
                year=local_day(opens_at).year,
                audience=audience,
                rank=RANK[audience],
                group=named.group if named else None,
                opens_at=opens_at,
                closes_at=closes_at,
                planned_close=closes_at,
                sealed_at=planned_at,
            )
            release.save()
            planned.append(release)
        SearchText.objects.enter(edition, planned)
        for release in Release.objects.filter(disclosure=disclosure).exclude(edition=edition):
            release.give_way(edition, opens_at)

    def revoke(self, edition):
        """Empty the plan of an edition that never opened and let its predecessor go on."""
        for release in Release.objects.filter(edition=edition).planned():
            release.closes_at = release.opens_at
            release.save()
        for release in Release.objects.filter(succeeded_by=edition):
            release.closes_at, release.succeeded_by = release.planned_close, None
            release.save()

    def end(self, edition):
        """Close every release of the edition now, for good; those to come never open.

        A successor's cancellation reopens what gave way to it, but nothing that was taken off.
        """
        for release in Release.objects.filter(edition=edition).planned():
            if release.closes_at is None or release.closes_at > now():
                release.closes_at = max(now(), release.opens_at)
                release.succeeded_by = None
                release.save()


class Release(models.Model):
    """An edition open to one audience from one moment to another (`closes_at` is exclusive)."""

    edition = models.ForeignKey(
        Edition, models.PROTECT, verbose_name=_("公开文稿"), related_name="releases"
    )
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="releases")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    entry = models.ForeignKey(CatalogueEntry, models.PROTECT, related_name="notices")
    category = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    audience = models.CharField(_("公开范围"), max_length=10, choices=Audience.choices)
    rank = models.PositiveSmallIntegerField()
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    opens_at = models.DateTimeField(_("公开时间"))
    closes_at = models.DateTimeField(_("结束时间"), null=True)
    planned_close = models.DateTimeField(null=True)
    succeeded_by = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField()

    objects = ReleaseQuerySet.as_manager()
    history = trail()

    class Meta:
        verbose_name = _("公开安排")
        verbose_name_plural = pgettext_lazy("plural", "公开安排")
        ordering = ["-opens_at", "-id"]
        indexes = [
            models.Index(fields=["audience", *front, "-opens_at", "-id", "closes_at"], name=name)
            for name, front in {
                "release_board": (),
                "release_school": ("school",),
                "release_category": ("category",),
                "release_school_category": ("school", "category"),
                "release_school_year": ("school", "year"),
                "release_department": ("department",),
                "release_entry": ("school", "entry"),
                "release_year": ("year",),
            }.items()
        ] + [
            models.Index(fields=["disclosure", "audience", "-opens_at"], name="release_notice"),
            # Few have an end; what soon leaves a board is found without reading the board.
            models.Index(
                fields=["audience", "closes_at"],
                condition=Q(closes_at__isnull=False),
                name="release_closing",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__gte=F("sealed_at")),
                name="release_never_back_dated",
                violation_error_message=_("公开时间不能早于定稿时间。"),
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gte=F("opens_at")),
                name="release_closes_after_opening",
                violation_error_message=_("结束时间不能早于公开时间。"),
            ),
            models.CheckConstraint(
                condition=Q(audience=Audience.NAMED, group__isnull=False)
                | (~Q(audience=Audience.NAMED) & Q(group=None)),
                name="release_named_has_group",
            ),
        ]

    def __str__(self):
        return f"{self.edition} {self.get_audience_display()}"

    def delete(self, *args, **kwargs):
        raise TypeError("Releases are kept; use the act that closes them.")

    def give_way(self, successor, at):
        """End when the successor begins, unless already over; remember what was planned."""
        if self.closes_at is not None and self.closes_at <= at:
            return
        self.closes_at, self.succeeded_by = max(at, self.opens_at), successor
        self.save()
