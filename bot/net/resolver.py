"""Name resolution that gives out only addresses a fetch may connect to.

The connector connects to exactly what this returns, so what was checked is what is reached: a name that changes its
address between check and connection (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.net.addresses import why_refused

AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]]
Lookup = Callable[[str, int, int], Sequence[AddressInfo]]
"""Blocking: host, port and address family to what ``socket.getaddrinfo`` returns."""

MAX_LOOKUPS = 32


class AddressRefusedError(OSError):
    """The name resolves to somewhere a fetch must not go; the text says where, in a person's words."""


def system_lookup(host: str, port: int, family: int) -> Sequence[AddressInfo]:
    """The operating system's resolver."""
    return socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)


class GuardedResolver(AbstractResolver):
    """Resolves a name, and refuses it when any of its addresses is refused.

    Look-ups run in threads of their own, at most ``MAX_LOOKUPS`` at a time, which neither starve other work nor hold
    up the program's end: a name server that never answers costs its own sources only.
    """

    def __init__(self, *, allow_private: bool = False, lookup: Lookup = system_lookup) -> None:
        self._allow_private = allow_private
        self._lookup = lookup
        self._slots = asyncio.Semaphore(MAX_LOOKUPS)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses of ``host``.

        Raises:
            AddressRefusedError: when one of them is refused.
            OSError: when there are none.
        """
        found = [info for info in await self._looked_up(host, port, family) if isinstance(info[4][0], str)]
        if not found:
            raise OSError(f"{host} has no address")
        for info in found:
            self._check(host, str(info[4][0]))
        return [_result(host, port, info) for info in found]

    async def close(self) -> None:
        """Nothing is kept between two look-ups."""

    def _check(self, host: str, address: str) -> None:
        what = why_refused(ip_address(address), allow_private=self._allow_private)
        if what is not None:
            raise AddressRefusedError(f"{host} leads to {what}, where sources are not read from")

    async def _looked_up(self, host: str, port: int, family: int) -> Sequence[AddressInfo]:
        await self._slots.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Sequence[AddressInfo]] = loop.create_future()

        def finish(result: Sequence[AddressInfo] | OSError) -> None:
            self._slots.release()
            if answer.done():
                return
            if isinstance(result, OSError):
                answer.set_exception(result)
            else:
                answer.set_result(result)

        def work() -> None:
            try:
                result: Sequence[AddressInfo] | OSError = self._lookup(host, port, family)
            except OSError as error:
                result = error
            except UnicodeError:
                result = OSError(f"{host} is no host name")
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile: nobody waits any more
                loop.call_soon_threadsafe(finish, result)

        threading.Thread(target=work, name=f"resolve {host}", daemon=True).start()
        return await answer


def _result(host: str, port: int, info: AddressInfo) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=str(info[4][0]),
        port=port,
        family=info[0],
        proto=info[2],
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )
