"""/settings: quiet hours, the time of lists, places, followed words, the city whose clock counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time

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
    ShowTopics,
    Zone,
    encode,
)
from bot.chat.screens.compose import foreign
from bot.core.habits import Habits, QuietHours, zone_named
from bot.core.message import Button, Message
from bot.core.render.cut import clip
from bot.core.render.draft import Draft
from bot.i18n import Words, area_names, cities_of, city_name
from bot.services.habits import key_of

EVERY_HOUR = 24
LIST_HOURS = (7, 9, 13, 18, 20, 22)
"""Times of day offered for a list."""
ON_A_PAGE = 12
"""Places or cities on one page of their keyboards."""
_NAMED = 10
"""Places or words that a sentence lists."""
_MAX_LABEL = 40

Rows = tuple[tuple[Button, ...], ...]


def settings_screen(habits: Habits, names: Mapping[str, str], words: Words) -> Message:
    """Everything that is decided about the moment, a line each, and a button to change each."""
    draft = Draft().add(words("Settings"), "bold")
    draft.line(words("Quiet hours: {hours}.", hours=quiet_hours(habits, words)))
    draft.line(words("Lists: {when}.", when=list_time(habits, words)))
    draft.line(words("Places: {places}.", places=places_chosen(habits, names, words)))
    draft.line(words("Followed words: {found}.", found=words_followed(habits, words)))
    draft.line(words("Clocks: {city}.", city=_city(habits, words)))
    return draft.message(
        (
            (_to("quiet", words("Quiet hours")), _to("list", words("Time of lists"))),
            (Button(words("Places"), data=encode(ShowPlaces(1))), _to("words", words("Followed words"))),
            (_to("city", words("City")), _to("language", words("Language"))),
            (Button(words("Topics"), data=encode(ShowTopics(1))),),
        )
    )


def quiet_screen(habits: Habits, words: Words) -> Message:
    """The quiet hours, and the two ways to have some."""
    draft = Draft().add(words("Quiet hours"), "bold")
    draft.line(words("Now: {hours}.", hours=quiet_hours(habits, words)))
    draft.line(words("Alerts of these hours come in the morning, as one list. Orders in force stand first."))
    draft.line(
        words(
            "Danger is civilian shelling or a warning that you want with sound, in your places, of the last half hour."
        )
    )
    rows = (
        (Button(words("23–07, danger still rings"), data=encode(SetQuiet("danger"))),),
        (Button(words("23–07, nothing rings"), data=encode(SetQuiet("nothing"))),),
        (Button(words("No quiet hours"), data=encode(SetQuiet("off"))),),
    )
    return draft.message((*rows, (_to("city", words("City")), _back(words))))


def list_screen(habits: Habits, words: Words) -> Message:
    """When lists come, and the times to choose from."""
    draft = Draft().add(words("Time of lists"), "bold")
    draft.line(words("Now: {when}.", when=list_time(habits, words)))
    draft.line(words("A topic that is set to “Digest” comes as one list. Breaking news never waits for it."))
    hours = [Button(f"{hour:02}:00", data=encode(SetListTime(hour))) for hour in LIST_HOURS]
    every = Button(words("Every hour"), data=encode(SetListTime(EVERY_HOUR)))
    return draft.message(((every,), *_in_rows(hours, 3), (_to("city", words("City")), _back(words))))


def words_screen(habits: Habits, words: Words) -> Message:
    """The followed words, each with a button to leave it."""
    draft = Draft().add(words("Followed words"), "bold")
    draft.line(words("Now: {found}.", found=words_followed(habits, words)))
    draft.line(
        words("A report with one of them comes with sound, whatever its topic. /search WORDS offers to follow them.")
    )
    leave = [
        Button(words("Leave “{word}”", word=clip(word, _MAX_LABEL)), data=encode(LeaveWord(key_of(word))))
        for word in habits.words
    ]
    return draft.message((*_in_rows(leave, 1), (_back(words),)))


def places_screen(habits: Habits, names: Mapping[str, str], words: Words, page: int = 1) -> Message:
    """One page of the places, each button saying whether it is chosen and setting the contrary."""
    draft = Draft().add(words("Places"), "bold")
    draft.line(words("Now: {places}.", places=places_chosen(habits, names, words)))
    draft.line(words("With places chosen you get reports that name one of them, or something around it, or no place."))
    ordered = sorted(names, key=lambda place: names[place].casefold())
    page, pages = _page_of(ordered, page)
    shown = ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    buttons = [_place_button(place, names[place], habits, words, page) for place in shown]
    turn = _turn(page, pages, words, lambda number: encode(ShowPlaces(number)))
    everywhere = Button(words("Everywhere"), data=encode(Everywhere()))
    return draft.message(((everywhere,), *_in_rows(buttons, 2), turn, (_back(words),)))


def city_screen(habits: Habits, deployment: str, words: Words) -> Message:
    """Whose clock counts, and the parts of the world to pick another from."""
    draft = Draft().add(words("City"), "bold")
    draft.line(words("Quiet hours and lists follow the clock of {city}.", city=_city(habits, words)))
    draft.line(words("Pick a city with your time."))
    areas = [Button(name, data=encode(ShowCities(area, 1))) for area, name in area_names(words).items()]
    usual = Button(words("As this bot: {city}", city=city_name(deployment, words)), data=encode(SetZone(None)))
    return draft.message(((usual,), *_in_rows(areas, 2), (_back(words),)))


def cities_screen(habits: Habits, area: str, words: Words, page: int = 1) -> Message:
    """One page of a part of the world's cities, by name."""
    draft = Draft().add(words("City"), "bold")
    draft.line(words("Quiet hours and lists follow the clock of {city}.", city=_city(habits, words)))
    cities = cities_of(area, words)
    page, pages = _page_of(cities, page)
    shown = cities[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    buttons = [Button(name, data=encode(SetZone(Zone(zone)))) for zone, name in shown]
    turn = _turn(page, pages, words, lambda number: encode(ShowCities(area, number)))
    return draft.message((*_in_rows(buttons, 2), turn, (_to("city", words("Back")),)))


def quiet_hours(habits: Habits, words: Words) -> str:
    """The quiet hours in words, with the city whose clock counts."""
    if habits.quiet is None:
        return words("none")
    hours = f"{habits.quiet.start:%H:%M}–{habits.quiet.end:%H:%M} {_city(habits, words)}"
    if habits.quiet.danger_rings:
        return words("{hours}, danger still rings", hours=hours)
    return words("{hours}, nothing rings", hours=hours)


def list_time(habits: Habits, words: Words) -> str:
    """When lists come, always with the city whose clock counts."""
    if habits.digest.at is None:
        return words("every hour")
    return words("daily at {clock}", clock=f"{habits.digest.at:%H:%M} {_city(habits, words)}")


def places_chosen(habits: Habits, names: Mapping[str, str], words: Words) -> str:
    """The chosen places by name; everywhere where none is chosen."""
    chosen = sorted(names.get(place, place) for place in habits.places)
    return _listed(chosen, words) or words("everywhere")


def words_followed(habits: Habits, words: Words) -> str:
    """The followed words, quoted."""
    return _listed([f"“{foreign(word, _MAX_LABEL, words)}”" for word in habits.words], words) or words("none")


def night(choice: str) -> QuietHours | None:
    """What a button of the quiet hours sets."""
    return None if choice == "off" else QuietHours(danger_rings=choice == "danger")


def hour_of(number: int) -> time | None:
    """What a button of the time of lists sets; ``None`` is every hour."""
    return None if number == EVERY_HOUR else time(number)


def _listed(names: list[str], words: Words) -> str:
    more = len(names) - _NAMED
    rest = [words.plural("and {n} more", "and {n} more", more)] if more > 0 else []
    return ", ".join([*names[:_NAMED], *rest])


def _city(habits: Habits, words: Words) -> str:
    return city_name(zone_named(habits.zone).key, words)


def _place_button(place: str, name: str, habits: Habits, words: Words, page: int) -> Button:
    chosen = place in habits.places
    state = words("On") if chosen else words("Off")
    return Button(f"{state} · {name}", data=encode(SetPlace(place, int(not chosen), page)))


def _to(part: str, label: str) -> Button:
    return Button(label, data=encode(ShowSettings(part)))


def _back(words: Words) -> Button:
    return _to("main", words("Back"))


def _in_rows(buttons: Sequence[Button], width: int) -> Rows:
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def _page_of(everything: Sequence[object], page: int) -> tuple[int, int]:
    """The nearest page that there is, and how many there are."""
    pages = max(1, -(-len(everything) // ON_A_PAGE))
    return min(max(page, 1), pages), pages


def _turn(page: int, pages: int, words: Words, code: Callable[[int], str]) -> tuple[Button, ...]:
    """The ways to the pages before and behind; no row at all for a single page."""
    before = (Button(words("◀ Before"), data=code(page - 1)),) if page > 1 else ()
    behind = (Button(words("More ▶"), data=code(page + 1)),) if page < pages else ()
    return (*before, *behind)
