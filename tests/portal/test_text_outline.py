import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.text.outline import outlined


def of_levels(levels):
    return "".join(f"<h{level}>题</h{level}><p>文</p>" for level in levels)


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ([2, 3, 4, 3, 2], [2, 3, 4, 3, 2]),
        ([3, 3], [2, 2]),
        ([4], [2]),
        ([2, 4, 4, 2], [2, 3, 3, 2]),
        ([3, 4, 2, 4], [2, 3, 2, 3]),
        ([4, 3], [2, 2]),
        ([], []),
    ],
)
def test_headings_begin_at_two_and_skip_no_level(written, set_as):
    assert outlined(of_levels(written)) == of_levels(set_as)


@given(st.lists(st.integers(2, 4)))
def test_no_order_of_headings_leaves_a_gap(written):
    found = [1, *map(int, re.findall(r"<h(\d)>", outlined(of_levels(written))))]
    assert len(found) == len(written) + 1
    assert all(after - before <= 1 for before, after in zip(found, found[1:], strict=False))


def test_what_is_no_heading_stays():
    text = '<p>h3 &lt;h3&gt;</p><ol start="3"><li>三</li></ol>'
    assert outlined(text) == text
