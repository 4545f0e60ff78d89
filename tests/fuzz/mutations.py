"""Sound inputs, spoiled: cut, doubled, mixed, stuffed with what means something to their parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hypothesis import strategies as st

MOST = 400_000
"""Bytes of an input: enough to hang a parser whose time grows with the square of its input."""

Mutation = Callable[[bytes], bytes]


def spoiled(seeds: Sequence[bytes], words: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Draw one of the seeds after a few mutations."""
    steps = st.lists(_mutations(seeds, words), max_size=6)
    return st.builds(_all, st.sampled_from(seeds) | st.binary(max_size=300), steps)


def repeated(seeds: Sequence[bytes], words: Sequence[bytes]) -> Iterator[bytes]:
    """Yield each word over and over, alone and in a seed: time that grows with the square of the input shows here."""
    for word in words:
        many = word * (MOST // 2 // len(word))
        yield many
        yield from (seed[: len(seed) // 2] + many + seed[len(seed) // 2 :] for seed in seeds[:1])
        yield (word + b" x\n") * (MOST // 2 // (len(word) + 3))


def _all(raw: bytes, steps: Sequence[Mutation]) -> bytes:
    for step in steps:
        raw = step(raw)[:MOST]
    return raw


PLACE = st.floats(0, 1)
"""Somewhere in an input, as a share of its length."""
TIMES = st.sampled_from([1, 1, 1, 2, 3, 10, 100, 1_000, 10_000, 100_000])


def _mutations(seeds: Sequence[bytes], words: Sequence[bytes]) -> st.SearchStrategy[Mutation]:
    token = st.sampled_from(words) | st.binary(min_size=1, max_size=8)
    tokens = st.lists(token, min_size=1, max_size=3).map(b"".join)
    return st.one_of(
        st.builds(_inserted, PLACE, tokens, TIMES),
        st.builds(_inserted, PLACE, tokens, TIMES),
        st.builds(_replaced, PLACE, PLACE.map(lambda share: share**6), tokens | st.just(b"")),
        st.builds(_doubled, PLACE, PLACE.map(lambda share: share**4), TIMES),
        st.builds(_mixed, PLACE, PLACE, st.sampled_from(seeds)),
        st.builds(_flipped, PLACE, st.integers(1, 255)),
        st.builds(_around, tokens, tokens, TIMES),
        st.builds(lambda share: lambda raw: raw[: int(len(raw) * share)], PLACE),
    )


def _inserted(share: float, word: bytes, times: int) -> Mutation:
    def insert(raw: bytes) -> bytes:
        at = int(len(raw) * share)
        return raw[:at] + word * min(times, MOST // len(word)) + raw[at:]

    return insert


def _replaced(share: float, length: float, word: bytes) -> Mutation:
    def replace(raw: bytes) -> bytes:
        at = int(len(raw) * share)
        return raw[:at] + word + raw[at + max(len(word), int(len(raw) * length)) :]

    return replace


def _doubled(share: float, length: float, times: int) -> Mutation:
    def double(raw: bytes) -> bytes:
        at = int(len(raw) * share)
        part = raw[at : at + 1 + int(len(raw) * length)]
        return raw[:at] + part * min(times, MOST // max(1, len(part))) + raw[at:]

    return double


def _mixed(ours: float, theirs: float, other: bytes) -> Mutation:
    return lambda raw: raw[: int(len(raw) * ours)] + other[int(len(other) * theirs) :]


def _flipped(share: float, bits: int) -> Mutation:
    def flip(raw: bytes) -> bytes:
        at = int(len(raw) * share)
        return raw[:at] + bytes([raw[at] ^ bits]) + raw[at + 1 :] if at < len(raw) else raw

    return flip


def _around(before: bytes, behind: bytes, times: int) -> Mutation:
    def wrap(raw: bytes) -> bytes:
        most = min(times, MOST // (2 * max(len(before), len(behind))))
        return before * most + raw[: MOST // 4] + behind * most

    return wrap
