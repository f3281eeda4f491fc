"""Time zones: the words that pages print, and the publisher's country when they print none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import localedata
from babel.core import get_global

from bot.core.timestamps.names import fold

_ABBREVIATIONS = {
    "gmt": "UTC", "utc": "UTC", "tu": "UTC", "tuc": "UTC", "z": "UTC",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "bst": "Europe/London", "wet": "Europe/Lisbon", "west": "Europe/Lisbon",
    "cet": "Europe/Paris", "cest": "Europe/Paris", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "hec": "Europe/Paris", "eet": "Europe/Kyiv", "eest": "Europe/Kyiv",
    "msk": "Europe/Moscow", "мск": "Europe/Moscow", "tsi": "Europe/Istanbul", "trt": "Europe/Istanbul",
    "ist": "Asia/Kolkata", "idt": "Asia/Jerusalem", "pkt": "Asia/Karachi", "irst": "Asia/Tehran",
    "gst": "Asia/Dubai", "amt": "Asia/Yerevan", "azt": "Asia/Baku", "get": "Asia/Tbilisi",
    "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore", "wib": "Asia/Jakarta",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "sast": "Africa/Johannesburg", "eat": "Africa/Nairobi",
    "cat": "Africa/Maputo", "wat": "Africa/Lagos", "greenwich": "UTC", "british": "Europe/London",
    "غرينتش": "UTC", "جرينتش": "UTC", "гринвичу": "UTC", "грінвічем": "UTC", "գրինվիչի": "UTC",
}  # fmt: skip
"""Abbreviations in news use; CLDR has few of them, and only for their own country's language."""
_CAPITALS = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CD": "Africa/Kinshasa", "CL": "America/Santiago", "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "EC": "America/Guayaquil", "ES": "Europe/Madrid",
    "GL": "America/Nuuk", "ID": "Asia/Jakarta", "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City", "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "PS": "Asia/Hebron",
    "PT": "Europe/Lisbon", "RU": "Europe/Moscow", "UA": "Europe/Kyiv", "US": "America/New_York", "UZ": "Asia/Tashkent",
}  # fmt: skip
"""The capital's zone where a country has several: CLDR lists zones but not which one the capital keeps."""
_TLD_COUNTRIES = {"uk": "GB", "su": "RU", "рф": "RU", "укр": "UA", "հայ": "AM", "xn--p1ai": "RU", "xn--j1amh": "UA"}
_GENERIC_TLDS = frozenset({"ai", "cc", "co", "fm", "gg", "io", "is", "ly", "me", "sh", "so", "st", "to", "tv", "ws"})
"""Country domains that outlets elsewhere buy for their sound; «am» is not among them: Armenian outlets use it most."""
_OFFSET = re.compile(r"(?:gmt|utc)\s?([+\-−–])\s?(\d{1,2})(?::?(\d\d))?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+")
_STEM = 4


def zone_of_words(words: str, language: str | None, near: str | None = None, at: datetime | None = None) -> str | None:
    """The IANA zone that printed words name: «GMT», «мск», «heure de Beyrouth», «UTC+4», or ``None``.

    Args:
        words: What stands beside a clock time.
        language: The page's language, for names of cities and countries.
        near: The zone the page is otherwise taken to be in: an abbreviation it also uses («IST») means that one.
        at: When, to compare abbreviations that change with summer time.
    """
    if offset := _OFFSET.search(words):
        return _fixed(offset[1], int(offset[2]), int(offset[3] or 0))
    tokens = _WORDS.findall(words)
    for token in tokens:
        if near and at and at.astimezone(ZoneInfo(near)).tzname() == token.upper():
            return near
        if (zone := _ABBREVIATIONS.get(fold(token))) and (len(token) > 2 or token.isupper()):
            return zone
    return next((zone for token in tokens if (zone := _zone_of_place(fold(token), language))), None)


def zone_of_address(url: str | None) -> str | None:
    """The zone of the country in an address's top-level domain (its capital's), or ``None``."""
    return _zone_of_country(country_of_address(url))


