"""Follows feeds that have a page per day over midnight: seeks the next page, reads both, and turns to the new one."""

from bot.services.day_pages.following import DayPages, Poller, first_day
from bot.services.day_pages.page_before import BesideStorage

__all__ = ["BesideStorage", "DayPages", "Poller", "first_day"]
