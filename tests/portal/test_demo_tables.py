"""The demo's typed notices: every kind's family filled, sound on whatever day one starts it."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from disclosures.kinds import FAMILIES, KINDS, presets
from disclosures.kinds.registers import kind_of_register
from disclosures.sheets.periods import following
from disclosures.sheets.trails import trail
from portal.demo import typed
from portal.ledger.moments import SHANGHAI, as_of

NEW_YEAR = datetime(2027, 1, 1, 18, tzinfo=SHANGHAI)
DAYS = (0, 45, 59, 120, 181, 212, 243, 300)


class Read(typed.TypedStory):
    """A notice of which only the table is asked, without schools and people."""

    def kind(self):
        key = self.told["table"]["kind"]
        menu = presets.preset("menu")
        own = kind_of_register("register:menu", menu.name, list(menu.columns))
        return own if key == "register" else KINDS[key]

    def values(self):
        """What the rows say, as read while the notice was drafted."""
        with as_of(self.opens - timedelta(days=4)):
            return [row.values for row in self.table().rows]

    def period(self):
        with as_of(self.opens - timedelta(days=4)):
            return self.kind().period_of(self.table())

    def correct(self):
        for find, replace in self.told["correction"]["cells"]:
            assert self.table_text.count(find) == 1, find
            self.table_text = self.table_text.replace(find, replace)
        assert self.told["body"].count(self.told["correction"]["find"]) == 1


def read_on(day):
    """The demo's typed notices as a demo that is begun on the day tells them, by their keys."""
    with as_of(NEW_YEAR + timedelta(days=day)):
        return {told["key"]: Read(None, told) for told in typed.typed_notices()}


@pytest.mark.parametrize("day", DAYS)
def test_the_import_reads_every_table_on_any_day_of_the_year(day):
    read = read_on(day)
    for story in read.values():
        before = story.values()
        if "correction" in story.told:
            story.correct()
            assert story.values() != before
    for key in [key for key in read if f"{key}-before" in read]:
        earlier, later = read[f"{key}-before"], read[key]
        assert earlier.opens < later.opens
        assert earlier.period() < later.period()


def test_what_is_rolled_forward_has_a_notice_before_it():
    told = {each["key"]: each for each in typed.typed_notices()}
    rolled = {key: each["rolled_from"] for key, each in told.items() if "rolled_from" in each}
    assert rolled == {"dz-fees": "dz-fees-before", "sy-fees": "sy-fees-before"}
    for day in DAYS:
        read = read_on(day)
        for key, earlier in rolled.items():
            assert following(read[earlier].period()) == read[key].period()


def test_the_later_lists_of_fees_are_drawn_over_two_terms():
    drawn = {"sy-fees": ("元/餐", ["午餐费"]), "dz-fees": ("元/生·学期", ["教科书费"])}
    for day in DAYS:
        read = read_on(day)
        for key, (unit, changed) in drawn.items():
            with as_of(read[key].opens):
                figure = trail(KINDS["fees"], read[key].table(), [read[f"{key}-before"].table()])
            assert (figure.unit, len(figure.categories)) == (unit, 2)
            assert [name for name, (old, new) in figure.series if old != new] == changed


def test_every_family_of_kinds_is_filled_and_files_come_in_all_forms():
    told = typed.typed_notices()
    kinds = {each["table"]["kind"] for each in told}
    for family in FAMILIES:
        assert kinds & {kind.key for kind in family.KINDS}, family.__name__
    assert "register" in kinds
    forms = Counter(each["table"]["as"] for each in told)
    assert min(forms[form] for form in ("gbk", "utf-8", "xlsx")) >= 10
    assert {each["school"] for each in told} == {"qinghe", "shiyan", "dierzhong", "xingguang"}
    assert sum(bool(KINDS[kind].charts) for kind in kinds - {"register"}) >= 5
