"""The XML namespaces of OpenDocument (ODF 1.3, part 3), written as lxml writes them before names."""

from __future__ import annotations

_ODF = "urn:oasis:names:tc:opendocument:xmlns"

DRAW = f"{{{_ODF}:drawing:1.0}}"
FO = f"{{{_ODF}:xsl-fo-compatible:1.0}}"
OFFICE = f"{{{_ODF}:office:1.0}}"
STYLE = f"{{{_ODF}:style:1.0}}"
TABLE = f"{{{_ODF}:table:1.0}}"
TEXT = f"{{{_ODF}:text:1.0}}"
