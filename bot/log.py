"""Logging, set up once: events with key=value context on standard error, and no secret in any of them.

Everything that the standard library's loggers say (python-telegram-bot, httpx, APScheduler, aiohttp) goes through the
same renderer. Redaction works on the finished line, tracebacks included, so it holds for whatever a library prints.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Collection
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_BOT_TOKEN = re.compile(r"(?<!\d)\d{5,}(?::|%3A)[\w-]{20,}")
"""What a Telegram bot token looks like, wherever one turns up."""

_QUIET = {
    "aiosqlite": logging.INFO,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "telegram.ext.Application": logging.WARNING,
}
"""Libraries that tell each request or tick at INFO."""


class Redacting:
    """A renderer that blanks secrets in what another renderer made."""

    def __init__(self, renderer: Processor, secrets: Collection[str]) -> None:
        self._renderer = renderer
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, logger: WrappedLogger, name: str, event: EventDict) -> str:
        line = str(self._renderer(logger, name, event))
        for secret in self._secrets:
            line = line.replace(secret, "[secret]")
        return _BOT_TOKEN.sub("[secret]", line)


def set_up_logging(level: str = "info", *, secrets: Collection[str] = (), stream: TextIO | None = None) -> None:
    """Send every log record of the process to ``stream`` (standard error by default), one line an event.

    Args:
        level: The lowest level that is told: debug, info, warning or error.
        secrets: Strings that must never appear; bot tokens are recognised by their form as well.
        stream: Where lines go.
    """
    target = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    plain = structlog.dev.ConsoleRenderer(colors=target.isatty(), exception_formatter=structlog.dev.plain_traceback)
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, Redacting(plain, secrets)],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, lowest in _QUIET.items():
        logging.getLogger(name).setLevel(max(lowest, root.level))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
