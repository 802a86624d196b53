"""Files of a draft in the workplace."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.disclosures.workplace import address, said


def test_a_file_is_attached_named_and_taken_out(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    upload = SimpleUploadedFile("标准.csv", "项目,标准\n伙食费,12\n".encode())
    answer = client.post(address("attach", draft), {"file": upload, "title": "收费标准一览表"})
    assert answer.url == address("change", draft) + "#files"
    kept = draft.attachments.get()
    assert (kept.title, kept.name) == ("收费标准一览表", "标准.csv")
    sent = client.get(address("file", draft, attachment=kept.pk))
    assert b"".join(sent.streaming_content).startswith("项目".encode())
    assert sent.headers["Content-Disposition"].startswith("attachment")
    removal = address("detach", draft, attachment=kept.pk)
    assert client.post(removal).status_code == 302
    assert not draft.attachments.kept().exists()
    assert "没有重复办理" in said(client.post(removal, follow=True))


def test_an_unfit_file_is_named_with_its_reason(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    for upload, words in (
        (SimpleUploadedFile("公示.pdf", b"MZ\x90 not a pdf"), "没有上传"),
        (SimpleUploadedFile("公示.exe", b"MZ"), "不能上传 exe 类型的文件"),
        (SimpleUploadedFile("大.xlsx", b"PK\x03\x04" + bytes(52_428_800)), "文件超过 20 MB"),
    ):
        answer = client.post(address("attach", draft), {"file": upload}, follow=True)
        assert upload.name in said(answer) and words in said(answer)
    assert "请先选择要上传的文件" in said(client.post(address("attach", draft), follow=True))
    assert not draft.attachments.exists()


def test_files_of_others_are_out_of_reach(cast, stage, client):
    draft = stage.draft()
    client.force_login(cast.editor)
    client.post(address("attach", draft), {"file": SimpleUploadedFile("a.txt", b"abc")})
    kept = draft.attachments.get()
    review = stage.in_review(title="另一份")
    for user, status in ((cast.editor2, 404), (cast.sysadmin, 404), (cast.principal, 403)):
        client.force_login(user)
        upload = SimpleUploadedFile("b.txt", b"abc")
        assert client.post(address("attach", draft), {"file": upload}).status_code == status
        assert client.post(address("detach", draft, attachment=kept.pk)).status_code == status
    client.force_login(cast.editor2)
    assert client.get(address("file", draft, attachment=kept.pk)).status_code == 404
    client.force_login(cast.editor)
    assert client.get(address("file", review, attachment=kept.pk)).status_code == 404
    answer = client.post(address("attach", review), {"file": SimpleUploadedFile("c.txt", b"c")})
    assert answer.status_code == 403
    assert (draft.attachments.count(), review.attachments.count()) == (1, 0)
