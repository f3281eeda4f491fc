"""Whom an update concerns, by one table that both the statement and the core are held to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from bot.core.audience import mode_for
from bot.core.model import TopicMode
from bot.services.ports.storage import Facts, NewNews
from bot.storage import SqlStorage
from tests.builders import NOW, archive, new_news, subscribe
from tests.storage.steps import claim

LOUD, SILENT, DIGEST = TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST
INSIDE = {
    "tarvin": ("karst-region", "norvale"),
    "old-mill": ("karst-region", "norvale"),
    "lemmen": ("coast", "norvale"),
    "karst-region": ("norvale",),
    "coast": ("norvale",),
}


def within(place_id: str) -> Collection[str]:
    """What a place lies in."""
    return INSIDE.get(place_id, ())


@dataclass(frozen=True)
class Follows:
    """What a destination follows."""

    modes: dict[str, TopicMode] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def an_update(
    *topics: str, text: str = "Shells fell on the market.", named: tuple[str, ...] = (), nearest: tuple[str, ...] = ()
) -> NewNews:
    """An update with these topics that names these places; ``nearest`` are those that decide, all where not given."""
    decide = nearest or named
    around = {place for name in named for place in within(name)} - {*named}
    facts = Facts(places=named, nearest=decide, within=tuple(sorted(around)))
    update = new_news(text, topics=topics)
    return NewNews(update.news, update.tags, facts=facts)


FRONT = Follows({"frontline": LOUD})
TARVIN = an_update("frontline", named=("tarvin",))
IN_REGION = an_update("frontline", named=("karst-region",))
BESIDE = an_update("frontline", named=("tarvin", "karst-region"), nearest=("tarvin",))
NOWHERE = an_update("frontline")
HOSPITAL = "The hospitals of Łemmen stayed open."


def at(*places: str) -> Follows:
    """Somebody who follows the front line in these places."""
    return Follows({"frontline": LOUD}, places=places)


def on(*words: str, **modes: TopicMode) -> Follows:
    """Somebody who follows these words, and topics."""
    return Follows(modes, words=words)


CASES: list[tuple[str, Follows, NewNews, TopicMode | None]] = [
    # what the row shows                            who                             what                 how it comes
    ("no place is followed: everywhere", FRONT, TARVIN, LOUD),
    ("the place itself", at("tarvin"), TARVIN, LOUD),
    ("what lies around it", at("karst-region"), TARVIN, LOUD),
    ("further around it", at("norvale"), TARVIN, LOUD),
    ("another place of the same region", at("old-mill"), TARVIN, None),
    ("a place elsewhere", at("lemmen"), TARVIN, None),
    ("one of several places", at("lemmen", "tarvin"), TARVIN, LOUD),
    ("a region named alone reaches everyone in it", at("tarvin"), IN_REGION, LOUD),
    ("but nobody elsewhere", at("lemmen"), IN_REGION, None),
    ("a region named beside a town in it: the town decides", at("old-mill"), BESIDE, None),
    ("and reaches who follows the region", at("karst-region"), BESIDE, LOUD),
    ("an update that names no place reaches all", at("lemmen"), NOWHERE, LOUD),
    ("a place without its topic is nothing", Follows({"weapons": LOUD}, places=("tarvin",)), TARVIN, None),
    ("a place alone follows nothing", Follows(places=("tarvin",)), TARVIN, None),
    ("a word without any topic", on("market"), an_update("weapons"), LOUD),
    ("another word", on("bakery"), an_update("weapons"), None),
    ("a longer form of it", on("hospital"), an_update("weapons", text=HOSPITAL), LOUD),
    ("not a shorter one", on("hospitalised"), an_update("weapons", text=HOSPITAL), None),
    ("case and marks do not matter", on("HÓSPITALS"), an_update("weapons", text=HOSPITAL), LOUD),
    ("all words of a phrase", on("open hospitals"), an_update("weapons", text=HOSPITAL), LOUD),
    ("not one of them", on("closed hospitals"), an_update("weapons", text=HOSPITAL), None),
    ("two letters are no beginning", on("st"), an_update("weapons", text=HOSPITAL), None),
    ("what holds no word is none", on("?!"), an_update("weapons", text=HOSPITAL), None),
    ("a word is louder than a silent topic", on("market", weapons=SILENT), an_update("weapons"), LOUD),
    ("and than a list", on("market", weapons=DIGEST), an_update("weapons"), LOUD),
    ("beside a loud topic it adds nothing", on("market", weapons=LOUD), an_update("weapons"), LOUD),
    ("two words are one alert", on("market", "shells"), an_update("weapons"), LOUD),
    ("places narrow words down too", Follows(words=("market",), places=("lemmen",)), TARVIN, None),
    ("and let them pass", Follows(words=("market",), places=("norvale",)), TARVIN, LOUD),
]


@pytest.mark.parametrize(("who", "what", "mode"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_whom_an_update_concerns(
    storage: SqlStorage, who: Follows, what: NewNews, mode: TopicMode | None
) -> None:
    """The statement over all destinations and the decision about one say the same."""
    await subscribe(storage, 900, {"weapons": SILENT, "frontline": SILENT})
    somebody = await subscribe(storage, 100, who.modes or {"unrest": LOUD})
    async with storage.write() as work:
        for place in who.places:
            await work.habits.follow_place(somebody.id, place)
        for word in who.words:
            await work.habits.follow_word(somebody.id, word)
    [news_id] = await archive(storage, what)
    async with storage.write() as work:
        written = await work.outbox.enqueue_alerts([news_id], at=NOW, within=within)
        assert await work.outbox.enqueue_alerts([news_id], at=NOW, within=within) == 0
        stored = await work.news.get(news_id)
    assert stored is not None
    assert mode_for(stored, who.modes, who.words, who.places, within) is mode
    got = {each.destination.chat_id: each.mode for each in await claim(storage)}
    assert got == ({900: SILENT} if mode is None else {900: SILENT, 100: mode})
    assert written == len(got)


async def test_each_update_of_a_batch_has_its_own_audience(storage: SqlStorage) -> None:
    """Updates that are stored together are compared one by one with what is followed."""
    for chat_id, place in ((100, "tarvin"), (200, "lemmen")):
        somebody = await subscribe(storage, chat_id, {"frontline": LOUD})
        async with storage.write() as work:
            await work.habits.follow_place(somebody.id, place)
    ids = await archive(storage, TARVIN, NOWHERE)
    async with storage.write() as work:
        assert await work.outbox.enqueue_alerts(ids, at=NOW, within=within) == 3
