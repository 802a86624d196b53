"""Files of every kind, made in memory: fit ones, and the parts of unfit ones."""

import io
import stat
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
import pypdfium2

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
}
OFD_ROOT = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'
DTD = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def zipped(parts):
    """Bytes of a zip with these parts: name (or ZipInfo) to content."""
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def types(*overrides):
    rows = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides
    )
    return f'<?xml version="1.0"?><Types xmlns="a">{rows}</Types>'


def relationships(*rows):
    body = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE_TYPE}{kind}" Target="{target}" {mode}/>'
        for i, (kind, target, mode) in enumerate(rows)
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{body}</Relationships>'


def office(extension="docx", extra=None, without=()):
    main, kind = MAIN_PARTS[extension]
    parts = {
        "[Content_Types].xml": types((main, CONTENT_TYPE + kind)),
        "_rels/.rels": relationships(("officeDocument", main, "")),
        main: "<document>通知</document>",
        **(extra or {}),
    }
    return zipped({name: content for name, content in parts.items() if name not in without})


def external(kind):
    row = (kind, "https://example.edu.cn/a", 'TargetMode="External"')
    return office(extra={"word/_rels/document.xml.rels": relationships(row)})


def pdf(catalogue="", trailer="", objects=()):
    """A one-page PDF made by hand."""
    bodies = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def encrypted_pdf():
    key = "<" + "41" * 32 + ">"
    lock = f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >>"
    return pdf(trailer="/Encrypt 4 0 R /ID [<00> <00>]", objects=[lock])


def scripted_pdf():
    script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    return pdf(catalogue="/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", objects=[script])


def pdfium_pdf():
    document, stream = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(stream)
    return stream.getvalue()


def png(width=1, height=1):
    def chunk(kind, content):
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(width=8, height=8):
    jfif = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    size = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + jfif + size + b"\xff\xd9"


def workbook():
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["项目", "金额"])
    book.active["A2"] = "书本费"
    book.active["A2"].hyperlink = "https://example.edu.cn/"
    book.save(stream)
    return stream.getvalue()


def symlink():
    link = ZipInfo("word/media/link.png")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return office(extra={link: "/etc/passwd"})


def locked_zip():
    """A document whose entries are marked as encrypted by a zip password."""
    content = bytearray(office())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + flags] |= 1
    return bytes(content)


def nul_in_entry():
    return office(extra={"word/a0b.xml": "<a/>"}).replace(b"word/a0b.xml", b"word/a\0b.xml")


def repeated_entry():
    return office(extra={"word/DOCUMENT.xml": "<a/>"})


CLEAN = {
    "made by openpyxl": ("收费表.xlsx", workbook()),
    "smallest docx": ("通知.docx", office()),
    "smallest pptx": ("培训.PPTX", office("pptx")),
    "docx with hyperlink": ("a.docx", external("hyperlink")),
    "pptx with a chart's workbook": (
        "a.pptx",
        office("pptx", {"ppt/embeddings/Microsoft_Excel_Sheet.xlsx": workbook()}),
    ),
    "xlsx with printer settings": (
        "a.xlsx",
        office("xlsx", {"xl/printerSettings/printerSettings1.bin": b"\0H\0P\0" * 40}),
    ),
    "ofd": ("公告.ofd", zipped({"OFD.xml": OFD_ROOT, "Doc_0/Document.xml": "<a/>"})),
    "pdf by hand": ("a.pdf", pdf()),
    "pdf by pdfium": ("a.pdf", pdfium_pdf()),
    "png": ("a.png", png()),
    "jpeg": ("a.jpeg", jpeg()),
    "jpg": ("照片.JPG", jpeg(4000, 3000)),
    "text in utf-8": ("说明.txt", "校务公开\r\n<姓名>".encode()),
    "text with mark": ("a.txt", "\ufeff校务公开".encode()),
    "table in gb18030": ("名单.csv", "姓名,班级\r\n张三,一班\r\n".encode("gb18030")),
}
