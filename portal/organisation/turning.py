"""Posts and stand-ins that begin or run out without anybody acting on that day."""

from datetime import date

from django.db import transaction

from portal.organisation.models import Authority, Post, StandIn, User


def follow_turning_posts(on: date) -> int:
    """Give and take the offices of everybody whose posts or stand-ins began or ran out; how many.

    It compares the posts held on the day with the groups people are in, so a missed pass is made
    up for and a second one does nothing.
    """
    people = User.objects.filter(pk__in={user for user, *_seat in _held(on) ^ _followed()})
    for person in people:
        with transaction.atomic():
            person.follow_posts(on)
    return len(people)


def _held(on):
    """(user, school, office, department) of every post held, or stood in for, on the day."""
    seat = ("school", "office", "department")
    stood_in = (f"post__{name}" for name in seat)
    return {
        *Post.objects.held(on).values_list("user", *seat),
        *StandIn.objects.on(on).values_list("user", *stood_in),
    }


def _followed():
    """The same of every group people are in."""
    seats = Authority.objects.filter(group__user__isnull=False)
    return set(seats.values_list("group__user", "school", "office", "department"))
