"""Files uploaded in the workplace: watched, stopped, and found as drafts or with the reason."""

import pytest
from django.urls import reverse

from disclosures.models import Edition
from portal import sweep
from portal.organisation.models import Job
from tests.disclosures.intake import IMPORT, LOCKED, files_of, posted, two_and_a_locked_one, upload
from tests.disclosures.workplace import address, said
from tests.portal.test_text_files import encrypted_pdf


@pytest.fixture
def job(cast):
    return two_and_a_locked_one(cast)


def test_an_editor_uploads_watches_and_finds_drafts_and_reasons(cast, client):
    client.force_login(cast.editor)
    assert said(client.get(reverse(IMPORT))).count("<option") > 2
    answer = posted(
        client, cast, upload("通知.txt", "放假通知\n三天"), upload("a.pdf", encrypted_pdf())
    )
    job = Job.objects.get(kind="import_documents")
    assert answer.url == reverse("admin:disclosures_edition_import_job", args=[job.pk])
    assert "等待中" in said(client.get(answer.url)) and "停止导入" in said(client.get(answer.url))
    sweep.run_jobs()
    page = said(client.get(answer.url))
    assert address("change", Edition.objects.get()) in page
    assert LOCKED in page and "停止导入" not in page


def test_a_file_beyond_the_limit_is_refused_without_being_kept(cast, client):
    client.force_login(cast.editor)
    posted(client, cast, upload("大.xlsx", b"0" * (21 * 1024 * 1024)), upload("a.txt", "甲\n乙"))
    job = Job.objects.get(kind="import_documents")
    assert files_of(job) == ["0"]
    assert job.result["refused"] == [
        {"file": "大.xlsx", "reason": "文件超过 20 MB。请压缩或拆分后重新导入。"}
    ]


def test_a_form_without_files_or_with_a_matter_not_adopted_says_so(cast, client):
    client.force_login(cast.editor)
    assert "请选择要导入的文件。" in said(posted(client, cast))
    assert not Job.objects.filter(kind="import_documents").exists()
    other = posted(client, cast, upload("a.txt", "甲"), department=cast.department2.pk)
    assert other.status_code == 200 and not Job.objects.filter(kind="import_documents").exists()


@pytest.mark.parametrize("name", ["teacher", "parent", "principal", "supervisor", "sysadmin"])
def test_who_may_not_draft_may_not_import(cast, client, name):
    client.force_login(getattr(cast, name))
    assert client.get(reverse(IMPORT)).status_code in (302, 403)
    assert posted(client, cast, upload("a.txt", "甲")).status_code in (302, 403)
    assert not Job.objects.filter(kind="import_documents").exists()


def test_an_import_is_open_to_whoever_asked_for_it_alone(job, cast, client):
    address = reverse("admin:disclosures_edition_import_job", args=[job.pk])
    client.force_login(cast.editor)
    assert client.get(address).status_code == 200
    for other in (cast.editor_same, cast.office, cast.editor2):
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}stop/").status_code == 404


def test_whoever_asked_may_stop_it(job, cast, client):
    client.force_login(cast.editor)
    client.post(reverse("admin:disclosures_edition_import_stop", args=[job.pk]))
    job.refresh_from_db()
    assert job.stop_wanted
