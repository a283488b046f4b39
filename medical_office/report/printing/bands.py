"""Put header and footer on every page where the PDF engine does not do it.

wkhtmltopdf without patched Qt drops ``--header-html`` and ``--footer-html``. So the
headers of all pages are printed as one document, one page each, with the page numbers
filled in, and laid under the pages; the same with the footers.
"""

import copy
import io
import itertools
import re

import lxml.html

from odoo.tools.pdf import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfReader,
    PdfWriter,
    create_string_object,
)

# Fonts that every system has and that stay text in the PDF (a web font is drawn as
# outlines, which nobody can search); icons keep their own.
FONT_STYLE = (
    "<style>body,body *:not(.fa):not(.oi){"
    "font-family:'Liberation Sans','DejaVu Sans',Arial,Helvetica,sans-serif !important}"
    "</style>"
)
_BAND_STYLE = (
    "<style>html,body{background:transparent !important;height:auto !important}</style>"
)


def with_system_font(html):
    """The document with system fonts in place of web fonts."""
    return html.replace("</head>", f"{FONT_STYLE}</head>", 1)


def count_pages(pdf):
    return len(PdfReader(io.BytesIO(pdf), strict=False).pages)


def without_blank_end(pdf):
    """The document without a last page on which nothing stands: a table that fills its
    page to the end pushes the space below it onto one more."""
    pages = PdfReader(io.BytesIO(pdf), strict=False).pages
    last = pages[-1]
    if len(pages) == 1 or last.extract_text().strip() or last.images:
        return pdf
    writer = PdfWriter()
    for page in pages[:-1]:
        writer.add_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page_height_mm(pdf):
    """Height of the first page in millimeters."""
    return (
        float(PdfReader(io.BytesIO(pdf), strict=False).pages[0].mediabox.height)
        * 25.4
        / 72
    )


def band_html(html, page_counts):
    """One document with a page for each page of the report's documents.

    :param html: the host's document that holds the headers (or footers) of all the
        report's documents, one after the other
    :param page_counts: number of pages of each of the report's documents
    :return: the document as text, or None if there is nothing to print
    """
    root = lxml.html.document_fromstring(html)
    container = root.xpath("//*[starts-with(@id, 'minimal_layout_report_')]")
    bands = list(container[0]) if container else []
    if not any(band.text_content().strip() or band.xpath(".//img") for band in bands):
        return None
    for script in root.xpath("//script"):
        script.drop_tree()
    body = root.find("body")
    body.attrib.pop("onload", None)
    for band in bands:
        container[0].remove(band)
    pages = [
        _numbered(bands[min(index, len(bands) - 1)], page, count)
        for index, count in enumerate(page_counts)
        for page in range(1, count + 1)
    ]
    for page in pages[:-1]:
        page.set("style", "page-break-after:always;page-break-inside:avoid")
    container[0].extend(pages)
    text = lxml.html.tostring(root, doctype="<!DOCTYPE html>", encoding="unicode")
    return text.replace("</head>", f"{_BAND_STYLE}</head>", 1)


def _numbered(band, page, count):
    """A copy of the band with the numbers filled in, as the host's script would do."""
    band = copy.deepcopy(band)
    for css_class, number in (("page", page), ("topage", count)):
        for node in band.find_class(css_class):
            node.text = str(number)
    if page > 1:
        for node in band.find_class("mo_first_page"):
            node.drop_tree()
    wrapper = lxml.html.Element("div")
    wrapper.append(band)
    return wrapper


def assemble(pdfs, bands, bookmarks=False):
    """Join the printed documents and lay the bands under their pages.

    :param pdfs: the report's documents, as bytes
    :param bands: printed headers, then footers, as bytes, each with as many pages as
        the documents together
    :param bookmarks: note where each document begins, as the host expects it to be
        noted where it takes the file apart again (one attachment for each record)
    """
    writer = PdfWriter()
    layers = [PdfReader(io.BytesIO(band), strict=False).pages for band in bands]
    first_pages = []
    for pdf in pdfs:
        first_pages.append(len(writer.pages))
        for page in PdfReader(io.BytesIO(pdf), strict=False).pages:
            number = len(writer.pages)
            added = writer.add_page(page)
            # The engine paints each sheet white from its top margin down: the headers
            # lie lowest, the footers on them, on top the page itself.
            for layer in reversed(layers):
                added.merge_page(layer[number], over=False)
    _make_blanks_blanks(writer)
    for page in writer.pages:
        page.compress_content_streams()  # the engine leaves them as plain text
    writer.compress_identical_objects()  # one logo for all pages
    if bookmarks:
        _add_bookmarks(writer, first_pages)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _make_blanks_blanks(writer):
    """The engine says that the blank between two words is a tabulator; searching for
    two words would find nothing."""
    seen = set()
    for page in writer.pages:
        fonts = page.get("/Resources", {}).get("/Font", {})
        for font in fonts.values():
            font = font.get_object()
            if "/ToUnicode" not in font:
                continue
            table = font["/ToUnicode"].get_object()
            if id(table) in seen:
                continue
            seen.add(id(table))
            data = table.get_data()
            fixed = re.sub(rb"<0009>(?=\s*(?:\n|<|\]))", b"<0020>", data)
            if fixed != data:
                table.set_data(fixed)


def _add_bookmarks(writer, first_pages):
    """Outline entries that point to page numbers by name, as patched Qt writes them."""
    targets, entries = DictionaryObject(), []
    for index, page in enumerate(first_pages):
        name = f"/mo{index}"
        targets[NameObject(name)] = ArrayObject(
            [NumberObject(page), NameObject("/Fit")]
        )
        entries.append(
            writer._add_object(
                DictionaryObject(
                    {
                        NameObject("/Title"): create_string_object(str(index + 1)),
                        NameObject("/Dest"): NameObject(name),
                    }
                )
            )
        )
    for entry, following in itertools.pairwise(entries):
        entry.get_object()[NameObject("/Next")] = following
    outline = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Outlines"),
            NameObject("/First"): entries[0],
            NameObject("/Last"): entries[-1],
            NameObject("/Count"): NumberObject(len(entries)),
        }
    )
    root = writer._root_object
    root[NameObject("/Outlines")] = writer._add_object(outline)
    root[NameObject("/Dests")] = targets
