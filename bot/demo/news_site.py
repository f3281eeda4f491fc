"""A news site on loopback: one outlet's chronology of the day, as a page and as a feed entry that grows.

It behaves towards its readers as good servers do: validators on every document, 304 to whoever has it already
(RFC 9110 §13), and it writes down what was asked.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from typing import Self

from aiohttp import web

from bot.demo.day import FOOTER, INTRO, OUTLET, PROMO, Paragraph
from bot.demo.waiting import Changes

_KEPT_REQUESTS = 10_000


@dataclass(frozen=True, slots=True)
class Document:
    """What one address serves."""

    body: bytes
    content_type: str
    modified: datetime
    """UTC, whole seconds."""

    @property
    def etag(self) -> str:
        """A strong validator: the hash of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


@dataclass(frozen=True, slots=True)
class Request:
    """One request and the status of its answer."""

    path: str
    status: int
    user_agent: str | None


class NewsSite:
    """Serves while it is entered; everything that changes the chronology shows at the next request.

    Args:
        day: The date in the page's title and address.
        title: The outlet.
        clock: Unix time in seconds, for Last-Modified.
        port: 0 picks a free one.
    """

    def __init__(
        self, day: date, *, title: str = OUTLET, clock: Callable[[], float] = time.time, port: int = 0
    ) -> None:
        self.day = day
        self.title = title
        self.paragraphs: list[Paragraph] = []
        self.requests: deque[Request] = deque(maxlen=_KEPT_REQUESTS)
        self.changes = Changes()
        self._clock = clock
        self._port = port
        self._broken: int | None = None
        self._documents: dict[str, Document] = {}
        self._runner: web.AppRunner | None = None
        self._render()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        self._render()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """The site's root, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def page_url(self) -> str:
        """The page with the day's chronology."""
        return self.base_url + self.page_path

    @property
    def page_path(self) -> str:
        """The path of that page."""
        return f"/{self.day:%B}-{self.day.day}".lower()

    @property
    def feed_url(self) -> str:
        """The RSS feed; its one entry is the chronology, and grows."""
        return f"{self.base_url}/feed.xml"

    def publish(self, *paragraphs: Paragraph) -> None:
        """Add paragraphs at the end of the chronology."""
        self.paragraphs.extend(paragraphs)
        self._render()

    def correct(self, words: str, by: str) -> None:
        """Replace words in the paragraphs that contain them, without a word about it.

        Raises:
            LookupError: when no paragraph contains them.
        """
        corrected = [replace(paragraph, text=paragraph.text.replace(words, by)) for paragraph in self.paragraphs]
        if corrected == self.paragraphs:
            raise LookupError(words)
        self.paragraphs = corrected
        self._render()

    def remove(self, position: int) -> None:
        """Take one paragraph off the page."""
        del self.paragraphs[position]
        self._render()

    def break_(self, status: int = 503) -> None:
        """Answer everything with that status until :meth:`mend`."""
        self._broken = status

    def mend(self) -> None:
        """Work again."""
        self._broken = None

    def serve(self, path: str, body: bytes, content_type: str) -> str:
        """Serve one more document under ``path``; returns its address."""
        known = self._documents.get(path)
        if known is None or (known.body, known.content_type) != (body, content_type):
            now = datetime.fromtimestamp(int(self._clock()), UTC)
            self._documents[path] = Document(body, content_type, now)
        return self.base_url + path

    async def wait_for_requests(self, count: int, path: str | None = None, *, within: float = 10.0) -> None:
        """Until ``count`` requests in all (for ``path``, where given) have been answered.

        Raises:
            TimeoutError: when they do not come within so many seconds.
        """

        def enough() -> bool | None:
            return sum(path in {None, request.path} for request in self.requests) >= count or None

        await self.changes.until(enough, within=within)

    @property
    def _page_title(self) -> str:
        return f"{self.day:%B} {self.day.day} update".lower()

    def _render(self) -> None:
        self.serve(self.page_path, self._page().encode(), "text/html; charset=utf-8")
        self.serve("/feed.xml", self._feed().encode(), "application/rss+xml; charset=utf-8")

    def _page(self) -> str:
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(self._page_title)} | '
            f'{escape(self.title)}</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
            f'<body><nav><a href="/">Home</a> <a href="/about">About</a></nav><article><h1>{escape(self._page_title)}'
            f"</h1>{self._chronology()}</article><footer><p>{escape(FOOTER)}</p></footer></body></html>"
        )

    def _chronology(self) -> str:
        promo = f"<h3>{escape(PROMO[0])}</h3><p>{escape(PROMO[1])}</p>"
        return _paragraphs(INTRO) + promo + "".join(map(_update, self.paragraphs))

    def _feed(self) -> str:
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
            'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>{escape(self.title)}</title><link>{self.base_url}/</link><description>News</description>"
            f"<language>en</language><item><title>{escape(self._page_title)}</title><link>{self.page_url}</link>"
            f"<guid>{self.page_url}</guid><content:encoded>{escape(self._chronology())}</content:encoded>"
            "</item></channel></rss>"
        )

    async def _serve(self, request: web.Request) -> web.Response:
        response = self._respond(request)
        self.requests.append(Request(request.path, response.status, request.headers.get("User-Agent")))
        self.changes.announce()
        return response

    def _respond(self, request: web.Request) -> web.Response:
        if self._broken is not None:
            return web.Response(status=self._broken, text="out of order")
        document = self._documents.get(request.path)
        if document is None:
            return web.Response(status=404, text="no such page")
        headers = {"ETag": document.etag, "Last-Modified": format_datetime(document.modified, usegmt=True)}
        if _has_it(request, document):
            return web.Response(status=304, headers=headers)
        return web.Response(body=document.body, headers={**headers, "Content-Type": document.content_type})


def _update(paragraph: Paragraph) -> str:
    heading = f"<h3>{escape(paragraph.heading)}</h3>" if paragraph.heading else ""
    return heading + _paragraphs(paragraph.lines)


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _has_it(request: web.Request, document: Document) -> bool:
    """Whether the client's copy is current: its entity tag decides, a date only where it has no tag."""
    tags = request.headers.get("If-None-Match")
    if tags is not None:
        return document.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since = request.headers.get("If-Modified-Since")
    if since is None:
        return False
    try:
        return document.modified <= parsedate_to_datetime(since)
    except ValueError:
        return False
