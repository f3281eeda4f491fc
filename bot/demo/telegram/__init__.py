"""A Telegram server on loopback that speaks the Bot API: the demo runs on it, and so do the tests."""

from bot.demo.telegram.conversation import Conversation
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.faults import ApplyLate, Break, Drop, Fault, Late, Refuse, Silence
from bot.demo.telegram.groups import Group
from bot.demo.telegram.journal import Call, Journal
from bot.demo.telegram.people import Person
from bot.demo.telegram.rates import RateMode, Rates
from bot.demo.telegram.server import TelegramServer
from bot.demo.telegram.telegram import CallbackAnswer
from bot.demo.telegram.world import ChatMessage

__all__ = [
    "ApiError",
    "ApplyLate",
    "Break",
    "Call",
    "CallbackAnswer",
    "ChatMessage",
    "Conversation",
    "Drop",
    "Fault",
    "Group",
    "Journal",
    "Late",
    "Person",
    "RateMode",
    "Rates",
    "Refuse",
    "Silence",
    "TelegramServer",
]
