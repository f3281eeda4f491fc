"""/settings: quiet hours, lists, places, followed words, the city whose clock counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from zoneinfo import available_timezones

from bot.chat.callbacks import (
    Everywhere,
    LeaveWord,
    SetListTime,
    SetPlace,
    SetQuiet,
    SetZone,
    ShowCities,
    ShowPlaces,
    ShowSettings,
)
from bot.chat.calls import Answer, Button, Call, Command, Rights, Services, Tap, refused
from bot.chat.screens.language import language_screen
from bot.chat.screens.notices import Notice
from bot.chat.screens.settings import (
    EVERY_HOUR,
    cities_screen,
    city_screen,
    hour_of,
    list_screen,
    list_time,
    night,
    places_screen,
    quiet_hours,
    quiet_screen,
    settings_screen,
    words_screen,
)
from bot.core.habits import DigestTime
from bot.core.message import Message
from bot.i18n import AREAS, msg


async def _run(services: Services, call: Call) -> Answer:
    names = services.places_in(call.words.language)
    return Answer(settings_screen(await services.habits.of(call.thread), names, call.words))


async def _show(services: Services, tap: Tap, code: ShowSettings) -> Answer:
    habits, words = await services.habits.of(tap.thread), tap.words
    parts: Mapping[str, Callable[[], Message]] = {
        "main": lambda: settings_screen(habits, services.places_in(words.language), words),
        "quiet": lambda: quiet_screen(habits, words),
        "list": lambda: list_screen(habits, words),
        "words": lambda: words_screen(habits, words),
        "city": lambda: city_screen(habits, services.habits.zone, words),
    }
    if code.part == "language":
        return Answer(language_screen(await services.subscriptions.language(tap.thread), words))
    return Answer(parts[code.part]()) if code.part in parts else refused(Notice.OUT_OF_DATE, words)


async def _set_quiet(services: Services, tap: Tap, code: SetQuiet) -> Answer:
    if code.choice not in {"danger", "nothing", "off"}:
        return refused(Notice.OUT_OF_DATE, tap.words)
    habits = await services.habits.set_quiet(tap.thread, night(code.choice))
    toast = tap.words("Quiet hours: {hours}.", hours=quiet_hours(habits, tap.words))
    return Answer(quiet_screen(habits, tap.words), toast=toast)


async def _set_list_time(services: Services, tap: Tap, code: SetListTime) -> Answer:
    if code.hour > EVERY_HOUR:
        return refused(Notice.OUT_OF_DATE, tap.words)
    habits = await services.habits.set_digest(tap.thread, DigestTime(hour_of(code.hour)))
    toast = tap.words("Lists: {when}.", when=list_time(habits, tap.words))
    return Answer(list_screen(habits, tap.words), toast=toast)


async def _show_cities(services: Services, tap: Tap, code: ShowCities) -> Answer:
    if code.area not in AREAS:
        return refused(Notice.OUT_OF_DATE, tap.words)
    return Answer(cities_screen(await services.habits.of(tap.thread), code.area, tap.words, code.page))


async def _set_zone(services: Services, tap: Tap, code: SetZone) -> Answer:
    if code.zone is not None and code.zone not in available_timezones():
        return refused(Notice.OUT_OF_DATE, tap.words)
    habits = await services.habits.set_zone(tap.thread, code.zone)
    return Answer(settings_screen(habits, services.places_in(tap.words.language), tap.words))


async def _show_places(services: Services, tap: Tap, code: ShowPlaces) -> Answer:
    names = services.places_in(tap.words.language)
    return Answer(places_screen(await services.habits.of(tap.thread), names, tap.words, code.page))


async def _set_place(services: Services, tap: Tap, code: SetPlace) -> Answer:
    names = services.places_in(tap.words.language)
    if code.place not in names or code.chosen > 1:
        return refused(Notice.OUT_OF_DATE, tap.words)
    habits = await services.habits.set_place(tap.thread, code.place, followed=bool(code.chosen))
    if bool(code.chosen) != (code.place in habits.places):
        return Answer(toast=tap.words("That is the most that can be chosen: leave one first."), alert=True)
    return Answer(places_screen(habits, names, tap.words, code.page))


async def _everywhere(services: Services, tap: Tap, _code: Everywhere) -> Answer:
    habits = await services.habits.everywhere(tap.thread)
    return Answer(places_screen(habits, services.places_in(tap.words.language), tap.words))


async def _leave_word(services: Services, tap: Tap, code: LeaveWord) -> Answer:
    return Answer(words_screen(await services.habits.leave_word(tap.thread, code.key), tap.words))


COMMAND = Command(
    name="settings",
    summary=msg("quiet hours, lists, places, words, city"),
    run=_run,
    rights=Rights.CHAT_ADMIN,
    buttons={
        ShowSettings: Button(_show, Rights.CHAT_ADMIN),
        SetQuiet: Button(_set_quiet, Rights.CHAT_ADMIN),
        SetListTime: Button(_set_list_time, Rights.CHAT_ADMIN),
        ShowCities: Button(_show_cities, Rights.CHAT_ADMIN),
        SetZone: Button(_set_zone, Rights.CHAT_ADMIN),
        ShowPlaces: Button(_show_places, Rights.CHAT_ADMIN),
        SetPlace: Button(_set_place, Rights.CHAT_ADMIN),
        Everywhere: Button(_everywhere, Rights.CHAT_ADMIN),
        LeaveWord: Button(_leave_word, Rights.CHAT_ADMIN),
    },
)
