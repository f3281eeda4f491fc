"""Servers that send what no server should: the outcome always has a name, and the next fetch is none the worse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import SystemClock
from bot.core.archive import Validators
from bot.net.fetcher import HttpFetcher, Limits
from bot.net.turns import Turns
from bot.services.ports.fetching import Failed, Fetched, NotModified
from tests.net.conftest import SOON


class Mouth:
    """What the hostile server says to whoever asks."""

    said = b""
    url = ""


@pytest.fixture
async def mouth() -> AsyncIterator[Mouth]:
    """A server that reads a request, says its bytes and hangs up."""
    mouth = Mouth()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(mouth.said)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    mouth.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    async with server:
        yield mouth


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    """A fetcher that gives up soon."""
    async with HttpFetcher(
        clock=SystemClock(), allow_private_addresses=True, limits=Limits(total=SOON), turns=Turns(pause=0)
    ) as running:
        yield running


STATUS_LINES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK",
        b"HTTP/1.0 200",
        b"HTTP/1.1 304 Not Modified",
        b"HTTP/1.1 302 Found",
        b"HTTP/1.1 308 Moved",
        b"HTTP/1.1 100 Continue",
        b"HTTP/1.1 101 Switching Protocols",
        b"HTTP/1.1 999 Who knows",
        b"HTTP/1.1 -1 x",
        b"HTTP/9.9 200 OK",
        b"ICY 200 OK",
        b"",
    ]
)
NAMES = st.sampled_from(
    [
        b"Location",
        b"Content-Length",
        b"Content-Encoding",
        b"Transfer-Encoding",
        b"ETag",
        b"Last-Modified",
        b"Retry-After",
        b"Cache-Control",
        b"Content-Type",
        b"Set-Cookie",
        b"Connection",
        b"Upgrade",
        b"\xff",
        b"",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [b"0", b"-1", b"5", b"99999999999999999999", b"gzip", b"br", b"deflate", b"chunked", b"chunked, x"]
    ),
    st.sampled_from([b"http://[]@/", b"//", b"http://169.254.169.254/", b"http:", b"?", b"\xf0\x9f", b"close", b"h2c"]),
    st.binary(max_size=30),
)
BODIES = st.one_of(
    st.binary(max_size=60), st.sampled_from([b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffff\r\n", b"\x1f\x8b\x08"])
)
ANSWERS = st.builds(
    lambda status, headers, body: (
        status + b"\r\n" + b"".join(n + b": " + v + b"\r\n" for n, v in headers) + b"\r\n" + body
    ),
    STATUS_LINES,
    st.lists(st.tuples(NAMES, VALUES), max_size=4),
    BODIES,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=st.one_of(ANSWERS, st.binary(max_size=200)), known=st.booleans())
async def test_whatever_a_server_sends_the_outcome_has_a_name(
    mouth: Mouth, fetcher: HttpFetcher, answer: bytes, known: bool
) -> None:
    """No bytes make a fetch raise; a failure says why in one line."""
    mouth.said = answer
    outcome = await fetcher.fetch(mouth.url, Validators(mouth.url, '"v"') if known else None)
    assert isinstance(outcome, Fetched | NotModified | Failed)
    if isinstance(outcome, Failed):
        assert outcome.reason
        assert "\n" not in outcome.reason
    mouth.said = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnews"
    after = await fetcher.fetch(mouth.url)
    assert isinstance(after, Fetched)
    assert after.body == b"news"


async def test_validators_that_are_no_text_are_not_kept(mouth: Mouth, fetcher: HttpFetcher) -> None:
    """They could be neither stored nor sent back: the document counts, and the next fetch asks for it whole."""
    mouth.said = b'HTTP/1.1 200 OK\r\nETag: "\xe9"\r\nContent-Length: 4\r\nConnection: close\r\n\r\nnews'
    outcome = await fetcher.fetch(mouth.url)
    assert isinstance(outcome, Fetched)
    assert outcome.validators is None