def country_of_address(url: str | None) -> str | None:
    """The country (ISO 3166) in an address's top-level domain, or ``None`` for a domain that tells none."""
    try:
        domain = (urlsplit(url or "").hostname or "").rsplit(".", 1)[-1].lower()
    except ValueError:  # a page may state any nonsense as its address
        return None
    if not domain or domain in _GENERIC_TLDS:
        return None
    country = _TLD_COUNTRIES.get(domain, domain.upper())
    return country if country in get_global("territory_zones") else None


def zone_of_language(language: str | None) -> str | None:
    """The zone of the region in a language tag («uk-UA»), or of the one country where the language is official."""
    parts = (language or "").replace("-", "_").split("_")
    region = next((part.upper() for part in parts[1:] if len(part) == 2), None)
    return _zone_of_country(region or _only_country(parts[0].lower()))


def known_zone(name: str | None) -> str | None:
    """The name if it is an IANA zone of this system, else ``None``."""
    return _canonical(name) if name and name in _zones() else None


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _canonical(zone: str) -> str:
    """«Europe/Kiev» is «Europe/Kyiv» by now."""
    current = get_global("zone_aliases").get(zone, zone)
    if current == "Etc/UTC":
        return "UTC"
    return current if current in _zones() else zone


def _fixed(sign: str, hours: int, minutes: int) -> str | None:
    """IANA's fixed offsets are whole hours and count westward, so the sign turns around."""
    if minutes or hours > 14:
        return None
    return "UTC" if hours == 0 else f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"


def _zone_of_country(country: str | None) -> str | None:
    if country is None:
        return None
    if country in _CAPITALS:
        return _CAPITALS[country]
    zones = get_global("territory_zones").get(country, ())  # type: ignore[no-untyped-call, unused-ignore]
    return known_zone(zones[0]) if len(zones) == 1 else None


_SMALL = frozenset({"SM", "VA", "CY", "LI", "AX", "SJ", "IM"})
"""Where a neighbour's language is official too, without changing whose language it is."""


@lru_cache(maxsize=128)
def _only_country(language: str) -> str | None:
    spoken: Mapping[str, Any] = get_global("territory_languages")
    official = {
        country
        for country, languages in spoken.items()
        if (languages.get(language) or {}).get("official_status") in {"official", "de_facto_official"}
    } - _SMALL
    return official.pop() if len(official) == 1 else None


def _zone_of_place(word: str, language: str | None) -> str | None:
    """The zone of a city or country by its name's first letters, which no case ending changes."""
    if len(word) < _STEM:
        return None
    places = _places((language or "en").replace("_", "-").split("-")[0].lower())
    for length in (len(word), max(_STEM, len(word) - 2), _STEM):
        if zone := places.get(word[:length]):
            return zone
    return None


@lru_cache(maxsize=32)
def _places(language: str) -> Mapping[str, str]:
    """First letters (four or more) of city and country names → zone; letters that two share name neither."""
    places: dict[str, str | None] = {}
    for tongue in dict.fromkeys(("en", language)):
        if not tongue.isalpha() or not localedata.exists(tongue):
            continue
        data = localedata.load(tongue)
        for name, zone in _named_zones(data):
            for length in range(_STEM, len(name) + 1):
                known = places.setdefault(name[:length], zone)
                if known != zone:
                    places[name[:length]] = places[name] if length == len(name) and name in places else None
    return {name: zone for name, zone in places.items() if zone}


def _named_zones(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    named: list[tuple[str, str]] = []
    for zone in _zones():
        city = zone.rsplit("/", 1)[-1].replace("_", " ")
        if "/" in zone and not zone.startswith("Etc/"):
            named.append((fold(city), _canonical(zone)))
    for listed, names in data.get("time_zones", {}).items():
        # A Mapping: Babel puts its own kind in place of the dict once somebody has asked it for a city.
        local = names.get("city") if isinstance(names, Mapping) else None
        if isinstance(local, str) and (known := known_zone(listed)):
            named.append((fold(local), known))
    for country, name in data.get("territories", {}).items():
        if isinstance(name, str) and (capital := _zone_of_country(country)):
            named.append((fold(name), capital))
    return sorted(named)
