"""What crosses the pipe between the program and its reading child."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.core.model import DateFrom, LeftOut, NewsUpdate, PublisherWishes, Split
from bot.core.reading import Reading, ReadOutcome, ReadRequest, Unreadable
from bot.reading.wire import (
    LENGTH,
    End,
    LeftOuts,
    Outline,
    Updates,
    answer_frames,
    assemble,
    frame_of,
    read_frame,
    request_frames,
    request_of,
)

NEWS = NewsUpdate(
    text="Երկու տուն է այրվում։ 🕯",
    position=3,
    page_key="post-1",
    heading="Shelling in Tarvin",
    local_date=date(2020, 11, 3),
    local_time=time(8, 55),
    zone="Asia/Yerevan",
    published_at=datetime(2020, 11, 3, 4, 55, tzinfo=UTC),
    date_from=DateFrom.HEADER,
    vendor_id="p1",
    url="https://norvale.example/1",
    service=True,
    retracted=True,
    exercise=True,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def reading(updates: tuple[NewsUpdate, ...], left_out: tuple[LeftOut, ...]) -> Reading:
    """A reading with these pieces."""
    split = Split(updates, left_out, "Asia/Yerevan", "feed setting", "dated paragraphs", ("21:35 stands before 21:25",))
    return Reading(
        "html",
        split,
        "Live",
        "hy",
        "https://norvale.example/",
        ("https://norvale.example/feed",),
        damaged="cut off",
        wishes=PublisherWishes(timedelta(minutes=60), timedelta(hours=3), (0, 23), (5, 6)),
    )


def through(outcome: ReadOutcome) -> ReadOutcome:
    """The outcome after a trip through the pipe."""
    received: list[Outline | Updates | LeftOuts | End] = [frame_of(frame) for frame in answer_frames(outcome)]
    first, *others = received
    assert isinstance(first, Outline)
    if isinstance(first.outcome, Unreadable):
        assert not others
        return first.outcome
    assert isinstance(others[-1], End)
    updates = [news for frame in others if isinstance(frame, Updates) for news in frame.updates]
    left_out = [piece for frame in others if isinstance(frame, LeftOuts) for piece in frame.left_out]
    return assemble(first.outcome, updates, left_out)


def test_a_request_arrives_as_it_was_sent() -> None:
    """Every field, and the body byte for byte."""
    request = ReadRequest(
        bytes(range(256)),
        datetime(2020, 11, 3, tzinfo=UTC),
        "https://norvale.example/",
        "text/html",
        "Asia/Yerevan",
        "hy",
    )
    assert request_of(*request_frames(request)) == request


def test_a_header_that_is_no_text_is_no_obstacle() -> None:
    """Servers send any bytes; the client hands them over as lone surrogates."""
    request = ReadRequest(b"", datetime(2020, 11, 3, tzinfo=UTC), "https://norvale.example/\udcff", "text/html\udcff")
    arrived = request_of(*request_frames(request))
    assert (arrived.url, arrived.content_type) == ("https://norvale.example/", "text/html")


@given(
    st.lists(TEXTS.map(lambda text: NewsUpdate(text, 0)), max_size=5),
    st.lists(st.builds(LeftOut, TEXTS, TEXTS), max_size=5),
)
def test_a_reading_arrives_as_it_was_sent(updates: list[NewsUpdate], left_out: list[LeftOut]) -> None:
    """Every field of every update and left-out piece, in order."""
    sent = reading((NEWS, *updates), tuple(left_out))
    assert through(sent) == sent


def test_a_refusal_arrives_as_it_was_sent() -> None:
    """The reason is all there is."""
    assert through(Unreadable("it is a PDF file")) == Unreadable("it is a PDF file")


def test_a_long_reading_goes_in_small_frames() -> None:
    """No frame keeps the program's loop for long, however many updates a page has."""
    sent = reading(tuple(NewsUpdate("x" * 1000, position) for position in range(1000)), ())
    frames = list(answer_frames(sent))
    assert max(map(len, frames)) < 128 * 1024
    assert through(sent) == sent


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"{}",
        b"[]",
        b'{"kind":"updates"}',
        b'{"kind":"updates","updates":[{"text":1,"position":0}]}',
        b'{"kind":"updates","updates":[{"text":"a","position":"0"}]}',
        b'{"kind":"updates","updates":[{"text":"a","position":0,"local_time":"noon"}]}',
        b'{"kind":"outline","outcome":{}}',
        b'{"kind":"other"}',
        b"\x80\x04\x95",
    ],
)
def test_what_is_no_frame_is_refused(frame: bytes) -> None:
    """The child is not trusted: missing fields, wrong types and other formats never get in."""
    with pytest.raises(ValidationError):
        frame_of(frame)


def test_frames_are_read_to_the_end_of_the_stream() -> None:
    """One by one; a stream that ends between frames has ended, one that ends inside of one is broken."""
    stream = io.BytesIO(LENGTH.pack(2) + b"ab" + LENGTH.pack(0))
    assert [read_frame(stream, at_most=9) for _ in range(3)] == [b"ab", b"", None]
    for broken in (b"\x00", LENGTH.pack(5) + b"ab", LENGTH.pack(10) + b"0123456789"):
        with pytest.raises(EOFError):
            read_frame(io.BytesIO(broken), at_most=9)
