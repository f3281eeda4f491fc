"""No secret reaches a log line, whichever library writes it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import set_up_logging

TOKEN = "7654321:AAE-qwertyuiopasdfghjklzxcvbnm_12345"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged while the test runs."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    set_up_logging("debug", secrets=["proxy-password"], stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_secrets_are_blanked_everywhere(lines: io.StringIO) -> None:
    """Tokens vanish from events, from library records and from tracebacks alike; so does a named secret."""
    structlog.get_logger("a").info("polled", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    logging.getLogger("telegram.ext").warning("cannot reach %s", f"/bot{TOKEN}/sendMessage")
    try:
        int(f"bad token {TOKEN} through proxy-password")
    except ValueError:
        structlog.get_logger("b").exception("failed")
    text = lines.getvalue()
    assert "polled" in text
    assert "bad token" in text
    assert text.count("[secret]") >= 4
    assert TOKEN not in text
    assert "proxy-password" not in text


def test_chatty_libraries_are_quiet(lines: io.StringIO) -> None:
    """Per-request lines of the HTTP client are not told; its warnings are."""
    logging.getLogger("httpx").info("HTTP Request: POST")
    logging.getLogger("httpx").warning("odd answer")
    assert "HTTP Request" not in lines.getvalue()
    assert "odd answer" in lines.getvalue()
