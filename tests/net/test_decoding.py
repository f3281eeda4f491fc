"""Content codings: what comes out, and that nothing can come out without end."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import zlib
from collections.abc import AsyncIterator

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.net.decoding import STEP, Body, DamagedError, TooLargeError, decoded

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


def out_of(encoding: str | None, pieces: list[bytes], *, limit: int = LIMIT) -> bytes:
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
    assert out_of(encoding, pieces) == text


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate"])
@pytest.mark.parametrize("size", [STEP - 1, STEP, STEP + 1, 2 * STEP, 20 * STEP + 7])
@pytest.mark.parametrize("cut", [1, 10, 1_000_000])
def test_a_large_body_comes_out_whole(encoding: str, size: int, cut: int) -> None:
    """Not a byte stays behind in the decoder, whatever the steps are."""
    text = NOTHING[:size]
    sent = brotli.compress(text, quality=1) if encoding == "br" else ENCODERS[encoding](text)
    assert out_of(encoding, [sent[start : start + cut] for start in range(0, len(sent), cut)]) == text


def test_members_of_gzip_follow_each_other() -> None:
    """A gzip body may be several, one after the other (RFC 1952 §2.2)."""
    assert out_of("gzip", [gzip.compress(b"one ") + gzip.compress(b"two")]) == b"one two"


def test_padding_behind_the_end_is_dropped() -> None:
    """Some servers append bytes that are no member; what came before is whole."""
    assert out_of("gzip", [gzip.compress(b"news") + b"\0" * 9]) == b"news"
    assert out_of("deflate", [zlib.compress(b"news") + b"\0" * 9]) == b"news"
    assert out_of("br", [brotli.compress(b"news"), b"\0" * 9]) == b"news"


@pytest.mark.parametrize("encoding", [None, "gzip", "br", "deflate"])
def test_an_empty_body_is_empty(encoding: str | None) -> None:
    """Nothing is nothing in every coding."""
    assert out_of(encoding, []) == b""


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
        out_of(encoding, [sent])


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity"])
def test_the_limit_is_exact(encoding: str) -> None:
    """A body of exactly the limit passes, and one byte more does not."""
    body = b"\0" * 100_000
    sent = ENCODERS[encoding](body)
    assert out_of(encoding, [sent], limit=len(body)) == body
    with pytest.raises(TooLargeError):
        out_of(encoding, [sent], limit=len(body) - 1)


def test_a_body_larger_encoded_than_decoded_is_limited_too() -> None:
    """Empty gzip members without end give nothing, and still end."""
    with pytest.raises(TooLargeError):
        out_of("gzip", [gzip.compress(b"")] * 100, limit=1000)


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_bomb_goes_off_in_small_steps(encoding: str) -> None:
    """Each step gives a bounded piece, so the limit is noticed one step after it is passed."""
    bomb = brotli.compress(NOTHING, quality=1) if encoding == "br" else gzip.compress(NOTHING)
    steps: list[int] = []
    with pytest.raises(TooLargeError):
        steps.extend(Body(encoding, limit=LIMIT).feed(bomb))
    assert max(steps) <= 2 * STEP
    assert sum(steps) <= LIMIT


async def one_piece(piece: bytes) -> AsyncIterator[bytes]:
    """A body that comes at once."""
    yield piece


@pytest.mark.parametrize("encoding", ["gzip", "br"])
async def test_decoding_gives_way_to_others(encoding: str) -> None:
    """A small piece that becomes nine megabytes lets the event loop run again and again."""
    nine = NOTHING[: 9 * 1024 * 1024]
    piece = brotli.compress(nine, quality=1) if encoding == "br" else gzip.compress(nine)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    assert await decoded(one_piece(piece), encoding, limit=LIMIT) == nine
    counting.cancel()
    assert turns >= 9
