"""HTTP for python-telegram-bot over aiohttp: a third of httpx's cost a message, and time-outs that fit sends.

Whether a failed call may have reached Telegram is read from the ``__cause__`` of the error raised here: see
:func:`never_sent`.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from telegram._utils.types import (
    ODVInput,
)  # the type of the signatures that are overridden; the library exports no other
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
"""DNS, refusal, TLS, a time-out while connecting or while waiting for a free connection: nothing was written."""


def never_sent(error: TelegramError) -> bool:
    """Whether the call certainly never reached Telegram."""
    return isinstance(error.__cause__, _NOT_CONNECTED)


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API server.

    Args:
        connections: How many calls may be under way at once; further ones wait for a free connection.
        read_timeout: Seconds to wait for an answer. Telegram may take long to answer a send that it accepts, and a
            send that is given up early is a send in doubt. A long poll asks for its own time on top.
        connect_timeout: Seconds to wait for a connection, a free place in the pool included.
        proxy: The address of an HTTP proxy.
    """

    __slots__ = ("_connect_timeout", "_connections", "_proxy", "_read_timeout", "_session")

    def __init__(
        self,
        *,
        connections: int = 64,
        read_timeout: float = 30.0,
        connect_timeout: float = 10.0,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; opening it again does nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, limit_per_host=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call; see :meth:`telegram.request.BaseRequest.do_request`.

        Raises:
            TimedOut: caused by aiohttp's error, which says whether anything was written.
            NetworkError: likewise.
        """
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        timeout = self._timeout(read_timeout, connect_timeout, pool_timeout)
        try:
            async with self._session.request(
                method, url, data=_form(request_data), timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(f"Timed out ({type(error).__name__})") from error
        except (aiohttp.ClientError, OSError) as error:
            # Only the kind of error: its text may hold the address, and the address holds the token.
            raise NetworkError(f"Connection failed ({type(error).__name__})") from error

    def _timeout(self, read: ODVInput[float], connect: ODVInput[float], pool: ODVInput[float]) -> aiohttp.ClientTimeout:
        reading = self._chosen(read, self._read_timeout)
        connecting = self._chosen(connect, self._connect_timeout)
        waiting = self._chosen(pool, 0.0)
        connected = None if connecting is None or waiting is None else connecting + waiting
        total = None if connected is None or reading is None else connected + 2 * reading
        return aiohttp.ClientTimeout(total=total, connect=connected, sock_connect=connecting, sock_read=reading)

    @staticmethod
    def _chosen(given: ODVInput[float], default: float) -> float | None:
        """The caller's own time-out (``None`` waits for ever), or the default where none was given."""
        if given is BaseRequest.DEFAULT_NONE:
            return default
        return None if given is None else float(given)  # type: ignore[arg-type]  # the library's sentinel is gone by here


def _form(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters or None
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, content_type) in _files(data):
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _files(data: RequestData) -> list[tuple[str, tuple[str, Any, str]]]:
    return list(data.multipart_data.items())
