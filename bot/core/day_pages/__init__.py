"""A page per day: whether a page is one, where the next day's page may be, and when it is sought."""

from bot.core.day_pages.address import addresses_for, states_day
from bot.core.day_pages.candidates import Candidate, Linked, candidates, index_addresses
from bot.core.day_pages.recognise import Accepted, DayPage, Refused, day_page_of, judge
from bot.core.day_pages.schedule import Seeking, is_overdue, read_until, seeking

__all__ = [
    "Accepted",
    "Candidate",
    "DayPage",
    "Linked",
    "Refused",
    "Seeking",
    "addresses_for",
    "candidates",
    "day_page_of",
    "index_addresses",
    "is_overdue",
    "judge",
    "read_until",
    "seeking",
    "states_day",
]
