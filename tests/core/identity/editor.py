"""An editor at work on a live page: seeded edits of what stands there, look-alikes that come in, old ones that go."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.core.model import DateFrom, NewsUpdate

CHRONOLOGIES = Path(__file__).parent / "chronologies"
_INVENTED = {
    "latin": ("Brenholt", "Quisling", "Ademar", "Wolvik", "Sarrego", "Timbor"),
    "cyrillic": ("Кременское", "Бузовка", "Липовое", "Гавриловка", "Тростянск"),
    "armenian": ("Վարդաձոր", "Լուսագյուղ", "Քարաշեն", "Ձորակ"),
}


@dataclass(frozen=True)
class Chronology:
    """One page at one moment, in page order, with what its editors would add."""

    name: str
    language: str
    updates: tuple[NewsUpdate, ...]
    remarks: tuple[str, ...]
    """Sentences without a fact."""
    negation: str

    @property
    def newest_first(self) -> bool:
        """Whether new updates come in at the top."""
        moments = [moment(news) for news in self.updates if news.local_time]
        return not moments or moments[0] >= moments[-1]


def chronologies() -> list[Chronology]:
    """Every chronology in the folder, by name."""
    return [_parsed(path) for path in sorted(CHRONOLOGIES.glob("*.txt"))]


def _parsed(path: Path) -> Chronology:
    head, *blocks = re.split(r"\n(?=@ )", path.read_text(encoding="utf-8"))
    updates = []
    for position, block in enumerate(blocks):
        stamp, _, text = block.partition("\n")
        when, _, heading = stamp.removeprefix("@ ").partition(" | ")
        day, _, clock = when.strip().partition(" ")
        updates.append(
            NewsUpdate(
                text=text.strip(),
                position=position,
                heading=heading or None,
                local_date=date.fromisoformat(day),
                local_time=time.fromisoformat(clock.zfill(5)) if clock else None,
                date_from=DateFrom.HEADER,
            )
        )
    return Chronology(
        name=path.stem,
        language=head[2:4],
        updates=tuple(updates),
        remarks=tuple(re.findall(r"^\+ (.+)$", head, re.MULTILINE)),
        negation=re.findall(r"^~ (.+)$", head, re.MULTILINE)[0],
    )


def moment(news: NewsUpdate) -> datetime:
    """When it was published, as printed."""
    assert news.local_date is not None
    return datetime.combine(news.local_date, news.local_time or time(), tzinfo=None)  # local wall clock


@dataclass(frozen=True)
class Edited:
    """A page after its editors were at it, with where each update comes from."""

    updates: tuple[NewsUpdate, ...]
    origins: tuple[int | None, ...]
    """Index in the chronology; ``None`` for what is new."""
    edits: tuple[tuple[str, ...], ...]
    """The names of the edits made to each."""


Row = tuple[NewsUpdate, int | None, tuple[str, ...]]
Edit = Callable[[random.Random, NewsUpdate, Chronology], NewsUpdate]


def typo(rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """Two letters of one longer word exchanged."""
    words = list(re.finditer(r"[^\W\d_]{5,}", news.text))
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    text = news.text
    return replace(news, text=text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def extension(rng: random.Random, news: NewsUpdate, page: Chronology) -> NewsUpdate:
    """One or two sentences more, with or without a paragraph of their own."""
    more = rng.sample(page.remarks, rng.randint(1, len(page.remarks)))
    return replace(news, text=rng.choice(" \n").join([news.text, *more]))


def cut(rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """The last sentence gone, or where there is only one the last third of its words."""
    sentences = re.split(r"(?<=[.!?։])\s+", news.text)
    if len(sentences) > 1:
        return replace(news, text=news.text[: news.text.rindex(sentences[-1])].rstrip())
    words = news.text.split()
    return replace(news, text=" ".join(words[: -max(1, len(words) // rng.choice((3, 4)))]))


def time_slip(rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """The clock corrected, by minutes or from morning to evening."""
    if news.local_time is None:
        return news
    shifted = moment(news) + timedelta(minutes=rng.choice((-60, -20, -5, 5, 10, 30, 60, 720)))
    return replace(news, local_time=shifted.time())


def heading(rng: random.Random, news: NewsUpdate, page: Chronology) -> NewsUpdate:
    """A headline put in, taken away, or written anew."""
    if news.heading and rng.random() < 0.5:
        return replace(news, heading=None)
    return replace(news, heading=rng.choice(page.remarks).rstrip(".։"))


def quote_style(_rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """Straight quotes and apostrophes, short dashes, doubled spaces."""
    text = re.sub("[“”«»„]", '"', news.text).replace("’", "'").replace("–", "-").replace(". ", ".  ")
    return replace(news, text=text)


def number_change(rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """One number another."""
    numbers = list(re.finditer(r"\d+", news.text))
    if not numbers:
        return news
    number = rng.choice(numbers)
    other = str(int(number.group()) + rng.choice((1, 2, 5, 10)))
    return replace(news, text=news.text[: number.start()] + other + news.text[number.end() :])


def name_change(rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """One name inside a sentence another, wherever it stands."""
    names = re.findall(r"(?<=[\w,] )[^\W\d_]{4,}", news.text)
    names = [name for name in names if name[0].isupper()]
    return replace(news, text=news.text.replace(rng.choice(names), _invented(rng, names[0]))) if names else news


def negation(rng: random.Random, news: NewsUpdate, page: Chronology) -> NewsUpdate:
    """A "not" put in somewhere."""
    words = news.text.split(" ")
    words.insert(rng.randrange(1, len(words)), page.negation)
    return replace(news, text=" ".join(words))


def lead_dropped(_rng: random.Random, news: NewsUpdate, _page: Chronology) -> NewsUpdate:
    """The opening clause gone, "According to …," more often than not."""
    _lead, comma, rest = news.text.partition(", ")
    return replace(news, text=rest[0].upper() + rest[1:]) if comma and len(rest) > len(news.text) / 2 else news


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        typo,
        extension,
        cut,
        time_slip,
        heading,
        quote_style,
        number_change,
        name_change,
        negation,
        lead_dropped,
    )
}


def look_alike(rng: random.Random, news: NewsUpdate, page: Chronology) -> NewsUpdate:
    """The outlet's next update of the same making: other numbers, other names, a later time.

    The very same words come again hours later ("The all-clear for the region."), not within minutes.
    """
    text = re.sub(r"\d+", lambda m: str(int(m.group()) + rng.randint(1, 9)), news.text)
    for name in sorted(set(re.findall(r"(?<=[\w,] )[^\W\d_]{4,}", text))):
        if name[0].isupper() and rng.random() < 0.8:
            text = text.replace(name, _invented(rng, name))
    latest = max(moment(update) for update in page.updates)
    if news.local_time is None:
        return replace(news, text=text)
    at = latest + timedelta(minutes=rng.randint(300 if text == news.text else 5, 900))
    return replace(news, text=text, local_date=at.date(), local_time=at.time())


def _invented(rng: random.Random, like: str) -> str:
    script = "armenian" if "Ա" <= like[0] <= "֏" else "cyrillic" if "Ѐ" <= like[0] <= "ӿ" else "latin"
    return rng.choice(_INVENTED[script])


def work_over(page: Chronology, seed: int) -> Edited:
    """The page one read later: a quarter edited, look-alikes in, old ones off the end, now and then re-ordered."""
    rng = random.Random(f"{page.name} {seed}")
    rows: list[Row] = []
    for index, news in enumerate(page.updates):
        done: list[str] = []
        version = news
        if rng.random() < 0.25:
            for name in rng.sample(list(EDITS), rng.choice((1, 1, 2))):
                version = EDITS[name](rng, version, page)
                done.append(name)
        rows.append((version, index, tuple(done)))
    _drop_from_the_end(rng, rows, newest_first=page.newest_first)
    for _ in range(rng.choice((0, 1, 2))):
        model = rng.choice(page.updates)
        fresh = (look_alike(rng, model, page), None, ("look-alike",))
        if fresh[0] == model:
            continue
        rows.insert(0 if page.newest_first else len(rows), fresh)
    _reorder(rng, rows)
    return Edited(
        tuple(replace(news, position=place) for place, (news, _, _) in enumerate(rows)),
        tuple(origin for _, origin, _ in rows),
        tuple(done for _, _, done in rows),
    )


def _drop_from_the_end(rng: random.Random, rows: list[Row], *, newest_first: bool) -> None:
    for _ in range(rng.choice((0, 0, 1, 3))):
        rows.pop(-1 if newest_first else 0)


def _reorder(rng: random.Random, rows: list[Row]) -> None:
    chance = rng.random()
    if chance < 0.05:
        rows.reverse()
    elif chance < 0.15:
        at = rng.randrange(len(rows) - 1)
        rows[at], rows[at + 1] = rows[at + 1], rows[at]


def told_apart(decisions: Sequence[object], edited: Edited, ids: Sequence[int]) -> tuple[list[str], list[str]]:
    """The updates that were not recognised, and those taken for another, each with what was done to it."""
    missed, merged = [], []
    for decision, origin, news, done in zip(decisions, edited.origins, edited.updates, edited.edits, strict=False):
        known = getattr(decision, "known", None)
        taken_for = None if known is None else known.id
        if origin is None and taken_for is not None:
            merged.append(f"{done} {news.local_time} {news.text[:60]}")
        elif origin is not None and taken_for is None:
            missed.append(f"{done} {news.local_time} {news.text[:60]}")
        elif origin is not None and taken_for != ids[origin]:
            merged.append(f"{done} {news.local_time} {news.text[:60]}")
    return missed, merged
