"""Fetching over real HTTP: outcomes, validators, redirects, manners."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import socket
import ssl
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.core.archive import Validators
from bot.net.fetcher import HttpFetcher, Limits
from bot.net.resolver import AddressInfo
from bot.net.turns import Turns
from bot.services.ports.fetching import Failed, Fetched, NotModified, SitePause
from tests.net.conftest import Answer, served


def always(status: int = 200, body: bytes = b"news", **headers: str) -> Answer:
    """A server that answers everything alike."""

    async def answer(_: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=status, body=body, headers=named)

    return answer


async def test_a_document_comes_with_its_headers(fetcher: HttpFetcher) -> None:
    """A 200 gives body, address, content type, validators and the wish for the next time."""
    answer = always(ETag='"v1"', Content_Type="text/html; charset=utf-8", Cache_Control="max-age=300")
    async with served(answer) as root:
        outcome = await fetcher.fetch(f"{root}/page")
    assert outcome == Fetched(
        b"news",
        f"{root}/page",
        "text/html; charset=utf-8",
        Validators(f"{root}/page", '"v1"', None),
        fresh_for=timedelta(minutes=5),
    )


async def test_the_reader_introduces_itself_and_keeps_no_cookies(fetcher: HttpFetcher) -> None:
    """The User-Agent names the program, its version and a contact; a cookie is never sent back."""
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request)
        response = web.Response(text="x")
        response.set_cookie("tracking", "1")
        return response

    async with served(answer) as root:
        await fetcher.fetch(root)
        await fetcher.fetch(root)
    assert seen[1].headers["User-Agent"] == f"Sitrep/{version('sitrep')} (+https://sitrep.example)"
    assert seen[1].headers["Accept-Encoding"] == "gzip, br"
    assert "Cookie" not in seen[1].headers


async def test_both_validators_are_sent_back_as_they_came(fetcher: HttpFetcher) -> None:
    """An opaque tag and a date of whatever form go back unchanged; a 304 keeps what it does not repeat."""
    asked: list[dict[str, str | None]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append({name: request.headers.get(name) for name in ("If-None-Match", "If-Modified-Since")})
        return web.Response(status=304, headers={"ETag": 'W/"b"', "Retry-After": "60"})

    async with served(answer) as root:
        known = Validators(f"{root}/", "W/strange tag", "some day in March")
        outcome = await fetcher.fetch(f"{root}/#top", known)
    assert asked == [{"If-None-Match": "W/strange tag", "If-Modified-Since": "some day in March"}]
    expected = Validators(f"{root}/", 'W/"b"', "some day in March")
    assert outcome == NotModified(expected, timedelta(minutes=1))


async def test_validators_of_another_address_are_not_sent(fetcher: HttpFetcher) -> None:
    """Validators are bound to the address that issued them, also where a redirect leads there."""
    asked: dict[str, str | None] = {}

    async def answer(request: web.Request) -> web.StreamResponse:
        asked[request.path] = request.headers.get("If-None-Match")
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new"})
        return web.Response(status=304)

    async with served(answer) as root:
        outcome = await fetcher.fetch(f"{root}/old", Validators(f"{root}/new", '"v1"'))
        other = await fetcher.fetch(f"{root}/other", Validators(f"{root}/new", '"v1"'))
    assert asked == {"/old": None, "/new": '"v1"', "/other": None}
    assert isinstance(outcome, NotModified)
    assert other == Failed("HTTP 304, not modified", status=304)


async def test_validators_that_stop_coming_are_dropped(fetcher: HttpFetcher) -> None:
    """A 200 without validators leaves none."""
    async with served(always()) as root:
        outcome = await fetcher.fetch(f"{root}/", Validators(f"{root}/", '"v1"'))
    assert isinstance(outcome, Fetched)
    assert outcome.validators is None


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (204, "HTTP 204, no content"),
        (206, "HTTP 206, partial content"),
        (300, "HTTP 300, multiple choices"),
        (302, "HTTP 302, a redirect to nowhere"),
        (401, "HTTP 401, the site wants a login"),
        (403, "HTTP 403, the site refuses this reader"),
        (404, "HTTP 404, the page has moved or gone"),
        (429, "HTTP 429, the site was asked too often"),
        (503, "HTTP 503, the site is out of order"),
        (599, "HTTP 599, an unknown status"),
    ],
)
async def test_an_answer_without_a_document_is_told_in_words(fetcher: HttpFetcher, status: int, reason: str) -> None:
    """Each status has its words, and may come back another time."""
    async with served(always(status)) as root:
        assert await fetcher.fetch(root) == Failed(reason, status=status)


async def test_gone_is_for_good(fetcher: HttpFetcher) -> None:
    """410 is the server's word that it will never come back."""
    async with served(always(410)) as root:
        assert await fetcher.fetch(root) == Failed("HTTP 410, the page is gone for good", permanent=True, status=410)


async def test_a_wish_is_kept_on_failures_too(fetcher: HttpFetcher) -> None:
    """Retry-After counts on 429 as on 200."""
    async with served(always(429, Retry_After="120")) as root:
        outcome = await fetcher.fetch(root)
    assert isinstance(outcome, Failed)
    assert outcome.retry_after == timedelta(minutes=2)


