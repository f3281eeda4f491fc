"""Transactions."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.services.ports.inbox import Inbox
from bot.services.ports.storage.admins import Admins, Audit
from bot.services.ports.storage.chats import Chats, DestinationHabits, Subscriptions
from bot.services.ports.storage.feeds import Feeds, FollowedDays, Sites
from bot.services.ports.storage.news import News
from bot.services.ports.storage.outbox import Outages, Outbox


class UnitOfWork(Protocol):
    """One transaction: everything done through it commits together, or not at all."""

    @property
    def feeds(self) -> Feeds: ...
    @property
    def sites(self) -> Sites: ...
    @property
    def days(self) -> FollowedDays: ...
    @property
    def news(self) -> News: ...
    @property
    def chats(self) -> Chats: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def habits(self) -> DestinationHabits: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def outages(self) -> Outages: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def admins(self) -> Admins: ...


class Storage(Protocol):
    """Opens transactions. No network is awaited inside one, and no two tasks share one."""

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """BEGIN IMMEDIATE; commits on leaving, rolls back on an exception. The commit is shielded from cancellation."""
        ...

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A consistent snapshot; writing through it is an error."""
        ...
