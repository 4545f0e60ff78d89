"""Recognises meaningless alternative texts."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_IMAGE_WORDS = re.compile(
    r"[(（\[]?\s*+(?:the |an? )?(?:photo(?:graph)?|picture|image|img|pic|foto(?:grafie)?|bild|imagen?|imagem|immagine|"
    r"фото(?:графия)?|изображение|写真|画像|図|照片|图片|圖片|사진|이미지|صورة)\s*+[)）\]]?\s*+[#:._-]?\s*+[0-9０-９]{0,4}",
    re.IGNORECASE,
)
"""A word for "image" in a language of the supported publishers, with or without an article, brackets and a number."""

_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|bmp|tiff?|svg|avif|heic|mp[34]|m4[av]|mov|webm|og[gva]|wav|avi|wmv|swf|m3u8)",
    re.IGNORECASE,
)
"""A file name, also of a video, which is the caption of its poster image where the page has no title for it."""
_CAMERA_NAME = re.compile(r"(?:DSC|DSCN|DSCF|IMG|PXL|P|MVI|GOPR)[-_ ]?\d{3,}", re.IGNORECASE)
"""File names that cameras assign: DSC_0042, IMG-2031, PXL_20310501."""


def is_meaningless(text: str, file_name: str) -> bool:
    """Return whether an alternative text describes nothing, such as "photo 1", 写真, "---" or the photo's file name."""
    bare = text.strip()
    stem = PurePosixPath(file_name).stem
    return (
        bool(_IMAGE_WORDS.fullmatch(bare) or _FILE_NAME.fullmatch(bare) or _CAMERA_NAME.fullmatch(bare))
        or bare.casefold() in {file_name.casefold(), stem.casefold()}
        or not any(map(str.isalnum, bare))
    )
