import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.text.html import obeys_rule, plain_text, sanitise

REL = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>通知</p>", "<p>通知</p>"),
        ("<h1>标题</h1><h5>小</h5>", "<h2>标题</h2><h4>小</h4>"),
        (
            "<b>a</b><i>b</i><del>c</del><ins>d</ins>",
            "<strong>a</strong><em>b</em><s>c</s><u>d</u>",
        ),
        ("<div>a</div><div>b</div>", "<p>a</p><p>b</p>"),
        ("<p>a</p><p>&nbsp;</p><p><br></p><p></p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p><u>&nbsp;&nbsp;</u>年</p>", "<p><u>&nbsp;&nbsp;</u>年</p>"),
        ("<ol start=3 type=a><li>c</li></ol>", '<ol start="3"><li>c</li></ol>'),
        ("<a>无址</a>", "无址"),
        ("<p>a\u200b\u202eb\ue000</p>", "<p>ab</p>"),
        ("<p>&#x200b;a&#x202e;</p>", "<p>a</p>"),
        ("<p>e\u0301 a &#8800; b</p>", "<p>é a ≠ b</p>"),
        ("<p>\u0338x</p>", "<p>x</p>"),
        ("<p>\u0591\u200b&#824;x</p>", "<p>x</p>"),
        ("没有标签 & 符号", "没有标签 &amp; 符号"),
        ("", ""),
    ],
)
def test_the_rule(html, expected):
    assert sanitise(html) == expected
    assert obeys_rule(expected)


def test_a_table_keeps_its_caption_spans_and_scopes():
    table = (
        "<table><caption>收费表</caption><thead><tr>"
        '<th scope="col">项目</th><th scope="col" colspan="2">元</th></tr></thead>'
        '<tbody><tr><td rowspan="2">书</td><td>1</td><td>2</td></tr></tbody></table>'
    )
    assert obeys_rule(table)
    assert sanitise('<table><tr><td colspan="9999" scope="x" width="3">a</td></tr></table>') == (
        "<table><tbody><tr><td>a</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    "address",
    ["https://example.edu.cn/?a=1", "http://a.cn", "mailto:a@b.cn", "tel:+86", "/schools/a/"],
)
def test_a_link_to_an_ordinary_address_stays(address):
    html = f'<p><a href="{address}" title="说明" {REL}>看</a></p>'
    assert sanitise(f'<p><a href="{address}" title="说明" target=_blank>看</a></p>') == html
    assert obeys_rule(html)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", "file:///C:/a", "vbscript:x"],
)
def test_a_link_to_anything_else_keeps_its_text_only(address):
    assert sanitise(f'<p><a href="{address}">看</a></p>') == "<p>看</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "<p onclick=alert(1) style='background:url(x)'>a</p>",
        "<iframe src='javascript:alert(1)'></iframe>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<style><!--</style><img src=x onerror=alert(1)>-->",
        "<table><style><a title='</style><img src onerror=alert(1)>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<<script>script>alert(1)<</script>/script>",
        "<a href='jav&#x61;script:alert(1)'>a</a>",
    ],
)
def test_no_script_survives(html):
    cleaned = sanitise(html)
    lowered = cleaned.lower().replace("&lt;", "").replace("&gt;", "")
    for word in ("<script", "<img", "<svg", "<iframe", "<style", "<math", "javascript:"):
        assert word not in lowered
    assert " on" not in "".join(part for part in cleaned.split("<")[1:] if "=" in part)


def test_a_paste_from_word_keeps_its_text_only():
    html = (
        "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
        "<style>p.MsoNormal{mso-style-name:x}</style>"
        '<p class="MsoNormal" style="mso-pagination:none"><b style="x">'
        '<span lang="EN-US" style="font-family:宋体">关于放假的通知<o:p></o:p></span></b></p>'
        "<p class=MsoListParagraph><![if !supportLists]><span>1.&nbsp;</span><![endif]>时间</p>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    )
    assert sanitise(html) == "<p><strong>关于放假的通知</strong></p><p>1.&nbsp;时间</p>"


def test_a_body_outside_the_rule_is_noticed():
    assert obeys_rule("<p>通知</p>")
    assert not obeys_rule("<p class='a'>通知</p>")
    assert not obeys_rule("<p>通知")
    assert not obeys_rule("<p>通\u200b知</p>")
    assert not obeys_rule("<img src=a>")


# One tag or entity to a word, so that the strategy reads as a page of them.
_SOUP = """
    <p> </p> <div> </div> <b> </b> <i> <a> <a/href=/x> </a> <table> <tr> <td> </td> </table> <ul>
    <li> </ul> <h1> </h1> <h3> <u> </u> <blockquote> </blockquote> <br> <svg> <math> <style>
    </style> <caption> <select> <form> <!-- --> <title> &lt; &#824; &nbsp; &#x200b; <pre>
    <ol/start=2> <template> <colgroup> <tfoot> <noscript> \u0338 < > & " \x00 \u0591
"""
_soup = st.lists(st.sampled_from([*_SOUP.split(), "\n"]) | st.text(max_size=5), max_size=25).map(
    "".join
)


@settings(max_examples=400, deadline=None)
@given(_soup)
def test_sanitising_twice_changes_nothing(html):
    once = sanitise(html)
    assert sanitise(once) == once
    assert obeys_rule(once)
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"]), min_size=1, max_size=40))
def test_plain_words_are_never_lost(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert plain_text(f"<div>{escaped}</div>") == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("tower", ["<blockquote>", "<ul><li>", "<b>", "<div>"])
def test_a_tower_of_tags_is_reduced_to_its_text(tower):
    assert sanitise(f"{tower * 2000}通知 &lt;") == "<p>通知 &lt;</p>"


def test_half_a_megabyte_is_cleaned():
    row = '<p class="MsoNormal"><b>项目<o:p></o:p></b>，见<a href="/a">表</a></p>'
    html = row * (500_000 // len(row))
    cleaned = sanitise(html)
    assert cleaned.count("<strong>项目</strong>") == html.count("项目")
    assert obeys_rule(cleaned)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>标题</h2><p>一<br>二</p><ul><li>三</li><li>四</li></ul>", "标题\n一\n二\n三\n四"),
        ("<p>a <strong>b</strong><em>c</em>\n d</p>", "a bc d"),
        (
            "<table><caption>表</caption><tr><th>项目</th><th>元</th></tr>"
            "<tr><td></td><td><p>1</p><p>2</p></td></tr></table><p>注</p>",
            "表\n项目\t元\n\t1 2\n注",
        ),
        ("<p>&lt;b&gt; &amp;&nbsp;x</p>", "<b> & x"),
        ("<script>alert(1)</script><img src=x>文字", "文字"),
        ('<p><a href="/a" title="a&gt;b">链接</a></p>', "链接"),
        ("", ""),
    ],
)
def test_plain_text_reads_like_the_page(html, text):
    assert plain_text(html) == text
