import pytest

from portal.text.files import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("通知.docx", "通知.docx"),
        ("C:\\temp\\..\\通知.docx", "通知.docx"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\u202efdp.docx", "afdp.docx"),
        ("a\0b\x07\r\n.pdf", "ab .pdf"),
        ('a<b>:"|?*c.pdf', "abc.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.tar.pdf", "_LPT1.tar.pdf"),
        ("console.pdf", "console.pdf"),
        ("..a.pdf. ", "a.pdf"),
        ("Lu\u0308.pdf", "Lü.pdf"),
        ("...", "attachment"),
        ("", "attachment"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("长" * 300, "长" * 120),
    ],
)
def test_a_name_is_made_harmless(name, safe):
    assert safe_name(name) == safe
    assert safe_name(safe) == safe
