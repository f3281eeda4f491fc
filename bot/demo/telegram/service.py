"""Carries out one call: journal, planned fault, rate, method, answer."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from bot.demo.telegram.errors import ApiError, JsonObject, too_many_requests
from bot.demo.telegram.faults import ApplyLate, Break, Drop, Fault, Late, Refuse, Script, Silence
from bot.demo.telegram.journal import Call, Journal
from bot.demo.telegram.methods import GET_UPDATES, Method
from bot.demo.telegram.parameters import Parameters, Upload, decode
from bot.demo.telegram.rates import Limiter, RateMode
from bot.demo.telegram.telegram import Telegram

MAX_POLL = 50
"""Seconds: the longest ``timeout`` of ``getUpdates``."""


class ConnectionCut(Exception):  # noqa: N818 - an outcome that travels to the connection, no error of ours
    """The connection is to be closed without an answer."""


@dataclass(slots=True)
class Service:
    """The Bot API of one bot, without its HTTP."""

    telegram: Telegram
    journal: Journal
    script: Script
    limiter: Limiter
    latency: Callable[[], float] | None = None
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    _late: set[asyncio.Task[JsonObject]] = field(default_factory=set)

    async def call(self, method: Method, raw: dict[str, str | Upload]) -> web.Response:
        """Answer one call.

        Raises:
            ConnectionCut: when a planned fault cuts the connection instead.
        """
        call = Call(method.name, dict(raw), time.monotonic())
        self.journal.add(call)
        self.telegram.world.changes.announce()
        try:
            parameters = decode(raw, method.kinds, method.required)
        except ApiError as error:
            return _response(call, error.as_json())
        call.parameters = parameters
        chat_id = parameters.get("chat_id")
        call.chat_id = chat_id if isinstance(chat_id, int) else None
        call.fault = fault = self.script.next(method.name, call.chat_id)
        if self.latency is not None:
            await asyncio.sleep(self.latency())
        return await self._with_fault(fault, call, method, parameters)

    async def close(self) -> None:
        """End what still hangs or waits to be applied."""
        self.closing.set()
        for task in self._late:
            task.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)

    async def _with_fault(
        self, fault: Fault | None, call: Call, method: Method, parameters: Parameters
    ) -> web.Response:
        match fault:
            case Refuse(error):
                return _response(call, error.as_json())
            case Drop(applied=False):
                raise ConnectionCut
            case Break(status, applied=False):
                return _broken(status)
            case Silence(applied=False):
                await self.closing.wait()
                raise ConnectionCut
            case ApplyLate(seconds):
                self._apply_later(seconds, call, method, parameters)
                raise ConnectionCut
            case None | Drop() | Break() | Silence() | Late():
                body = await self._carry_out(call, method, parameters)
                return await self._answer_of(fault, call, body)

    async def _answer_of(
        self, fault: Drop | Break | Silence | Late | None, call: Call, body: JsonObject
    ) -> web.Response:
        match fault:
            case Drop():
                raise ConnectionCut
            case Break(status):
                return _broken(status)
            case Silence():
                await self.closing.wait()
                raise ConnectionCut
            case Late(seconds):
                await asyncio.sleep(seconds)
            case None:
                pass
        return _response(call, body)

    def _apply_later(self, seconds: float, call: Call, method: Method, parameters: Parameters) -> None:
        async def apply() -> JsonObject:
            await asyncio.sleep(seconds)
            return await self._carry_out(call, method, parameters)

        task = asyncio.create_task(apply())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _carry_out(self, call: Call, method: Method, parameters: Parameters) -> JsonObject:
        try:
            await self._pace(call, method)
            if method.name == GET_UPDATES:
                result: object = await self._updates(parameters)
            else:
                result = method.apply(self.telegram, parameters)
        except ApiError as error:
            return error.as_json()
        call.applied = True
        return {"ok": True, "result": result}

    async def _pace(self, call: Call, method: Method) -> None:
        """Hold the call against the rates.

        Raises:
            ApiError: 429 with the whole seconds to wait.
        """
        if method.shut_out and (closed := self.limiter.closed(time.monotonic())) > 0:
            raise too_many_requests(math.ceil(closed))
        if not method.paced or call.chat_id is None:
            return
        while (seconds := self.limiter.wait(call.chat_id, time.monotonic())) > 0:
            if self.limiter.rates.mode is not RateMode.SILENT:
                raise too_many_requests(math.ceil(seconds))
            await asyncio.sleep(seconds)

    async def _updates(self, parameters: Parameters) -> list[JsonObject]:
        allowed = parameters.array("allowed_updates")
        if allowed is not None:
            self.telegram.updates.allow(frozenset(map(str, allowed)))
        limit = min(max(parameters.integer("limit", 100), 1), 100)
        timeout = min(max(parameters.integer("timeout"), 0), MAX_POLL)
        return await self.telegram.updates.read(offset=parameters.integer("offset"), limit=limit, within=timeout)


def _broken(status: int) -> web.Response:
    return web.Response(status=status, text="<html><body>Bad Gateway</body></html>", content_type="text/html")


def _response(call: Call, body: JsonObject) -> web.Response:
    call.answer = body
    status = 200 if body["ok"] else int(body["error_code"])
    retry_after = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return web.json_response(body, status=status, headers=headers)
