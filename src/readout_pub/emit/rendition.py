"""What every emitter takes and gives: the look that was asked for, and one rendition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import msgspec

from readout_pub.image_store import ImageStore
from readout_pub.model import Readout
from readout_pub.notes import Note

Placement = Literal["inline", "beside"]


class Certifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who says that a book conforms to EPUB Accessibility, by what right, and the address of their report."""

    name: str
    credential: str | None = None
    report: str | None = None


class RenderOptions(msgspec.Struct, frozen=True):
    """How a rendition should look.

    `photos` puts them inside the file or into the folder `folder` beside it; None leaves the choice to the format.
    `theme` names a folder of `styles/themes/`. `system_fonts` lets the fonts of this machine into the PDF,
    and `pdf` names the standards that it keeps. `certifier` stands behind what a book says of its accessibility;
    without one it is this program.
    """

    theme: str = "plain"
    photos: Placement | None = None
    folder: str = "photos"
    system_fonts: bool = False
    pdf: str = "ua1+a2a"
    certifier: Certifier | None = None


class Rendition(msgspec.Struct, frozen=True):
    """One output: its bytes, the files that lie beside it (relative path → bytes), and what its emitter noticed."""

    format: str
    data: bytes
    suffix: str
    media_type: str
    extra_files: Mapping[str, bytes] = {}
    notes: tuple[Note, ...] = ()


Emitter = Callable[[Readout, ImageStore, RenderOptions], Rendition]
