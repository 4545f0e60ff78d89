"""The validators, in one table. To add one, write a module for it, and add a row here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.validators import ace, axe, epubcheck, nu_html_checker, page_validation, qpdf, reflow_and_focus, verapdf
from tests.validators.findings import FindingsByFile


class Validator(NamedTuple):
    """The suffix of the files that it checks, and the function that checks many of them with one start of the tool."""

    suffix: str
    validate: Callable[[Sequence[Path]], FindingsByFile]


VALIDATORS = {
    "Nu HTML checker": Validator(".html", nu_html_checker.validate),
    "axe-core": Validator(".html", axe.validate),
    "reflow and focus in Chromium": Validator(".html", reflow_and_focus.validate),
    "EPUBCheck": Validator(".epub", epubcheck.validate),
    "Ace by DAISY": Validator(".epub", ace.validate),
    "veraPDF": Validator(".pdf", verapdf.validate),
    "page-validation": Validator(".pdf", page_validation.validate),
    "qpdf": Validator(".pdf", qpdf.validate),
}
