"""Writes a worklist as a table for spreadsheet programs: CSV, or a workbook with the photos in it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from readout_pub.alt.decisions import DECISION_KINDS
from readout_pub.alt.lint import AdviceLanguage
from readout_pub.alt_review.review_messages import review_messages
from readout_pub.alt_review.thumbnails import CELL_SIDE, thumbnails
from readout_pub.alt_review.worklist import COLUMNS, TO_FILL_IN, ListedPhoto, row_of
from readout_pub.csv_cells import csv_head, csv_line

WIDTHS = {
    "id": 8,
    "archive": 14,
    "page": 24,
    "file": 24,
    "title": 32,
    "caption": 32,
    "context": 44,
    "current_alt": 32,
    "problem": 32,
    "alt": 50,
    "decision": 13,
    "reviewer": 16,
    "reason": 28,
}
"""Column → its width in characters, chosen so that the texts of a row are about as high as its thumbnail."""

THUMBNAIL_WIDTH = 24
"""Width of the column of thumbnails, in characters of 7 pixels: `CELL_SIDE` and a margin."""

POINTS_PER_PIXEL = 0.75
"""Heights of rows are in points: 72 points and 96 pixels are an inch."""

MAX_CELL = 32_767
"""How many characters Excel allows in a cell."""


def write_csv(file: BinaryIO, listed: Sequence[ListedPhoto], language: AdviceLanguage = "en") -> None:
    """Write a worklist as CSV in UTF-8."""
    file.write(csv_head(COLUMNS).encode())
    file.writelines(
        csv_line(msgspec.structs.astuple(row_of(each, language))).encode("utf-8", "replace") for each in listed
    )


def write_workbook(file: BinaryIO, listed: Sequence[ListedPhoto], language: AdviceLanguage = "en") -> None:
    """Write a worklist as a workbook (.xlsx): a photo in each row, decisions to choose from, and a sheet of help."""
    import xlsxwriter

    words = review_messages(language)["workbook"]
    # Texts of pages are never formulas or links, whatever they begin with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        to_fill_in = workbook.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF8DC", "border": 4})
        to_read = workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(words["photos"])
        headers = ("thumbnail", *COLUMNS)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, heading)
            sheet.set_column(column, column, WIDTHS.get(header, THUMBNAIL_WIDTH))
        pictures = thumbnails((each.photo for each in listed), CELL_SIDE)
        for row, (each, thumbnail) in enumerate(zip(listed, pictures, strict=True), 1):
            sheet.set_row(row, (CELL_SIDE + 8) * POINTS_PER_PIXEL)
            if thumbnail:
                name = f"{each.photo.id}.jpg"
                placed = {"image_data": io.BytesIO(thumbnail.data), "x_offset": 4, "y_offset": 4, "object_position": 1}
                sheet.insert_image(row, 0, name, {**placed, "description": words["thumbnail"].format(row=row + 1)})
            cells = msgspec.structs.astuple(row_of(each, language))
            for column, (header, text) in enumerate(zip(COLUMNS, cells, strict=True), 1):
                sheet.write_string(row, column, text[:MAX_CELL], to_fill_in if header in TO_FILL_IN else to_read)
        decisions = headers.index("decision")
        choices = {"validate": "list", "source": list(DECISION_KINDS), "ignore_blank": True}
        sheet.data_validation(1, decisions, max(len(listed), 1), decisions, choices)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(listed), 1), len(headers) - 1)
        help_sheet = workbook.add_worksheet(words["help"])
        help_sheet.set_column(0, 0, 16)
        help_sheet.set_column(1, 1, 90)
        help_lines = ((words["column"], words["what_to_write"]), *((column, words[column]) for column in TO_FILL_IN))
        for row, line in enumerate(help_lines):
            for column, text in enumerate(line):
                help_sheet.write_string(row, column, text, heading if row == 0 else to_read)