async def test_a_busy_site_is_left_alone_and_not_asked() -> None:
    """429 with Retry-After speaks for the whole site; a sister host is not even asked, which is no failure of its."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.host.partition(":")[0])
        return web.Response(status=429, headers={"Retry-After": "120"})

    def lookup(_: str, port: int, __: int) -> list[AddressInfo]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    async with (
        served(answer) as root,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True, lookup=lookup) as fetcher,
    ):
        first = await fetcher.fetch(root.replace("127.0.0.1", "feeds.norvale.example"))
        sister = await fetcher.fetch(root.replace("127.0.0.1", "www.norvale.example"))
        fetcher.leave_alone(SitePause("karst.example", timedelta(minutes=1)))
        restored = await fetcher.fetch(root.replace("127.0.0.1", "www.karst.example"))
        other = await fetcher.fetch(root)
    assert isinstance(first, Failed)
    assert first.site_pause == SitePause("norvale.example", timedelta(minutes=2))
    assert isinstance(sister, Failed)
    assert sister.postponed
    assert sister.retry_after is not None
    assert timedelta(seconds=100) < sister.retry_after <= timedelta(minutes=2)
    assert isinstance(restored, Failed)
    assert restored.postponed
    assert asked == ["feeds.norvale.example", "127.0.0.1"]
    assert isinstance(other, Failed)
    assert (other.retry_after, other.site_pause, other.postponed) == (timedelta(minutes=2), None, False)


async def test_how_long_an_error_page_may_be_cached_is_no_wish(fetcher: HttpFetcher) -> None:
    """Freshness counts on answers with a document; a failed one is tried again by its own rule."""
    async with served(always(503, Cache_Control="max-age=3600")) as root:
        outcome = await fetcher.fetch(root)
    assert outcome == Failed("HTTP 503, the site is out of order", status=503)


def redirecting(request: web.Request) -> web.Response:
    """/5 leads to /4 and so on, /0 is there."""
    left = int(request.path.strip("/"))
    return web.Response(status=302, headers={"Location": f"./{left - 1}"}) if left else web.Response(text="there")


async def test_five_redirects_are_followed_and_six_are_not(fetcher: HttpFetcher) -> None:
    """The address that answered is told; a longer chain is given up."""

    async def answer(request: web.Request) -> web.StreamResponse:
        return redirecting(request)

    async with served(answer) as root:
        arrived = await fetcher.fetch(f"{root}/5")
        lost = await fetcher.fetch(f"{root}/6")
    assert isinstance(arrived, Fetched)
    assert (arrived.body, arrived.url) == (b"there", f"{root}/0")
    assert lost == Failed("more than 5 redirects in a row")


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [([301], True), ([308, 301], True), ([302], False), ([301, 307], False), ([303, 301], False), ([], False)],
)
async def test_a_move_is_told_where_every_redirect_is_permanent(
    fetcher: HttpFetcher, statuses: list[int], moved: bool
) -> None:
    """One temporary step in the chain, and the old address stays the right one."""

    async def answer(request: web.Request) -> web.StreamResponse:
        step = int(request.path.strip("/"))
        if step < len(statuses):
            return web.Response(status=statuses[step], headers={"Location": f"/{step + 1}"})
        return web.Response(status=304 if "If-None-Match" in request.headers else 200, text="there")

    async with served(answer) as root:
        end = f"{root}/{len(statuses)}"
        fresh = await fetcher.fetch(f"{root}/0")
        known = await fetcher.fetch(f"{root}/0", Validators(end, '"v"'))
    assert isinstance(fresh, Fetched)
    assert isinstance(known, NotModified)
    assert fresh.moved_to == known.moved_to == (end if moved else None)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is a cloud's metadata service"),
        ("http://[::ffff:169.254.169.254]/", "is a cloud's metadata service"),
        ("http://2130706433/", "the host is a number in an unusual form"),
        ("http://user@127.0.0.1/", "an address with a user name or password is not read"),
        ("file:///etc/passwd", "only http and https addresses are read"),
        ("//metadata.example/", "metadata.example leads to a cloud's metadata service"),
        ("http://[::1", "a redirect to what is no web address"),
        ("http://[]@/", "a redirect to what is no web address"),
    ],
)
async def test_every_hop_is_checked_again(location: str, reason: str) -> None:
    """A redirect leads nowhere that the first address could not have led."""

    def lookup(*_: object) -> list[AddressInfo]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80))]

    async with (
        served(always(302, Location=location)) as root,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True, lookup=lookup) as fetcher,
    ):
        outcome = await fetcher.fetch(root)
    assert isinstance(outcome, Failed)
    assert reason in outcome.reason


async def test_a_closed_fetcher_reaches_nothing_on_this_machine() -> None:
    """Without the switch, neither the number nor a name of this machine is connected to."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request.path)
        return web.Response(text="secret")

    def lookup(_: str, port: int, __: int) -> list[AddressInfo]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    async with served(answer) as root, HttpFetcher(clock=SystemClock(), lookup=lookup) as fetcher:
        outcomes = [await fetcher.fetch(root), await fetcher.fetch(root.replace("127.0.0.1", "rebound.example"))]
    assert asked == []
    assert all(isinstance(outcome, Failed) and outcome.permanent for outcome in outcomes)


