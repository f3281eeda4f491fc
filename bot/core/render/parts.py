"""The lines that alerts, edits and replies share: speaker, clock, body, hashtags, buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.archive import ChatKind, StoredNews
from bot.core.message import Button
from bot.core.render.clean import clean, clean_line, placed
from bot.core.render.cut import clip, split_lead
from bot.core.render.draft import Draft, utf16_length
from bot.core.render.phrases import ENGLISH, Phrases

MAX_VISIBLE = 3_500
"""UTF-16 code units of a whole message; Telegram's own limit is 4 096 characters."""
MAX_LEAD = 500
_MAX_SOURCE = 20_000
"""Characters of a source's text that are looked at: several times what is ever shown."""
_MAX_HEADING = 200
_MAX_NAME = 120
_MAX_URL = 2_000


@dataclass(frozen=True, slots=True)
class Frame:
    """What a rendering needs beside the update itself: the topics' words, and where the message goes."""

    labels: Mapping[str, str]
    """Topic slug to the short label that opens a title."""
    hashtags: Mapping[str, str] = field(default_factory=dict)
    """Topic slug to hashtag; shown in groups and channels only."""
    kind: ChatKind = ChatKind.PRIVATE
    why_data: str | None = None
    """Callback data of «Why this?»; ``None`` leaves the button out."""
    phrases: Phrases = ENGLISH
    mute_data: str | None = None
    """Callback data of «Mute…»; ``None`` leaves the button out."""
    places: Mapping[str, str] = field(default_factory=dict)
    """Place id to its name in the reader's language."""
    language: str = "en"
    """The reader's language (ISO 639): where the source writes in another one, that is said."""


_PLACE_TAGS = 3
_CARRIERS = 3
"""Feeds that are named; the line must stay on a lock screen."""


def heading_of(text: str | None) -> str:
    """A heading cleaned, on one line, of bounded length; "" for none."""
    return clip(clean_line((text or "")[:_MAX_SOURCE]), _MAX_HEADING)


def text_of(text: str) -> str:
    """A text cleaned; only the beginning of one that no message can hold."""
    return clean(text[:_MAX_SOURCE])


def speaker_line(stored: StoredNews, phrases: Phrases) -> str:
    """Who says it and who carries it; who says it alone is never made up."""
    speaker = _name(stored.attribution[0]) if stored.attribution else ""
    if speaker:
        return placed(phrases.via, speaker=speaker, feed=_carriers(stored))
    return placed(phrases.only_via, feed=_carriers(stored))


def first_speaker(stored: StoredNews) -> str:
    """Who says it; the feed where the text names nobody."""
    return (_name(stored.attribution[0]) if stored.attribution else "") or _name(stored.feed_title)


def _carriers(stored: StoredNews) -> str:
    """The feed, and the first of those that brought the same words later; how many more there are."""
    named = [_name(title) for title in (stored.feed_title, *stored.also_in)]
    more = len(named) - _CARRIERS
    return ", ".join(named[:_CARRIERS]) + (f" +{more}" if more > 0 else "")


def who(stored: StoredNews) -> str:
    """The feed's name within a sentence."""
    return _name(stored.feed_title)


def add_clock_line(draft: Draft, stored: StoredNews, phrases: Phrases) -> None:
    """The source's clock in its own zone, then the instant for the reader's; no time is ever made up."""
    news, zone = stored.news, zone_of(stored.news.zone)
    draft.line()
    if news.published_at is None:
        day = f"{phrases.on(news.local_date)}, " if news.local_date else ""
        first_read = f"{stored.first_seen_at.astimezone(zone):%H:%M} {city(zone.key)}"
        before, after = phrases.no_time.split("{clock}", 1)
        draft.add(day + before)
        draft.add_moment(first_read, stored.first_seen_at, shown_as="").add(after)
        return
    local = news.published_at.astimezone(zone)
    clock = placed(phrases.day_and_clock, day=phrases.on(local), clock=f"{local:%H:%M} {city(zone.key)}")
    if zone.key == "UTC":
        draft.add_moment(clock, news.published_at, shown_as="")
    else:
        draft.add(f"{clock} · ").add_moment(f"{news.published_at:%H:%M} UTC", news.published_at, shown_as="r")


