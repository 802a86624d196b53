"""Figures as SVG: well formed, named, told apart without colour, whatever the numbers are."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree

from disclosures.sheets.charts import Figure
from disclosures.sheets.drawing import draw, said, shortened


def figure(series, categories=("学费", "住宿费"), title="收费标准", **more):
    told = {"description": "各项收费。", "unit": "元"} | more
    return Figure(title, categories=list(categories), series=list(series), **told)


def drawn(figure_, **more):
    return ElementTree.fromstring(draw(figure_, key="f1", **more))


def texts(svg, css=None):
    return [each.text for each in svg.iter("text") if css in (None, each.get("class"))]


def bars(svg):
    return [(each.get("x"), each.get("width")) for each in svg.iter("rect")]


def test_a_drawing_has_a_role_a_name_and_a_description():
    svg = drawn(figure([("金额", [Decimal(800), Decimal(400)])]))
    assert (svg.tag, svg.get("role")) == ("svg", "img")
    names = svg.get("aria-labelledby").split()
    told = {each.get("id"): each.text for each in svg if each.tag in ("title", "desc")}
    assert [told[name] for name in names] == ["收费标准（元）", "各项收费。"]


def test_each_bar_is_as_long_as_its_number_and_says_it():
    svg = drawn(figure([("金额", [Decimal("1200.50"), Decimal("600.25")])]))
    assert bars(svg) == [("0%", "70%"), ("0%", "35%")]
    assert texts(svg, "number") == ["1,200.5", "600.25"]
    assert texts(svg, "name") == ["学费", "住宿费"]


def test_several_series_are_told_apart_by_hatching_and_a_legend():
    series = [("预算", [Decimal(3), Decimal(2)]), ("决算", [Decimal(2), Decimal(2)])]
    svg = drawn(figure(series))
    assert texts(svg, "name")[:2] == ["预算", "决算"]
    fills = [each.get("fill") for each in svg.iter("rect")]
    assert fills == [None, "url(#f1-p1)", None, "url(#f1-p1)", None, "url(#f1-p1)"]
    assert [each.get("id") for each in svg.iter("pattern")] == ["f1-p1"]


def test_less_than_nothing_reaches_to_the_other_side_of_zero():
    svg = drawn(figure([("增减", [Decimal(-30), Decimal(70)])]))
    assert bars(svg) == [("0%", "21%"), ("21%", "49%")]
    assert texts(svg, "number") == ["-30", "70"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([None, None], ["—", "—"]),
        ([Decimal(0), Decimal(0)], ["0", "0"]),
        ([Decimal(5), None], ["5", "—"]),
    ],
)
def test_nothing_to_draw_is_said(values, told):
    svg = drawn(figure([("金额", values)]))
    assert [text for text in texts(svg) if text not in ("学费", "住宿费")] == told
    assert all(width in ("0%", "70%") for _left, width in bars(svg))


def test_one_category_and_none_are_drawn():
    assert texts(drawn(figure([("金额", [Decimal(1)])], ["学费"]))) == ["学费", "1"]
    assert texts(drawn(figure([("金额", [])], []))) == []


def test_a_course_of_periods_is_points_joined_except_over_what_is_missing():
    values = [Decimal(10), None, Decimal(20), Decimal(5)]
    periods = ["2023年", "2024年", "2025年", "2026年"]
    svg = drawn(figure([("合计", values)], periods), is_course=True)
    assert bars(svg) == []
    assert [each.get("cx") for each in svg.iter("circle")] == ["35%", "70%", "17.5%"]
    lines = [(each.get("x1"), each.get("x2")) for each in svg.iter("line")]
    assert lines == [("70%", "17.5%")]
    assert texts(svg) == ["2023年", "10", "2024年", "—", "2025年", "20", "2026年", "5"]


def test_courses_are_told_apart_by_their_lines_and_a_legend_of_these():
    series = [(name, [Decimal(1), Decimal(2)]) for name in "甲乙丙丁戊己"]
    svg = drawn(figure(series), is_course=True)
    assert texts(svg, "name") == [*"甲乙丙丁戊己", "学费", "住宿费"]
    lines = [each.get("class") for each in svg.iter("line")]
    assert lines == [f"course s{number}" for number in range(6)] * 2
    assert bars(svg) == [] and list(svg.iter("pattern")) == []


def test_what_is_written_is_escaped():
    name = "<b>&\"'"
    svg = drawn(figure([(name, [Decimal(1)]), (name, [Decimal(2)])], [name], title=name, unit=name))
    assert texts(svg, "name") == [name, name, name]
    assert svg.find("title").text == f"{name}（{name}）"


def test_long_names_go_over_to_a_second_line_and_are_cut_there():
    assert shortened("长" * 40) == ["长" * 15, "长" * 14 + "…"]
    assert shortened("a" * 31) == ["a" * 30, "a"]
    assert shortened("") == [""]


def test_the_height_follows_from_what_is_drawn():
    one = drawn(figure([("金额", [Decimal(1)])], ["学费"]))
    two = drawn(figure([("金额", [Decimal(1)] * 2)]))
    tops = [float(each.get("y").removesuffix("em")) for each in two.iter("text")]
    assert tops == sorted(tops)
    assert max(tops) < float(two.get("height").removesuffix("em"))
    assert float(one.get("height")[:-2]) < float(two.get("height")[:-2])


def test_numbers_are_said_as_accounts_are_printed():
    numbers = (Decimal("1234.50"), Decimal("100"), Decimal("-0.05"), Decimal("1E+3"), None)
    assert [said(number) for number in numbers] == ["1,234.5", "100", "-0.05", "1,000", "—"]


def test_no_style_stands_in_the_drawing():
    series = [("预算", [Decimal(3), Decimal(2)]), ("决算", [Decimal(2), Decimal(2)])]
    assert "style=" not in draw(figure(series), key="f1")
