"""People in a table, as the tests of taking them in and of their first password need them."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

IMPORT = reverse("admin:organisation_user_import")
HEAD = ["姓名", "用户名", "手机", "电子邮箱", "身份", "班级", "职务", "部门"]
WANG = ["王老师", "wang", 13800000001, "wang@example.com", "教职工、党员", "", "信息员", "总务处"]
LI = ["李家长", "li", "", "", "家长", "一年级1班、二年级2班", "", ""]


def book(*rows, head=HEAD):
    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (head, *rows):
        workbook.active.append(row)
    workbook.save(stream)
    return stream.getvalue()


def sent(client, cast, content, *, name="人员.xlsx", school=None, **more):
    upload = SimpleUploadedFile(name, content)
    school = school or cast.school
    return client.post(IMPORT, {"school": school.pk, "file": upload, **more})


def newcomers(client, cast, *rows):
    client.force_login(cast.office)
    return sent(client, cast, book(*rows)).context["newcomers"]
