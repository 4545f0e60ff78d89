"""The validators, in one table: a new one is a module and a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.validators import ace, axe, epubcheck, fit, nu, page, qpdf, verapdf
from tests.validators.findings import Verdicts


class Validator(NamedTuple):
    """The suffix of the files that it judges, and what asks it about many of them in one start."""

    suffix: str
    judge: Callable[[Sequence[Path]], Verdicts]


JURY = {
    "Nu HTML checker": Validator(".html", nu.judge),
    "axe-core": Validator(".html", axe.judge),
    "Chromium, changed by its reader": Validator(".html", fit.judge),
    "EPUBCheck": Validator(".epub", epubcheck.judge),
    "Ace by DAISY": Validator(".epub", ace.judge),
    "veraPDF": Validator(".pdf", verapdf.judge),
    "page-validation": Validator(".pdf", page.judge),
    "qpdf": Validator(".pdf", qpdf.judge),
}