def add_body(
    draft: Draft, text: str, stored: StoredNews, phrases: Phrases, *, reserve: int = 0, folded: bool = False
) -> None:
    """The lead, the rest folded, and where to read on when not all of it fits.

    Args:
        draft: What the text is added to.
        text: The cleaned text.
        stored: The update, for its address.
        phrases: Our own words.
        reserve: UTF-16 code units kept for what follows.
        folded: Everything is folded, the lead too.
    """
    url = link_of(stored)
    lead, rest = ("", text) if folded else split_lead(text, MAX_LEAD)
    if lead:
        draft.line(lead)
    room = MAX_VISIBLE - draft.length - reserve - utf16_length(phrases.read_on) - 2
    shown, more = split_lead(rest, max(room, 0))
    if shown:
        draft.line(shown, "expandable_blockquote")
    if more:
        draft.line(phrases.read_on, "text_link" if url else None, url=url)


def hashtags(stored: StoredNews, frame: Frame) -> str:
    """The hashtags of topics and places, in groups and channels, and how many sources there are; "" for neither."""
    tags = "" if frame.kind is ChatKind.PRIVATE else " ".join(_hashtags(stored, frame))
    sources = frame.phrases.sources.format(n=len(stored.also_in) + 1) if stored.also_in else ""
    return " · ".join(part for part in (tags, sources) if part)


def _hashtags(stored: StoredNews, frame: Frame) -> list[str]:
    topics = [frame.hashtags[tag.topic] for tag in stored.tags if tag.topic in frame.hashtags]
    names = [frame.places[place] for place in stored.nearest[:_PLACE_TAGS] if place in frame.places]
    return list(dict.fromkeys([*topics, *("#" + re.sub(r"\W+", "_", name.lower()).strip("_") for name in names)]))


def opening_of(stored: StoredNews, phrases: Phrases, *, late_by: timedelta | None = None, repeat: bool = False) -> str:
    """What stands before the title; an exercise says so in its first word."""
    words = [
        f"{phrases.exercise} " if stored.news.exercise else "",
        f"{phrases.repeat} " if repeat else "",
        f"{phrases.reported.format(age=phrases.ago(late_by))} · " if late_by is not None else "",
    ]
    return "".join(words)


def buttons(stored: StoredNews, frame: Frame) -> tuple[tuple[Button, ...], ...]:
    """One row: Source, and where a tap can be answered, Why this? and Mute…."""
    row: list[Button] = []
    if url := link_of(stored):
        row.append(Button(frame.phrases.source, url=url))
    if frame.why_data and frame.kind is not ChatKind.CHANNEL:
        row.append(Button(frame.phrases.why, data=frame.why_data))
    return ((*row, *mute_button(frame)),)


def mute_button(frame: Frame) -> tuple[Button, ...]:
    """Mute…, in private chats: a group has too many readers for one of them to silence it, a channel has no one."""
    if not frame.mute_data or frame.kind is not ChatKind.PRIVATE:
        return ()
    return (Button(frame.phrases.mute, data=frame.mute_data),)


def link_of(stored: StoredNews) -> str | None:
    """The update's address where Telegram takes it as a link: plain http or https, with a host, of bounded length."""
    url = stored.news.url
    if url is None or len(url) > _MAX_URL or re.search(r"[\x00-\x20\x7f-\xa0\u2000-\u206f\ud800-\udfff]", url):
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return url if usable else None


def clock_in_zone(moment: datetime, stored: StoredNews, phrases: Phrases) -> str:
    """A moment's clock in the update's zone, with its day where that is not the update's own."""
    local = moment.astimezone(zone_of(stored.news.zone))
    own_day = day_of(stored)
    if own_day in (None, local.date()):
        return f"{local:%H:%M}"
    return placed(phrases.day_and_clock, day=phrases.on(local), clock=f"{local:%H:%M}")


def day_of(stored: StoredNews) -> date | None:
    """The day that the update stands under in its own zone, or ``None`` when it has none."""
    if stored.news.local_date is not None:
        return stored.news.local_date
    published = stored.news.published_at
    return published.astimezone(zone_of(stored.news.zone)).date() if published else None


def zone_of(name: str) -> ZoneInfo:
    """The zone of that IANA name; UTC where the name is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def noticed(stored: StoredNews, phrases: Phrases) -> str:
    """When the current version was noticed, as a clock in the update's zone."""
    at = stored.noticed_at
    if at is None:
        at = stored.revisions[-1].noticed_at if stored.revisions else stored.first_seen_at
    return clock_in_zone(at, stored, phrases)


def _name(name: str) -> str:
    return clip(clean_line(name[:_MAX_SOURCE]), _MAX_NAME)


def city(zone: str) -> str:
    """The city that an IANA zone is named after."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
