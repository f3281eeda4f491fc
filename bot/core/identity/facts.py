"""What an edit of one sentence does to its facts: numbers, names, places, negation, victims, speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.core.identity.alignment import Hunk, hunks, overlap, words_of
from bot.core.identity.ledger import DENIAL, NEGATION, Ledger, class_of, denies, harm_in
from bot.core.identity.lexicon import Lexicon
from bot.core.identity.names import PageNames, initials, is_caseless, misspelt, same_name, weekdays_and_months
from bot.core.identity.sentences import Sentence
from bot.core.identity.units import Unit

T = TypeVar("T")

_SMALL = 6
"""Units on either side up to which a run is one exchanged expression, not a rewritten passage."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that the source changed."""

    kind: str
    """number, name, place, negation, victims, day, denial or speaker"""
    was: str
    now: str


class Judge:
    """Finds the facts that changed between two versions of one update."""

    def __init__(self, ledger: Ledger, page: PageNames, words: Lexicon) -> None:
        self._ledger, self._page, self._words = ledger, page, words

    def changes(self, was: Sentence, now: Sentence) -> list[Change]:
        """The facts of a sentence that became others in its new form."""
        runs = hunks(was, now)
        found: list[Change] = []
        open_runs: list[Hunk] = []
        for run in runs:
            kind = self._kind(was, now, run)
            if kind is None:
                open_runs.append(run)
            else:
                found.append(_told(kind, was, now, run))
        if len(open_runs) > 1:
            found.extend(self._across(was, now, open_runs, alike=overlap(was, now)))
        return found

    def _kind(self, was: Sentence, now: Sentence, run: Hunk) -> str | None:
        """The first kind of fact that the run exchanges, or ``None`` when it is only wording or spelling."""
        old, new = _units(was, run.was), _units(now, run.now)
        return None if self._respelt(old, new) else self._fact(was, now, run)

    def _fact(self, was: Sentence, now: Sentence, run: Hunk) -> str | None:
        old, new = _units(was, run.was), _units(now, run.now)
        small = len(old) <= _SMALL and len(new) <= _SMALL
        if self._number_changed(old, new, small=small) and not self._labels(was, now, run):
            return "number"
        if small and (kind := self._name_changed(was, now, run)):
            return kind
        if small and self._ledger.changed(NEGATION) and self._negated(old) != self._negated(new):
            return "negation"
        if old and new and (kind := self._exchanged(old, new, small=small)):
            return kind
        if self._denial_changed(was, now, run):
            return "denial"
        spoken = small and old and new and self._speaker_changed(was, now, run)
        return "speaker" if spoken else None

    def _respelt(self, old: Sequence[Unit], new: Sequence[Unit]) -> bool:
        """Whether each ordinary word only lost a slip of the keyboard, "woudned" for "wounded"."""
        if len(old) != len(new) or any(unit.is_number or unit.capital for unit in (*old, *new)):
            return False
        pairs = [(a.key, b.key) for a, b in zip(old, new, strict=True)]
        return all(misspelt(a, b) and not _different(self._marks(a), self._marks(b)) for a, b in pairs)

    def _marks(self, key: str) -> set[str]:
        """The classes that make the word a word of its own: "northern" is no slip for "southern"."""
        points = {f"point {at}" for at, point in enumerate(self._words.compass) if key in point}
        return points | harm_in([key], self._words)

    def _exchanged(self, old: Sequence[Unit], new: Sequence[Unit], *, small: bool) -> str | None:
        if self._harm_changed(old, new, small=small):
            return "victims"
        if _different(self._bearings(old), self._bearings(new)):
            return "place"
        return "day" if _different(self._days(old), self._days(new)) else None

    def _number_changed(self, old: Sequence[Unit], new: Sequence[Unit], *, small: bool) -> bool:
        lost = [u.key for u in old if u.is_number and self._ledger.lost(u.key)]
        gained = [u.key for u in new if u.is_number and self._ledger.gained(u.key)]
        if lost and gained:
            return sorted(map(_plain, lost)) != sorted(map(_plain, gained))
        if not small:
            return False
        if any(self._ledger.new(number) for number in gained if number != "#1"):
            return any(self._counts(u) or self._words.has("negation", u.key) for u in old)
        return bool(lost) and any(self._words.has("vague", u.key) for u in new)

    def _labels(self, was: Sentence, now: Sentence, run: Hunk) -> bool:
        """Whether both tell only when the text was last edited: "Updated at 15:40"."""
        before = (
            was.units[max(0, run.was.start - 3) : run.was.stop],
            now.units[max(0, run.now.start - 3) : run.now.stop],
        )
        return all(any(self._words.has("updated", unit.key) for unit in units) for units in before)

    def _counts(self, unit: Unit) -> bool:
        return self._words.has("vague", unit.key) or self._words.has("article", unit.key)

    def _name_changed(self, was: Sentence, now: Sentence, run: Hunk) -> str | None:
        """Whether names were exchanged for others, and whether these are places."""
        old = self._names(was, run.was)
        new = self._names(now, run.now)
        if (not old or not new) and (one_word := self._opening_name_changed(was, now, run)):
            return one_word
        lost = [at for at in old if self._ledger.lost(was.units[at].key)]
        gained = [at for at in new if self._ledger.gained(now.units[at].key)]
        lost, gained = self._without_respelt(was, lost, now, gained)
        if not lost or not gained or _shortened(_units(was, run.was), _units(now, run.now)):
            return None
        place = any(self._page.is_place(now, at) for at in gained) and any(self._page.is_place(was, at) for at in lost)
        return "place" if place else "name"

    def _without_respelt(
        self, was: Sentence, lost: list[int], now: Sentence, gained: list[int]
    ) -> tuple[list[int], list[int]]:
        def same(at: int, other: int) -> bool:
            return same_name(was.units[at].key, now.units[other].key, self._page, self._words.language)

        return (
            [at for at in lost if not any(same(at, other) for other in gained)],
            [other for other in gained if not any(same(at, other) for at in lost)],
        )

    def _opening_name_changed(self, was: Sentence, now: Sentence, run: Hunk) -> str | None:
        """One word for one word where capitals prove nothing: at the opening of a sentence, or in a script without."""
        if len(run.was) != 1 or len(run.now) != 1:
            return None
        old, new = was.units[run.was.start], now.units[run.now.start]
        if old.is_number or new.is_number or same_name(old.key, new.key, self._page, self._words.language):
            return None
        if old.opens and new.opens and self._page.may_be_name(old) and self._page.may_be_name(new):
            return "name"
        if is_caseless(was) and self._page.is_place(was, run.was.start) and self._page.is_place(now, run.now.start):
            return "place"
        return None

    def _names(self, sentence: Sentence, run: range) -> list[int]:
        return [at for at in run if self._page.is_name(sentence, at)]

    def _negated(self, units: Sequence[Unit]) -> bool:
        return any(self._words.has("negation", unit.key) for unit in units)

    def _harm_changed(self, old: Sequence[Unit], new: Sequence[Unit], *, small: bool) -> bool:
        before = {h for h in harm_in((u.key for u in old), self._words) if self._ledger.lost(class_of(h))}
        after = {h for h in harm_in((u.key for u in new), self._words) if self._ledger.gained(class_of(h))}
        if before and after:
            return True
        if len(old) == len(new) == 1 and after:
            return True
        return small and bool(before) and not harm_in((u.key for u in new), self._words)

    def _bearings(self, units: Sequence[Unit]) -> set[int]:
        points = self._words.compass
        return {at for unit in units for at, point in enumerate(points) if unit.key in point}

    def _days(self, units: Sequence[Unit]) -> set[int]:
        named = weekdays_and_months(self._words.language)
        return {at for unit in units for at, names in enumerate(named) if unit.key in names}

    def _denial_changed(self, was: Sentence, now: Sentence, run: Hunk) -> bool:
        if any(denies(now, at, self._words) for at in run.now):
            return self._ledger.new(DENIAL)
        lost = any(denies(was, at, self._words) for at in run.was)
        return lost and bool(run.now) and self._ledger.lost(DENIAL)

    def _speaker_changed(self, was: Sentence, now: Sentence, run: Hunk) -> bool:
        """Whether who says it was exchanged: the words before a reporting verb, or after "according to"."""
        after = now.units[run.now.stop].key if run.now.stop < len(now.units) else ""
        before = [unit.key for unit in now.units[max(0, run.now.start - 2) : run.now.start]]
        spoken = self._words.has("says", after) or any(self._words.has("lead", key) for key in before)
        if self._words.language != "en" and before:
            spoken = spoken or self._words.has("says", before[-1])
        if not spoken or _shortened(_units(was, run.was), _units(now, run.now)):
            return False
        old = {key for key in self._speakers(_units(was, run.was)) if self._ledger.lost(key)}
        new = {key for key in self._speakers(_units(now, run.now)) if self._ledger.gained(key)}
        language = self._words.language
        return bool(old and new) and not any(same_name(a, b, self._page, language) for a in old for b in new)

    def _speakers(self, units: Sequence[Unit]) -> set[str]:
        silent = ("function", "generic", "article", "says")
        return {u.key for u in units if not u.is_number and not any(self._words.has(name, u.key) for name in silent)}

    def _across(self, was: Sentence, now: Sentence, runs: Sequence[Hunk], *, alike: float) -> Iterator[Change]:
        """One number or name that left one place of the sentence while another came in elsewhere."""
        old = [at for run in runs for at in run.was]
        new = [at for run in runs for at in run.now]
        for kind, pick, needed in (("number", _is_number, 0.3), ("name", self._page.is_name, 0.5)):
            if alike < needed:
                continue
            lost = [at for at in old if pick(was, at) and self._ledger.lost(was.units[at].key)]
            gained = [at for at in new if pick(now, at) and self._ledger.new(now.units[at].key)]
            if kind == "name":
                lost, gained = self._without_respelt(was, lost, now, gained)
            if len(lost) == len(gained) == 1:
                yield Change(kind, was.units[lost[0]].text, now.units[gained[0]].text)


