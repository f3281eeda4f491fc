"""Time zones as cities to pick from, offline: the zones of CLDR and of the tz database, named in each language.

Reference: https://cldr.unicode.org/translation/time-zones-and-city-names.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone, get_timezone_location

from bot.i18n.catalogue import Words

AREAS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "europe": ("150", ("Europe", "Atlantic", "Arctic")),
    "asia": ("142", ("Asia",)),
    "africa": ("002", ("Africa", "Indian")),
    "america": ("019", ("America",)),
    "oceania": ("009", ("Australia", "Pacific")),
}
"""Part of the world → its region in CLDR (UN M.49), and the first parts of its zones' names."""


def area_names(words: Words) -> Mapping[str, str]:
    """The parts of the world by their keys, named in a language."""
    return {area: words.locale.territories[region] for area, (region, _) in AREAS.items()}


def cities_of(area: str, words: Words) -> tuple[tuple[str, str], ...]:
    """The cities of a part of the world: zone (IANA name) and name, by name."""
    return _cities(area, str(words.locale))


def city_name(zone: str, words: Words) -> str:
    """What a zone's city is called in a language; the end of the zone's own name where CLDR has none."""
    return _city(zone, str(words.locale))


@lru_cache(maxsize=64)
def _cities(area: str, locale: str) -> tuple[tuple[str, str], ...]:
    zones = [zone for zone in _zones() if zone.partition("/")[0] in AREAS[area][1]]
    return tuple(sorted(((zone, _city(zone, locale)) for zone in zones), key=lambda each: each[1]))


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Zones that have a territory and that this machine knows."""
    return frozenset(get_global("zone_territories")) & frozenset(available_timezones())


@lru_cache(maxsize=4_096)
def _city(zone: str, locale: str) -> str:
    if zone in _zones():
        named = get_timezone_location(get_timezone(zone), Locale.parse(locale), return_city=True)
        return named.rpartition("/")[2].strip() or zone
    return zone.rpartition("/")[2].replace("_", " ")
