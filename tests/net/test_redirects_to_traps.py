"""Redirects into every trap of the table: the step into it is refused, and nobody is connected to."""

from __future__ import annotations

import pytest
from aiohttp import web
from yarl import URL

from bot.clock import SystemClock
from bot.net.fetcher import HttpFetcher
from bot.net.resolver import AddressInfo
from bot.net.turns import Turns
from bot.net.url_guard import Refused, check_url
from bot.services.ports.fetching import Failed, FetchOutcome
from tests.net.conftest import served
from tests.net.test_refused_addresses import REFUSED_URLS


def leads_into_a_trap(location: str) -> bool:
    """Whether it still is one when it is joined to the address that redirects: an empty host or name gets lost there.

    A fetcher that may reach this machine, as it must to meet the server that redirects, refuses it all the same.
    """
    try:
        joined = URL("http://127.0.0.1:8080/").join(URL(location))
    except (ValueError, IndexError):  # yarl raises either for a host that is none
        return True
    return isinstance(check_url(str(joined), allow_private=True), Refused)


TRAPS = [url for url in REFUSED_URLS if "\r" not in url and leads_into_a_trap(url)]


def test_the_table_of_redirects_is_long() -> None:
    """Other schemes, broken hosts, names and passwords, numbers in odd forms, link-local, metadata, in any disguise."""
    assert len(TRAPS) >= 40


@pytest.mark.parametrize("hops", [1, 3, 5])
async def test_no_chain_of_redirects_leads_into_a_trap(hops: int) -> None:
    """At once, after harmless steps, or at the last step that is followed."""

    async def answer(request: web.Request) -> web.StreamResponse:
        trap, step = map(int, request.path.strip("/").split("/"))
        return web.Response(status=302, headers={"Location": TRAPS[trap] if step == hops else f"/{trap}/{step + 1}"})

    def lookup(host: str, *_: object) -> list[AddressInfo]:
        looked_up.append(host)
        return []

    looked_up: list[str] = []
    outcomes: dict[str, FetchOutcome] = {}
    async with (
        served(answer) as root,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True, turns=Turns(pause=0), lookup=lookup) as fetcher,
    ):
        for number, trap in enumerate(TRAPS):
            outcomes[trap] = await fetcher.fetch(f"{root}/{number}/1")
    assert [trap for trap, outcome in outcomes.items() if not isinstance(outcome, Failed)] == []
    assert looked_up == []
    assert not any(
        "redirects in a row" in outcome.reason for outcome in outcomes.values() if isinstance(outcome, Failed)
    )
