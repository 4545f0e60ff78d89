"""Malformed input: valid input that is truncated, repeated, mixed, or filled with tokens of its syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hypothesis import strategies as st

MAX_BYTES = 400_000
"""How long an input may be: enough to hang a parser whose time is quadratic in the length."""

Mutation = Callable[[bytes], bytes]


def malformed(seeds: Sequence[bytes], words: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Generate one of the seeds, or random bytes, after a few mutations."""
    steps = st.lists(_mutations(seeds, words), max_size=6)
    return st.builds(_apply_all, st.sampled_from(seeds) | st.binary(max_size=300), steps)


def repeated(seeds: Sequence[bytes], words: Sequence[bytes]) -> Iterator[bytes]:
    """Yield each word repeated many times: alone, inside a seed, and at the start of lines.

    These inputs reveal parsers with quadratic time.
    """
    for word in words:
        many = word * (MAX_BYTES // 2 // len(word))
        yield many
        yield from (seed[: len(seed) // 2] + many + seed[len(seed) // 2 :] for seed in seeds[:1])
        yield (word + b" x\n") * (MAX_BYTES // 2 // (len(word) + 3))


def _apply_all(raw: bytes, steps: Sequence[Mutation]) -> bytes:
    for step in steps:
        raw = step(raw)[:MAX_BYTES]
    return raw


POSITION = st.floats(0, 1)
"""A position in an input, as a fraction of its length."""
REPETITIONS = st.sampled_from([1, 1, 1, 2, 3, 10, 100, 1_000, 10_000, 100_000])


def _mutations(seeds: Sequence[bytes], words: Sequence[bytes]) -> st.SearchStrategy[Mutation]:
    token = st.sampled_from(words) | st.binary(min_size=1, max_size=8)
    tokens = st.lists(token, min_size=1, max_size=3).map(b"".join)
    return st.one_of(
        st.builds(_insert, POSITION, tokens, REPETITIONS),
        st.builds(_insert, POSITION, tokens, REPETITIONS),
        st.builds(_replace, POSITION, POSITION.map(lambda fraction: fraction**6), tokens | st.just(b"")),
        st.builds(_repeat, POSITION, POSITION.map(lambda fraction: fraction**4), REPETITIONS),
        st.builds(_mix, POSITION, POSITION, st.sampled_from(seeds)),
        st.builds(_flip_bits, POSITION, st.integers(1, 255)),
        st.builds(_surround, tokens, tokens, REPETITIONS),
        st.builds(lambda fraction: lambda raw: raw[: int(len(raw) * fraction)], POSITION),
    )


def _insert(fraction: float, word: bytes, times: int) -> Mutation:
    def insert(raw: bytes) -> bytes:
        at = int(len(raw) * fraction)
        return raw[:at] + word * min(times, MAX_BYTES // len(word)) + raw[at:]

    return insert


def _replace(fraction: float, length: float, word: bytes) -> Mutation:
    def replace(raw: bytes) -> bytes:
        at = int(len(raw) * fraction)
        return raw[:at] + word + raw[at + max(len(word), int(len(raw) * length)) :]

    return replace


def _repeat(fraction: float, length: float, times: int) -> Mutation:
    def repeat(raw: bytes) -> bytes:
        at = int(len(raw) * fraction)
        part = raw[at : at + 1 + int(len(raw) * length)]
        return raw[:at] + part * min(times, MAX_BYTES // max(1, len(part))) + raw[at:]

    return repeat


def _mix(ours: float, theirs: float, other: bytes) -> Mutation:
    return lambda raw: raw[: int(len(raw) * ours)] + other[int(len(other) * theirs) :]


def _flip_bits(fraction: float, bits: int) -> Mutation:
    def flip(raw: bytes) -> bytes:
        at = int(len(raw) * fraction)
        return raw[:at] + bytes([raw[at] ^ bits]) + raw[at + 1 :] if at < len(raw) else raw

    return flip


def _surround(before: bytes, behind: bytes, times: int) -> Mutation:
    def wrap(raw: bytes) -> bytes:
        most = min(times, MAX_BYTES // (2 * max(len(before), len(behind))))
        return before * most + raw[: MAX_BYTES // 4] + behind * most

    return wrap
