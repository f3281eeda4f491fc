"""The real :class:`~bot.services.ports.fetching.Fetcher`: polite, bounded, safe GET requests over aiohttp."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from importlib.metadata import version
from typing import Self

import aiohttp
import structlog
from yarl import URL

from bot.core.archive import Validators
from bot.net.decoding import ACCEPTED, DamagedError, TooLargeError, decoded
from bot.net.freshness import fresh_for, retry_after
from bot.net.reasons import failed_error, failed_status
from bot.net.resolver import GuardedResolver, Lookup, system_lookup
from bot.net.turns import Turns
from bot.net.url_guard import Refused, check_url, parsed
from bot.services.ports.clock import Clock
from bot.services.ports.fetching import Failed, Fetched, FetchOutcome, NotModified, SitePause

log = structlog.get_logger()

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/html, */*;q=0.8"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
LEAVE_ALONE = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    total: timedelta = timedelta(seconds=20)
    """From the first connection to the last byte, redirects included, waiting for a turn excluded."""
    connect: timedelta = timedelta(seconds=5)
    body: int = 10 * 1024 * 1024
    """Bytes, decoded."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str
    permanent: bool


def user_agent(contact: str | None) -> str:
    """How this reader introduces itself: name, version, and whom to write to."""
    about = f" (+{contact})" if contact else ""
    return f"Sitrep/{version('sitrep')}{about}"


