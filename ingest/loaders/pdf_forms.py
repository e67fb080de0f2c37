"""What people filled into the fields of a PDF form or typed over a page, as lines where it stands."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.loaders.pdf_characters import Printed, turned
from ingest.loaders.printed_lines import Line

_TYPE_MAX = 12.0
_CHARACTERS_MAX = 20_000


def filled_in(file: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, shown: Printed) -> Iterator[Line]:
    """Read the fields and remarks of a page.

    Args:
        file: the file, its forms loaded (`init_forms`) where it has any.
        page: one of its pages.
        shown: what is printed on it.

    Yields:
        One line for each value that is there.
    """
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        try:
            words = _words(file, annotation)
            rect = pdfium.FS_RECTF()
            if words and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                box = (rect.left, rect.bottom, rect.right, rect.top)
                left, bottom, edge, top = turned(box, shown.turn, shown.width, shown.height)
                size = min(top - bottom, _TYPE_MAX)
                for place, line in enumerate(words.splitlines()):
                    upper = top - place * size * 1.2 if "\n" in words else (top + bottom + size) / 2
                    right = min(edge, left + len(line) * size)
                    yield Line(line, left, right, upper - size, upper, size)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _words(file: pypdfium2.PdfDocument, annotation: pdfium.FPDF_ANNOTATION) -> str:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _read(partial(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
    form = file.formenv
    if kind != pdfium.FPDF_ANNOT_WIDGET or form is None:
        return ""
    field = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if field in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return "☑" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if field in (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE):
        return ""
    return _read(partial(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation))


def _read(get: Callable[[Any, int], int]) -> str:
    """A text that pdfium writes into a buffer, as UTF-16 with a zero behind it."""
    buffer = (ctypes.c_ushort * _CHARACTERS_MAX)()
    length = min(get(buffer, ctypes.sizeof(buffer)), ctypes.sizeof(buffer))
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace").replace("\r", "\n").strip()
