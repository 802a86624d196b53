"""Files as schools have them, made by hand for the tests of the import."""

import io
import random
from zipfile import ZipFile

import openpyxl

from tests.portal.test_text_files import office, pdf, relationships, zipped

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DRAWING = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/'
    'main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
    'picture"><pic:blipFill><a:blip r:embed="r0" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
STYLES = (
    f"<w:styles {WORD}>"
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    "</w:styles>"
)
NUMBERING = (
    f'<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+'
    'xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def p(text, *, style="", listed=False, more=""):
    """A paragraph of a Word document."""
    mark = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed:
        mark += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{mark}</w:pPr><w:r><w:t>{text}</w:t></w:r>{more}</w:p>"


def hyperlink(address, text):
    """A field that leads somewhere, as Word writes an address typed by hand."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText> HYPERLINK "{address}" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{text}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def grid(*rows):
    cells = ["".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(*blocks):
    """A Word document with a picture to point at."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
            "word/document.xml": f"<w:document {WORD}><w:body>{''.join(blocks)}</w:body>"
            "</w:document>",
            "word/_rels/document.xml.rels": relationships(
                ("image", "media/a.png", ""),
                ("styles", "styles.xml", ""),
                ("numbering", "numbering.xml", ""),
            ),
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/media/a.png": "\x89PNG",
        }
    )


def xlsx(*rows, hidden=(), formats=None, without=()):
    """A workbook; `hidden` sheets, and rows (2) and columns ("B") that its author put away."""
    book = openpyxl.Workbook()
    for place in without:
        of_rows = isinstance(place, int)
        kept = book.active.row_dimensions if of_rows else book.active.column_dimensions
        kept[place].hidden = True
    for row in rows:
        book.active.append(row)
    for place, shown_as in (formats or {}).items():
        book.active[place].number_format = shown_as
    for title in hidden:
        book.create_sheet(title).sheet_state = "hidden"
        book[title].append(["身份证号"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def heavy(part, unit, count):
    """A workbook one part of which says so many times the same; a picture keeps its ratio low."""
    stream = io.BytesIO(xlsx(["甲", "乙"]))
    with ZipFile(stream) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    end = parts[part].rindex("</row>") if "</row>" in parts[part] else parts[part].rindex("</")
    parts[part] = f"{parts[part][:end]}{unit * count}{parts[part][end:]}"
    return zipped({**parts, "xl/media/a.png": random.Random(1).randbytes(100_000)})


def text_pdf(*lines):
    """A page of Latin text."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 20 180 Td {shown} ET"
    # The page of `pdf` has no content; another beside it has.
    return pdf(
        objects=[
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    ).replace(
        b"/MediaBox [0 0 200 200] >>",
        b"/MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    )


__all__ = ["DRAWING", "docx", "grid", "heavy", "hyperlink", "office", "p", "text_pdf", "xlsx"]