async def test_a_name_is_looked_up_once_a_connection() -> None:
    """Between the check and the connection nobody asks again, so rebinding has no moment to act in."""
    answers = ["127.0.0.1", "169.254.169.254"]

    def lookup(_: str, port: int, __: int) -> list[AddressInfo]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    async with (
        served(always(Connection="close")) as root,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True, lookup=lookup, turns=Turns(pause=0)) as fetcher,
    ):
        url = root.replace("127.0.0.1", "rebinding.example")
        assert isinstance(await fetcher.fetch(url), Fetched)
        assert answers == ["169.254.169.254"]
        again = await fetcher.fetch(url)
    assert again == Failed(
        "rebinding.example leads to a cloud's metadata service, where sources are not read from", permanent=True
    )


async def test_an_unknown_host_is_told(fetcher: HttpFetcher) -> None:
    """A name that does not resolve is named, and may resolve another time."""

    def lookup(*_: object) -> list[AddressInfo]:
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    async with HttpFetcher(clock=SystemClock(), lookup=lookup) as without_names:
        outcome = await without_names.fetch("http://nowhere.example/")
    assert outcome == Failed("there is no host nowhere.example, or its name server does not answer")


async def test_a_refused_connection_is_told(fetcher: HttpFetcher) -> None:
    """Nobody listening is no mystery."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        outcome = await fetcher.fetch(f"http://127.0.0.1:{free.getsockname()[1]}/secret?token=1")
    assert outcome == Failed("nobody answers at 127.0.0.1")


async def test_plain_http_where_tls_is_expected_is_told(fetcher: HttpFetcher) -> None:
    """A server without TLS gives no secure connection."""
    async with served(always()) as root:
        outcome = await fetcher.fetch(root.replace("http:", "https:"))
    assert outcome == Failed("no secure connection to 127.0.0.1: the site speaks no TLS that is safe enough")


@pytest.fixture
async def raw() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that sends the bytes in the list and hangs up."""
    pieces: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", pieces


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"", "the connection to 127.0.0.1 broke"),
        (b"nonsense\r\n\r\n", "the answer is not HTTP as it should be"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour", "the answer was cut off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "the answer is not HTTP as it should be"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", "the answer is not HTTP as it should be"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\nxxxx",
            "the document is damaged: it is not compressed as it says",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx",
            "the document is damaged: unknown coding 'zstd'",
        ),
    ],
)
async def test_a_broken_answer_is_a_named_outcome(
    fetcher: HttpFetcher, raw: tuple[str, list[bytes]], sent: bytes, reason: str
) -> None:
    """Whatever a server sends, the outcome has a name."""
    url, pieces = raw
    pieces.append(sent)
    assert await fetcher.fetch(url) == Failed(reason)


async def test_a_body_cut_off_never_counts_as_a_document(fetcher: HttpFetcher, raw: tuple[str, list[bytes]]) -> None:
    """A gzip body that ends too early is damaged, even where the connection ended as it may."""
    url, pieces = raw
    pieces += [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"news " * 100)[:-9]]
    assert await fetcher.fetch(url) == Failed("the document is damaged: it ends too early")


async def test_time_is_up_for_slow_answers(fetcher: HttpFetcher) -> None:
    """The limit holds for headers, bodies and redirects together."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.1)
        return redirecting(request)

    limits = Limits(total=timedelta(seconds=0.3))
    async with (
        served(answer) as root,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True, limits=limits) as hasty,
    ):
        assert await hasty.fetch(f"{root}/5") == Failed("no whole answer within 0.3 s")


async def test_a_proxy_is_asked_for_everything_but_traps() -> None:
    """With a proxy, names are its business; numbers are still checked here."""
    async with (
        served(always(body=b"by proxy")) as proxy,
        HttpFetcher(clock=SystemClock(), proxy=proxy) as fetcher,
    ):
        outcome = await fetcher.fetch("http://norvale.example/feed")
        trap = await fetcher.fetch("http://10.0.0.1/")
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"by proxy"
    assert isinstance(trap, Failed)
    assert trap.permanent


async def test_a_fetcher_outside_its_context_is_a_bug() -> None:
    """Using it before it is opened is no outcome."""
    with pytest.raises(RuntimeError):
        await HttpFetcher(clock=SystemClock(), allow_private_addresses=True).fetch("http://127.0.0.1/")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificate with the openssl command")
async def test_a_certificate_that_nobody_signed_is_told(fetcher: HttpFetcher, tmp_path: Path) -> None:
    """A self-signed certificate is no secure connection, and the reason is the certificate."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = await asyncio.create_subprocess_exec(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
        *("-keyout", str(key), "-out", str(certificate)),
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await made.wait() == 0
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    async with served(always(), tls=context) as root:
        outcome = await fetcher.fetch(root)
    assert isinstance(outcome, Failed)
    assert outcome.reason.startswith("no secure connection to 127.0.0.1: the certificate is not valid (")
