"""Zones named by a city, whoever else in the process has used CLDR."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
from babel import Locale
from babel.dates import get_timezone, get_timezone_location
get_timezone_location(get_timezone("Asia/Beirut"), Locale.parse("ar"), return_city=True)
from bot.core.timestamps.zones import zone_of_words
print(zone_of_words("بتوقيت بيروت", "ar"))
"""


def test_a_city_is_known_after_its_name_was_asked_for() -> None:
    """Babel leaves its own kind of mapping where it has looked something up; the city in it is still found."""
    told = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "Asia/Beirut"