class HttpFetcher:
    """Fetches while it is entered.

    Args:
        clock: For the dates in headers.
        contact: An address or URL for publishers, sent in the User-Agent.
        allow_private_addresses: Reach this machine and private networks too.
        proxy: A proxy for every request; it then resolves the names, and only literal addresses are checked here.
        limits: What one fetch may cost.
        turns: Who may ask whom when; an own one by default.
        lookup: The blocking look-up of a name's addresses.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        contact: str | None = None,
        allow_private_addresses: bool = False,
        proxy: str | None = None,
        limits: Limits | None = None,
        turns: Turns | None = None,
        lookup: Lookup = system_lookup,
    ) -> None:
        self._clock = clock
        self._allow_private = allow_private_addresses
        self._proxy = proxy
        self._limits = limits or Limits()
        self._turns = turns or Turns(monotonic=clock.monotonic, sleep=clock.sleep)
        self._lookup = lookup
        self._headers = {"User-Agent": user_agent(contact), "Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        resolver = GuardedResolver(allow_private=self._allow_private or self._proxy is not None, lookup=self._lookup)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=resolver, use_dns_cache=False, limit=0),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect.total_seconds()),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            auto_decompress=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def leave_alone(self, pause: SitePause) -> None:
        """Ask nothing of that site for so long: what it wished before the program was started anew."""
        self._turns.leave_alone(pause.site, pause.wait.total_seconds())

    async def fetch(self, url: str, validators: Validators | None = None) -> FetchOutcome:
        """GET ``url``: see the port. At most one request at a time goes to one host."""
        budget = _Budget(self._limits.total, self._clock)
        moved = True
        moved_to: str | None = None
        for _ in range(self._limits.redirects + 1):
            checked = check_url(url, allow_private=self._allow_private)
            if isinstance(checked, Refused):
                return Failed(checked.reason, permanent=True)
            outcome = await self._in_turn(checked, validators, budget)
            if not isinstance(outcome, _Redirect):
                log.debug("fetched", host=checked.host, outcome=type(outcome).__name__)
                return (
                    outcome if moved_to is None or isinstance(outcome, Failed) else replace(outcome, moved_to=moved_to)
                )
            url, moved = outcome.url, moved and outcome.permanent
            moved_to = url if moved else None
        return Failed(f"more than {self._limits.redirects} redirects in a row")

    async def _in_turn(self, url: URL, validators: Validators | None, budget: _Budget) -> FetchOutcome | _Redirect:
        host = url.host or ""
        async with self._turns.turn(host):
            alone = self._turns.left_alone_for(host)
            if alone > 0:
                wait = timedelta(seconds=alone)
                return Failed("the site asked to be left alone for a while", retry_after=wait, postponed=True)
            try:
                async with budget.spending():
                    outcome = await self._ask(url, validators)
            except TooLargeError:
                return Failed(f"the document is larger than {self._limits.body / 1024 / 1024:g} MB")
            except DamagedError as error:
                return Failed(f"the document is damaged: {error}")
            except (aiohttp.ClientError, OSError) as error:
                if type(error) is TimeoutError:
                    return Failed(f"no whole answer within {self._limits.total.total_seconds():g} s")
                return failed_error(error, host)
        return outcome

    async def _ask(self, url: URL, validators: Validators | None) -> FetchOutcome | _Redirect:
        if self._session is None:
            raise RuntimeError("the fetcher is used outside its context")
        known = validators if validators is not None and parsed(validators.url) == url else None
        async with self._session.get(
            url, headers=_conditions(known), allow_redirects=False, proxy=self._proxy
        ) as response:
            return await self._outcome(response, known)

    async def _outcome(self, response: aiohttp.ClientResponse, known: Validators | None) -> FetchOutcome | _Redirect:
        now = self._clock.now()
        wait, fresh = retry_after(response.headers, now=now), fresh_for(response.headers, now=now)
        if response.status == HTTPStatus.OK:
            encoding = response.headers.get("Content-Encoding")
            body = await decoded(response.content.iter_any(), encoding, limit=self._limits.body)
            content_type = response.headers.get("Content-Type")
            return Fetched(body, str(response.url), content_type, _validators(response, None), wait, fresh)
        if response.status == HTTPStatus.NOT_MODIFIED and known is not None:
            return NotModified(_validators(response, known), wait, fresh)
        if response.status in REDIRECTS:
            return _redirect(response)
        return failed_status(response.status, wait, self._site_pause(response, wait))

    def _site_pause(self, response: aiohttp.ClientResponse, wait: timedelta | None) -> SitePause | None:
        if response.status not in LEAVE_ALONE or wait is None:
            return None
        site = self._turns.leave_alone(response.url.host or "", wait.total_seconds())
        return None if site is None else SitePause(site, wait)


class _Budget:
    """The time that one fetch may still take; only what is spent inside counts."""

    def __init__(self, total: timedelta, clock: Clock) -> None:
        self._left = total.total_seconds()
        self._clock = clock

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        started = self._clock.monotonic()
        try:
            async with asyncio.timeout(self._left):
                yield
        finally:
            self._left -= self._clock.monotonic() - started


def _conditions(known: Validators | None) -> dict[str, str]:
    """Both validators, exactly as they came (RFC 9110 §13.1)."""
    if known is None:
        return {}
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _validators(response: aiohttp.ClientResponse, known: Validators | None) -> Validators | None:
    """What the answer gives to ask again with. A 304 may leave out what has not changed, a 200 may not."""
    etag = _text(response, "ETag") or (known.etag if known else None)
    modified = _text(response, "Last-Modified") or (known.last_modified if known else None)
    return Validators(str(response.url), etag, modified) if etag or modified else None


def _text(response: aiohttp.ClientResponse, name: str) -> str | None:
    """A header as text; bytes that are none arrive as lone surrogates, which can be neither stored nor sent back."""
    value = response.headers.get(name)
    return value if value and value.isprintable() else None


def _redirect(response: aiohttp.ClientResponse) -> _Redirect | Failed:
    location = response.headers.get("Location")
    if not location:
        return Failed(f"HTTP {response.status}, a redirect to nowhere", status=response.status)
    target = parsed(location)
    if target is None:
        return Failed(f"HTTP {response.status}, a redirect to what is no web address", status=response.status)
    return _Redirect(str(response.url.join(target)), permanent=response.status in PERMANENT)
