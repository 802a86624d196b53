"""Serial numbers that begin anew with every year of a school."""

from django.db import models, transaction

from portal.organisation.models.school import School


class YearlyCounterQuerySet(models.QuerySet):
    def take(self, school, year) -> int:
        """The next serial of the school's year; the row stays locked until the act commits."""
        with transaction.atomic():
            self.get_or_create(school=school, year=year)
            counter = self.select_for_update().get(school=school, year=year)
            counter.last += 1
            counter.save()
        return counter.last


class YearlyCounter(models.Model):
    """How many numbers of one kind a school has given out in a year: one row for each year."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = YearlyCounterQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.school} {self.year}: {self.last}"
