"""Whoever moves from heading to heading through a notice finds no level left out."""

import re


def test_a_body_that_begins_at_a_lower_heading_follows_the_title(client, stage):
    written = "<h3>一、项目</h3><p>餐费</p><h4>（一）标准</h4>"
    notice = stage.published(title="收费公示", body=written)
    page = client.get(notice.disclosure.get_absolute_url()).content.decode()
    sheet = page.partition("<article")[2].partition("</article>")[0]
    assert re.findall(r"<h\d[^>]*>", sheet)[:3] == ['<h1 lang="zh-Hans">', "<h2>", "<h3>"]
    assert "<h2>一、项目</h2><p>餐费</p><h3>（一）标准</h3>" in sheet
    assert notice.body == written
