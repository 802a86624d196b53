from hypothesis import given
from hypothesis import strategies as st

from portal.text.diff import Piece, differences, side_by_side

chinese = st.text(alphabet="学校公开通知年20ab。，\n ", max_size=60)


def same(text):
    return Piece("same", text)


def removed(text):
    return Piece("removed", text)


def added(text):
    return Piece("added", text)


def test_one_character_changes_alone():
    assert differences("周一下午开会", "周五下午开会") == [
        same("周"),
        removed("一"),
        added("五"),
        same("下午开会"),
    ]


def test_numbers_and_latin_words_change_whole():
    assert differences("收费1,200.50元，联系Mary。", "收费1,300.50元，联系Mark。") == [
        same("收费"),
        removed("1,200.50"),
        added("1,300.50"),
        same("元，联系"),
        removed("Mary"),
        added("Mark"),
        same("。"),
    ]


def test_a_single_character_between_changes_is_no_island():
    assert differences("本校公告栏目", "本院公示栏目") == [
        same("本"),
        removed("校公告"),
        added("院公示"),
        same("栏目"),
    ]


def test_untouched_paragraphs_stay_in_one_piece():
    before = "第一段。\n第二段。\n第三段。"
    after = "第一段。\n第二段改。\n第三段。"
    assert differences(before, after) == [
        same("第一段。\n第二段"),
        added("改"),
        same("。\n第三段。"),
    ]


def test_equal_texts_are_one_piece_and_empty_ones_none():
    assert differences("通知", "通知") == [same("通知")]
    assert differences("", "") == []
    assert differences("", "通知") == [added("通知")]
    assert differences("通知", "") == [removed("通知")]


@given(chinese, chinese)
def test_both_texts_can_be_read_back(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    kinds = [piece.kind for piece in pieces]
    assert all(piece.text for piece in pieces)
    assert all(kinds[i] != kinds[i + 1] for i in range(len(kinds) - 1))
    assert all(pair != ("added", "removed") for pair in zip(kinds, kinds[1:], strict=False))


@given(chinese, chinese)
def test_both_columns_can_be_read_back(before, after):
    rows = side_by_side(before, after)
    left = ["".join(piece.text for piece in old) for old, _ in rows]
    right = ["".join(piece.text for piece in new) for _, new in rows]
    assert [line for line in left if line] == [line for line in before.split("\n") if line]
    assert [line for line in right if line] == [line for line in after.split("\n") if line]
    assert {piece.kind for old, _ in rows for piece in old} <= {"same", "removed"}
    assert {piece.kind for _, new in rows for piece in new} <= {"same", "added"}


def test_columns_pair_the_paragraphs():
    before = "标题\n周一开会\n落款"
    after = "标题\n周五开会\n请准时\n落款"
    assert side_by_side(before, after) == [
        ([same("标题")], [same("标题")]),
        (
            [same("周"), removed("一"), same("开会")],
            [same("周"), added("五"), same("开会")],
        ),
        ([], [added("请准时")]),
        ([same("落款")], [same("落款")]),
    ]


def test_too_much_work_means_whole_replacement():
    before, after = "\n".join("甲乙" * 8000), "\n".join("乙丙" * 8000)
    assert differences(before, after) == [removed(before), added(after)]


def test_a_large_text_with_a_small_change_shows_the_small_change():
    text = "".join(f"第{i}条 学校应当公开收费项目。\n" for i in range(5000))
    changed = text.replace("第2500条 学校应当", "第2500条 各校均应")
    assert [p for p in differences(text, changed) if p.kind != "same"] == [
        removed("学校应当"),
        added("各校均应"),
    ]
