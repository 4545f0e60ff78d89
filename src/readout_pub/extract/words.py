"""How many words a text has, in any script."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]+")


def count_words(text: str) -> int:
    """Count words; a sign of a script that is written without spaces is one."""
    return len(_WORD.findall(text))
