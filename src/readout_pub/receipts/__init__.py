"""Proves outputs: what the model says, and what is read back from the bytes of an output, compared word for word.

model      the receipt, which says what was found
expected   model → what an output must contain
read_back  output → what is in it, one reader for each format
compare    the two compared
"""

from __future__ import annotations

import hashlib

from msgspec.structs import asdict, replace

from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, printable_readout
from readout_pub.receipts.compare import compare
from readout_pub.receipts.expected import expected
from readout_pub.receipts.model import FileDigest, Found, Mismatch, Receipt, RenditionReceipt
from readout_pub.receipts.read_back import READERS, read_output

__all__ = ["Mismatch", "Receipt", "RenditionReceipt", "prove_rendition"]


def prove_rendition(readout: Readout, album: ImageStore, rendition: Rendition, look: RenderOptions) -> RenditionReceipt:
    """Return the receipt of `rendition`, which `emit` made of `readout`, `album` and `look`.

    Its words, alternative texts and photos are read back from its bytes and compared with the model. Never raises for
    an output that differs: see `RenditionReceipt.is_proven`.
    """
    receipt = RenditionReceipt(
        format=rendition.format,
        sha256=hashlib.sha256(rendition.data).hexdigest(),
        bytes=len(rendition.data),
        words=0,
        found=0,
        in_order=False,
        photos=Found(0, 0),
        alts=Found(0, 0),
        extra_files=tuple(
            FileDigest(name, hashlib.sha256(data).hexdigest(), len(data))
            for name, data in sorted(rendition.extra_files.items())
        ),
    )
    if rendition.format not in READERS:
        return replace(receipt, not_read=f"the program cannot read {rendition.format} back")
    wanted = expected(printable_readout(readout), album, rendition.format, look)
    return replace(receipt, **asdict(compare(wanted, read_output(rendition))))