def _shortened(old: Sequence[Unit], new: Sequence[Unit]) -> bool:
    """Whether one side abbreviates the other, "UN" for "United Nations"."""
    short, full = sorted((old, new), key=len)
    return len(short) == 1 and short[0].text.isupper() and initials(unit.key for unit in full) == short[0].key


def _is_number(sentence: Sentence, at: int) -> bool:
    return sentence.units[at].is_number


def _plain(number: str) -> str:
    """``9.30`` and ``9:30`` are one time of day."""
    return number.replace(".", ":")


def _different(old: set[T], new: set[T]) -> bool:
    return bool(old) and bool(new) and old != new


def _units(sentence: Sentence, run: range) -> tuple[Unit, ...]:
    return sentence.units[run.start : run.stop]


def _told(kind: str, was: Sentence, now: Sentence, run: Hunk) -> Change:
    """The change in the source's words: of numbers the numbers alone, of a word put in or taken out its neighbours."""
    if kind == "number":
        old, new = _numbers(was, run.was), _numbers(now, run.now)
        if old and new and (len(old) == len(new) or len(run.was) > _SMALL or len(run.now) > _SMALL):
            return Change(kind, ", ".join(old), ", ".join(new))
    if len(run.was) and len(run.now):
        return Change(kind, words_of(was, run.was), words_of(now, run.now))
    return Change(kind, words_of(was, _wider(was, run.was)), words_of(now, _wider(now, run.now)))


def _numbers(sentence: Sentence, run: range) -> list[str]:
    return [unit.text for unit in _units(sentence, run) if unit.is_number]


def _wider(sentence: Sentence, run: range) -> range:
    return range(max(0, run.start - 1), min(len(sentence.units), run.stop + 1))
