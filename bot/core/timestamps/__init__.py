"""A small grammar for the clock times, dates and zone words that live pages print."""

from bot.core.timestamps.calendar import PartialDate, find_dates, read_date, resolve_year
from bot.core.timestamps.clock import Clock, ClockForm, read_clock
from bot.core.timestamps.names import DateNames, date_names, name_tables
from bot.core.timestamps.stamp import Stamp, StampPlace, read_stamp, read_trailing_stamp
from bot.core.timestamps.zones import country_of_address, zone_of_address, zone_of_language, zone_of_words

__all__ = [
    "Clock",
    "ClockForm",
    "DateNames",
    "PartialDate",
    "Stamp",
    "StampPlace",
    "country_of_address",
    "date_names",
    "find_dates",
    "name_tables",
    "read_clock",
    "read_date",
    "read_stamp",
    "read_trailing_stamp",
    "resolve_year",
    "zone_of_address",
    "zone_of_language",
    "zone_of_words",
]
