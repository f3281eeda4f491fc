"""The port of the database: one unit of work, one repository a noun."""

from bot.services.ports.storage.admins import Admins, Audit
from bot.services.ports.storage.chats import Chats, DestinationHabits, Subscriptions
from bot.services.ports.storage.feeds import Feeds, FollowedDays, ReadState, Sites
from bot.services.ports.storage.news import EVERYWHERE, NO_FACTS, Facts, Narrowed, NewNews, News, RevisedNews
from bot.services.ports.storage.outbox import (
    FIRST_TURN,
    Choose,
    OutageNotice,
    Outages,
    Outbox,
    OutboxCounts,
    Settled,
    Taken,
    Within,
    choose_first,
    nowhere,
)
from bot.services.ports.storage.unit_of_work import Storage, UnitOfWork

__all__ = [
    "EVERYWHERE",
    "FIRST_TURN",
    "NO_FACTS",
    "Admins",
    "Audit",
    "Chats",
    "Choose",
    "DestinationHabits",
    "Facts",
    "Feeds",
    "FollowedDays",
    "Narrowed",
    "NewNews",
    "News",
    "OutageNotice",
    "Outages",
    "Outbox",
    "OutboxCounts",
    "ReadState",
    "RevisedNews",
    "Settled",
    "Sites",
    "Storage",
    "Subscriptions",
    "Taken",
    "UnitOfWork",
    "Within",
    "choose_first",
    "nowhere",
]
