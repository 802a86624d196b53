from tests.audit.figures import at_least, at_most, none_found, table


def test_a_count_is_met_by_nothing_found():
    assert none_found("errors", "2 pages", []).is_met
    missed = none_found("errors", "2 pages", ["home: a", "home: b"])
    assert (missed.measured, missed.is_met) == ("2", False)


def test_a_size_is_met_by_the_limit_and_names_what_is_over_it():
    sizes = {"home": 40_000, "board": 39_000}
    assert at_most("styles", "2 pages", sizes, 40).is_met
    missed = at_most("styles", "2 pages", sizes | {"notice": 40_001}, 40)
    assert (missed.is_met, missed.findings) == (False, ["notice: 40,001 bytes"])


def test_every_page_must_reach_the_score():
    assert at_least("speed", {"home": 95, "board": 100}, 95, []).is_met
    assert not at_least("speed", {"home": 94, "board": 100}, 95, []).is_met


def test_the_table_says_of_every_figure_whether_it_is_met():
    figures = [none_found("errors", "1 page", []), at_least("speed", {"home": 94}, 95, [])]
    assert table(figures).splitlines() == [
        "figure  looked at  measured  target",
        "errors  1 page     0         0       met",
        "speed   home       94        ≥ 95    MISSED",
    ]
