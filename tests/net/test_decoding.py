"""Content codings: what comes out, and that nothing can come out without end."""

from __future__ import annotations

import gzip
import itertools
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.net.decoding import STEP, Body, DamagedError, TooLargeError

ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "identity": bytes,
    "GZIP ": gzip.compress,
}
LIMIT = 10 * 1024 * 1024
NOTHING = b"\0" * 50_000_000


def decoded(encoding: str | None, pieces: list[bytes], *, limit: int = LIMIT) -> bytes:
    """The body that came in those pieces."""
    body = Body(encoding, limit=limit)
    for piece in pieces:
        for _ in body.feed(piece):
            pass
    return body.whole()


@given(
    encoding=st.sampled_from(sorted(ENCODERS)),
    text=st.binary(max_size=3000),
    cuts=st.lists(st.integers(0, 3000), max_size=6),
)
def test_a_body_comes_out_however_it_was_cut(encoding: str, text: bytes, cuts: list[int]) -> None:
    """Decoding gives back what was encoded, whatever the pieces are."""
    sent = ENCODERS[encoding](text)
    borders = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    pieces = [sent[start:end] for start, end in itertools.pairwise(borders)]
    assert decoded(encoding, pieces) == text


def test_members_of_gzip_follow_each_other() -> None:
    """A gzip body may be several, one after the other (RFC 1952 §2.2)."""
    assert decoded("gzip", [gzip.compress(b"one ") + gzip.compress(b"two")]) == b"one two"


def test_padding_behind_the_end_is_dropped() -> None:
    """Some servers append bytes that are no member; what came before is whole."""
    assert decoded("gzip", [gzip.compress(b"news") + b"\0" * 9]) == b"news"
    assert decoded("deflate", [zlib.compress(b"news") + b"\0" * 9]) == b"news"
    assert decoded("br", [brotli.compress(b"news"), b"\0" * 9]) == b"news"


@pytest.mark.parametrize("encoding", [None, "gzip", "br", "deflate"])
def test_an_empty_body_is_empty(encoding: str | None) -> None:
    """Nothing is nothing in every coding."""
    assert decoded(encoding, []) == b""


@pytest.mark.parametrize(
    ("encoding", "sent"),
    [
        ("gzip", b"plain text"),
        ("br", b"plain text"),
        ("gzip", gzip.compress(b"news" * 99)[:-8]),
        ("br", brotli.compress(b"news" * 99)[:-3]),
        ("br", brotli.compress(b"news") + b"and more"),
        ("zstd", b"x"),
        ("gzip, br", b"x"),
    ],
)
def test_a_damaged_body_is_no_body(encoding: str, sent: bytes) -> None:
    """What is not as its header says, ends early, or is coded in ways nobody asked for, is refused."""
    with pytest.raises(DamagedError):
        decoded(encoding, [sent])


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity"])
def test_the_limit_is_exact(encoding: str) -> None:
    """A body of exactly the limit passes, and one byte more does not."""
    body = b"\0" * 100_000
    sent = ENCODERS[encoding](body)
    assert decoded(encoding, [sent], limit=len(body)) == body
    with pytest.raises(TooLargeError):
        decoded(encoding, [sent], limit=len(body) - 1)


def test_a_body_larger_encoded_than_decoded_is_limited_too() -> None:
    """Empty gzip members without end give nothing, and still end."""
    with pytest.raises(TooLargeError):
        decoded("gzip", [gzip.compress(b"")] * 100, limit=1000)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_bomb_goes_off_in_small_steps(encoding: str) -> None:
    """Each step gives a bounded piece, so the limit is noticed one step after it is passed."""
    bomb = brotli.compress(NOTHING, quality=1) if encoding == "br" else gzip.compress(NOTHING)
    steps: list[int] = []
    with pytest.raises(TooLargeError):
        steps.extend(Body(encoding, limit=LIMIT).feed(bomb))
    assert max(steps) <= 2 * STEP
    assert sum(steps) <= LIMIT
