"""When each release has to end, by what the ledger says and nothing else."""

from typing import NamedTuple

from disclosures.checking.matter import SLACK, TAKING_OFF
from disclosures.proof import PLANNING


class Course(NamedTuple):
    """Where a release stands: when it ends, which edition it gave way to, whether taken off.

    An edition is taken off at the moment of the act, which its entry follows: `taken_off`.
    """

    row: object
    closes: object
    successor: object = None
    taken_off: bool = False

    @property
    def is_planned(self):
        return self.closes is None or self.closes > self.row.opens_at

    def is_run_by(self, row, *, late):
        """Whether the row of the table says what the ledger comes to."""
        if row.succeeded_by_id != self.successor:
            return False
        if not self.taken_off or row.closes_at is None:
            return row.closes_at == self.closes
        return row.closes_at <= self.closes and (late or self.closes - row.closes_at <= SLACK)


def replayed(matter):
    """What became of each release of the matter, {key: course}; `Release`'s own rules, again."""
    planned = {entry.seq: rows for told in matter.editions for entry, rows in told.plans}
    keys = {told.edition.number: told.edition.pk for told in matter.editions}
    courses = {
        row.pk: Course(row, row.closes_at, row.succeeded_by_id)
        for told in matter.editions
        for row in told.before
    }
    for entry in matter.entries:
        edition = keys.get(entry.edition)
        if entry.kind in PLANNING:
            rows = planned.get(entry.seq, [])
            courses |= {row.pk: Course(row, row.planned_close) for row in rows}
            moves = [(_give_way, rows[0].opens_at)] if rows else []
        else:
            moves = [(MOVES[entry.kind], entry.at)] if entry.kind in MOVES else []
        for move, at in moves:
            courses = {pk: move(course, edition, at) for pk, course in courses.items()}
    return courses


def _give_way(course, edition, at):
    over = course.closes is not None and course.closes <= at
    if course.row.edition_id == edition or over:
        return course
    return Course(course.row, max(at, course.row.opens_at), edition)


def _cancel(course, edition, _at):
    if course.row.edition_id == edition and course.is_planned:
        course = course._replace(closes=course.row.opens_at)
    if course.successor == edition:
        course = Course(course.row, course.row.planned_close)
    return course


def _take_off(course, edition, at):
    if course.row.edition_id != edition or not course.is_planned:
        return course
    if course.closes is not None and course.closes <= at:
        return course
    begun = course.row.opens_at <= at
    return Course(course.row, at if begun else course.row.opens_at, None, begun)


MOVES = {"cancel": _cancel, **dict.fromkeys(TAKING_OFF, _take_off)}
