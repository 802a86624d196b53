"""What tests of the workplace share: its addresses, and an act carried out as a browser does."""

from django.urls import reverse

from disclosures.models import Edition


def address(name, edition=None, **more):
    named = {"pk": edition.pk, **more} if edition else {}
    return reverse(f"admin:disclosures_edition_{name}", kwargs=named)


def sent(client, user, act, edition, **typed):
    """Open the act's page as the person and send its form with what they type."""
    client.force_login(user)
    page = client.get(address(act, edition))
    assert page.status_code == 200, page.status_code
    hidden = {field.html_name: field.value() for field in page.context["form"].hidden_fields()}
    return client.post(address(act, edition), hidden | typed)


def stored(edition):
    return Edition.objects.get(pk=edition.pk)


def said(response):
    return response.content.decode()


TEXT = {
    "title": "2026年秋季学期收费公示",
    "body": "<p>本学期收费项目如下。</p>",
    "audiences": ["public"],
    "written_on": "2026-09-01",
    "genre": "notice",
    "language": "zh-Hans",
    "is_cleared": "on",
}


def saving(edition, **more):
    return TEXT | {"version": edition.version} | more
