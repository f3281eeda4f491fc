"""The sections of the configuration, one class each: what can be set, and what it is when nothing is."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field

from bot.config.values import Duration, Language, Slugs, TimeZone, Token, UserIds, WebAddress
from bot.core.polling import Pace

_TRIAL = timedelta(minutes=1)
"""Nobody asks real sources more often: a shorter interval is that of a trial, which has no time to become slower."""


class Section(BaseModel):
    """A table of the file: no keys but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BotSection(Section):
    """``[bot]``: what the deployment is."""

    timezone: TimeZone = "UTC"
    language: Language = "en"


class TelegramSection(Section):
    """``[telegram]``: the bot's account and the server it speaks to."""

    token: Token | None = None
    base_url: WebAddress = "https://api.telegram.org"
    rate: float = Field(default=27.0, gt=0, le=1000)
    """Messages a second over all chats; Telegram's own limit is 30."""
    proxy: WebAddress | None = None


class StorageSection(Section):
    """``[storage]``: where the archive lives."""

    url: str = Field(default="", pattern=r"^$|^sqlite(\+aiosqlite)?:///.+")

    @property
    def address(self) -> str:
        """The database's URL with its driver named; by default a file in the user's data folder, which is then made."""
        if not self.url:
            return f"sqlite+aiosqlite:///{platformdirs.user_data_path('sitrep', ensure_exists=True) / 'sitrep.db'}"
        return re.sub(r"^sqlite:", "sqlite+aiosqlite:", self.url)


class BackupSection(Section):
    """``[backup]``: where ``sitrep db backup`` puts its copies."""

    directory: Path | None = None
    """``None``: ``backups`` beside the database."""
    keep: int = Field(default=7, ge=1)
    """How many copies a directory keeps, the newest."""


class PollSection(Section):
    """``[poll]``: how often sources are read."""

    interval: Duration = timedelta(minutes=2)
    """For feeds that are publishing now; the shortest that there is without a feed's or a server's own word."""
    longest: Duration | None = None
    """For feeds that have long been silent; ``None``: half an hour, or ``interval`` where that is under a minute."""
    longest_wish: Duration = timedelta(minutes=10)
    """How far a server's or a publisher's wish for rarer reads is followed."""

    @property
    def pace(self) -> Pace:
        """The bounds between which feeds without an interval of their own are read."""
        usual = self.interval if self.interval < _TRIAL else max(self.interval, timedelta(minutes=30))
        return Pace(self.interval, self.longest or usual, self.longest_wish)


class NetSection(Section):
    """``[net]``: how sources are asked."""

    allow_private_addresses: bool = False
    proxy: WebAddress | None = None
    contact: str | None = None
    """Who to write to about this reader, for the User-Agent: an address or a URL."""


class DeliverySection(Section):
    """``[delivery]``: what happens to a send whose outcome is unknown."""

    settle: Duration = timedelta(seconds=20)
    """How long to wait before it is sent once more, marked "(repeat)"."""
    in_doubt: Literal["resend", "hold"] = "resend"
    """Whether it is sent once more by itself, or left to a person's word."""


class AlertsSection(Section):
    """``[alerts]``: what subscribers are told."""

    blackout_after: Duration = timedelta(minutes=30)
    """How long a source must not have been read for chats to be told that it cannot be."""


class AdminSection(Section):
    """``[admin]``: who owns the deployment."""

    owner_ids: UserIds = ()
    """Telegram's numeric user ids."""


class PacksSection(Section):
    """``[packs]``: topics, places and speakers beside the shipped ones."""

    directory: Path | None = None
    optional: Slugs = ()
    """Topics that ship switched off, by name: "captives", "health" …"""


class LogSection(Section):
    """``[log]``: what is told on standard error."""

    level: Literal["debug", "info", "warning", "error"] = "info"


class FeedSection(Section):
    """One ``[[feeds]]``: a source that the database is seeded with at the first start."""

    url: WebAddress
    title: str | None = None
    timezone: TimeZone | None = None
    language: Language | None = None
    interval: Duration | None = None
    topics: Slugs = ()
    follow_days: bool = False
    """The address is one day's page: those of the next days are sought and continue it."""
