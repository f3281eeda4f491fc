"""For all tests: properties without a time limit, names that are the same in every process, and no call that is wrong.

How long a property takes says nothing about it, least of all on a busy machine.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from bot.demo.telegram import Call, Journal, TelegramServer

settings.register_profile("sitrep", deadline=None)
settings.load_profile("sitrep")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case of bytes by its argument: bytes may hold a time, and each worker must collect the same names.

    gzip writes the second of its making into its header (RFC 1952 §2.3), so that two workers that started a second
    apart would disagree about which tests there are.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def wrong_calls() -> bool:
    """Whether the test calls Telegram wrongly on purpose: such a test, or its module, says so under the same name."""
    return False


@pytest.fixture(autouse=True)
def _calls_are_right(wrong_calls: bool) -> Iterator[None]:
    """Hold every call that any server got meanwhile against an independent description of the Bot API."""
    ended: list[Journal] = []
    TelegramServer.on_end.append(ended.append)
    try:
        yield
    finally:
        TelegramServer.on_end.remove(ended.append)
    found = [] if wrong_calls else [problem for journal in ended for call in journal for problem in _problems(call)]
    assert not found, "calls that the Bot API does not know so:\n" + "\n".join(dict.fromkeys(found))


def _problems(call: Call) -> list[str]:
    # Here, since most tests call nobody, and the models take a second to load.
    from tests.demo.bot_api import problems

    return problems(call)
