"""What a line may be, by its text alone."""

from __future__ import annotations

from readout_pub.refine.line_kinds import looks_like_heading


def test_a_line_of_asterisks_is_not_a_heading() -> None:
    assert not looks_like_heading("* * *")
    assert looks_like_heading("* Trade *")
