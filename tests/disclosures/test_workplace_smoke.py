from django.urls import reverse


def test_every_page_opens(cast, stage, client):
    draft = stage.draft()
    review = stage.in_review(title="审核中的")
    client.force_login(cast.editor)
    for url in (
        reverse("admin:index"),
        reverse("admin:disclosures_edition_changelist"),
        reverse("admin:disclosures_edition_add"),
        reverse("admin:disclosures_edition_add") + f"?entry={cast.entry.pk}",
        reverse("admin:disclosures_edition_change", args=[draft.pk]),
        reverse("admin:disclosures_edition_change", args=[review.pk]),
        reverse("admin:disclosures_edition_submit", args=[draft.pk]),
    ):
        response = client.get(url)
        assert response.status_code == 200, url
