"""What names people is kept out of search engines: the page, and every file that hangs on it."""

import pytest

from disclosures.catalogue.words import PersonalData
from tests.disclosures.test_attachment_page import published


@pytest.mark.parametrize("kind", PersonalData.values)
def test_a_file_is_kept_out_as_the_page_that_lists_it(client, cast, stage, kind):
    cast.entry.personal_data = kind
    cast.entry.save()
    attachment = published(stage)
    page = client.get(attachment.edition.disclosure.get_absolute_url())
    file = client.get(attachment.get_absolute_url())
    kept_out = '<meta name="robots" content="noindex">' in page.content.decode()
    assert kept_out is (kind not in ("none", "low"))
    told = [answer.get("X-Robots-Tag") for answer in (page, file)]
    assert told == (["noindex"] * 2 if kept_out else [None] * 2)


def test_what_is_not_public_is_kept_out_whatever_it_is(cast, stage, signed_in):
    inner = published(stage, audiences=["staff"], inner_reason="只涉及教职工")
    reader = signed_in(cast.teacher)
    for address in (inner.get_absolute_url(), inner.edition.disclosure.get_absolute_url()):
        assert reader.get(address)["X-Robots-Tag"] == "noindex"
