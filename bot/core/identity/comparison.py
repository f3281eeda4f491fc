"""What changed between two versions of one update, and whether a reader must be told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.core.identity.alignment import Alignment, align, hunks, overlap, words_of
from bot.core.identity.canonical import canonical
from bot.core.identity.decisions import Added, Corrected, Known, Same, Withdrawn
from bot.core.identity.facts import Change, Judge
from bot.core.identity.ledger import DENIAL, Ledger, denies, harm_in
from bot.core.identity.lexicon import Lexicon
from bot.core.identity.names import PageNames, same_name
from bot.core.identity.sentences import Sentence, sentences
from bot.core.identity.withdrawal import newly_taken_back
from bot.core.model import NewsState, NewsUpdate

_SAME_HEADLINE = 0.5
"""Likeness from which a changed headline is the old one edited, not another."""
_LONGEST_COMPARED = 60_000
"""Characters of a version that are compared; what follows is taken as unchanged."""
_A_REMARK = 4
"""Words from which an insertion counts as added text."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the comparison knows of the page around one update."""

    words: Lexicon
    names: PageNames
    headings_before: Collection[str] = frozenset()
    """Canonical headings of all its known updates."""
    headings_now: Collection[str] = frozenset()
    """Canonical headings of all updates found: a line that is another's headline only changed its owner."""


def compare(
    known: Known, news: NewsUpdate, page: Page, *, evidence: str, nearby: Sequence[str] = ()
) -> Same | Corrected | Added | Withdrawn:
    """Decide what becomes of a known update in its new version.

    Args:
        known: What was known of it.
        news: Its new version.
        page: The page around it.
        evidence: How it was recognised, for the reason.
        nearby: The old texts of the updates around it: what stood in one of them is not new to the reader.
    """
    return _Comparison(known, news, page, evidence, nearby).decision()


class _Comparison:
    def __init__(self, known: Known, news: NewsUpdate, page: Page, evidence: str, nearby: Sequence[str]) -> None:
        self.known, self.news, self.page, self.evidence, self.nearby = known, news, page, evidence, nearby

    def decision(self) -> Same | Corrected | Added | Withdrawn:
        if self.news.retracted and self.known.state is not NewsState.WITHDRAWN:
            return Withdrawn(self.known, self.news, f"marked as taken back by the source ({self.evidence})")
        if (self.known.text, self.known.heading) == (self.news.text, self.news.heading) or self._only_typography():
            return self._same()
        if (notice := self._notice()) is not None:
            why = f"taken back in the source's own words: {notice[:120]}"
            return Withdrawn(self.known, self.news, f"{why} ({self.evidence})")
        changes = self._changes()
        if changes:
            kinds = tuple(sorted({change.kind for change in changes}))
            why = f"changed: {', '.join(kinds)} ({self.evidence})"
            return Corrected(self.known, self.news, why, tuple((c.was, c.now) for c in changes), kinds)
        return self._added() or self._same()

    def _notice(self) -> str | None:
        """The sentence that takes the update back, unless an earlier read has told of it."""
        if self.known.state is NewsState.WITHDRAWN:
            return None
        return newly_taken_back(self._was, self._now, self.page.words)

    def _only_typography(self) -> bool:
        old, new = self.known, self.news
        return canonical(old.text) == canonical(new.text) and canonical(old.heading or "") == canonical(
            new.heading or ""
        )

    @cached_property
    def _was(self) -> tuple[Sentence, ...]:
        return self._sentences(self.known)

    @cached_property
    def _now(self) -> tuple[Sentence, ...]:
        return self._sentences(self.news)

    def _sentences(self, version: Known | NewsUpdate) -> tuple[Sentence, ...]:
        words = self.page.words
        return self._heading(version) + sentences(version.text[:_LONGEST_COMPARED], words)

    def _heading(self, version: Known | NewsUpdate) -> tuple[Sentence, ...]:
        return sentences(version.heading or "", self.page.words)

    @cached_property
    def _aligned(self) -> Alignment:
        """The sentences that differ, headlines only where the old one was edited into the new one."""
        old, new = self._heading(self.known), self._heading(self.news)
        body_was, body_now = self._was[len(old) :], self._now[len(new) :]
        if body_was and body_now and not self._same_headline(old, new):
            aligned = align(body_was, body_now)
            known_lines = {s.keys for s in (*old, *new)}
            return Alignment(
                aligned.changed,
                tuple(s for s in aligned.cut if s.keys not in known_lines),
                tuple(s for s in aligned.added if s.keys not in known_lines),
            )
        return align(self._was, self._now)

    def _same_headline(self, old: tuple[Sentence, ...], new: tuple[Sentence, ...]) -> bool:
        """Whether the old headline was edited into the new one, and neither is another update's."""
        if not old or not new or overlap(old[0], new[0]) < _SAME_HEADLINE:
            return False
        was, now = canonical(self.known.heading or ""), canonical(self.news.heading or "")
        return was == now or (was not in self.page.headings_now and now not in self.page.headings_before)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._was, self._now, self.page.words)

    def _changes(self) -> list[Change]:
        judge = Judge(self._ledger, self.page.names, self.page.words)
        changes = [change for was, now in self._aligned.changed for change in judge.changes(was, now)]
        return changes + self._denials() + self._victims_cut()

    def _denials(self) -> list[Change]:
        words = self.page.words
        return [
            Change("denial", "", sentence.text)
            for sentence in self._aligned.added
            if any(denies(sentence, at, words) for at in range(len(sentence.units))) and self._ledger.new(DENIAL)
        ]

    def _victims_cut(self) -> list[Change]:
        """The sentence that told of victims is gone, or the one that told of none now tells of some."""
        words, aligned = self.page.words, self._aligned
        toll = [s for s in aligned.added if harm_in(s.keys, words)]
        found: list[Change] = []
        for sentence in aligned.cut:
            told_of = harm_in(sentence.keys, words) or any(words.has("toll", key) for key in sentence.keys)
            negated = any(words.has("negation", key) for key in sentence.keys)
            if told_of and negated and toll:
                found.append(Change("victims", sentence.text, toll[0].text))
            elif told_of and not negated and self._counted(sentence) and not self._tells_of_victims():
                found.append(Change("victims", sentence.text, ""))
        return found

    def _counted(self, sentence: Sentence) -> bool:
        return any(unit.is_number and self._ledger.lost(unit.key) for unit in sentence.units)

    def _tells_of_victims(self) -> bool:
        return any(harm_in(sentence.keys, self.page.words) for sentence in self._now)

    def _added(self) -> Added | None:
        """Text that is new to the reader; it alerts when it brings a number or a place, or the danger rises."""
        aligned = self._aligned
        fresh = [s for s in aligned.added if self._is_fresh(s)]
        inserted = [
            (now, run.now, words_of(now, run.now)) for was, now in aligned.changed for run in hunks(was, now) if run.now
        ]
        news = [why for s in fresh for why in self._news_in(s, range(len(s.units)))]
        news += [why for sentence, run, _ in inserted for why in self._news_in(sentence, run)]
        if fresh and len(fresh) > len(aligned.cut) and self._danger(fresh) > self._danger(self._was):
            news.append("the danger rises")
        remarks = [words for _, run, words in inserted if len(run) >= _A_REMARK]
        text = "\n".join([s.text for s in fresh] + (remarks or [words for *_, words in inserted] if news else remarks))
        if news:
            return Added(self.known, self.news, f"added: {'; '.join(news[:4])} ({self.evidence})", text, alerts=True)
        if not fresh or len(fresh) <= len(aligned.cut):
            return None
        return Added(self.known, self.news, f"added, nothing that alerts ({self.evidence})", text, alerts=False)

    def _is_fresh(self, sentence: Sentence) -> bool:
        line = canonical(sentence.text)
        if line in self.page.headings_before or line in self.page.headings_now:
            return False
        return len(sentence.units) < _A_REMARK or not any(sentence.text in text for text in self.nearby)

    def _news_in(self, sentence: Sentence, run: range) -> list[str]:
        """The new numbers and places in a run of units."""
        names, words = self.page.names, self.page.words
        danger = any(words.has("danger", key) or harm_in([key], words) for key in sentence.keys)
        found: list[str] = []
        for at in run:
            unit = sentence.units[at]
            if not self._ledger.new(unit.key):
                continue
            if unit.is_number:
                found += [] if self._is_label(sentence, at) else [f"number {unit.text}"]
            elif names.is_name(sentence, at) and not self._was_named(unit.key):
                if names.is_place(sentence, at):
                    found.append(f"place {unit.text}")
                elif danger and not self._speaks(sentence, at) and not self._completes(sentence, at):
                    found.append(f"name {unit.text}")
        return found

    def _is_label(self, sentence: Sentence, at: int) -> bool:
        """Whether the number tells when the text was edited: "Updated at 15:40"."""
        return any(self.page.words.has("updated", unit.key) for unit in sentence.units[max(0, at - 3) : at])

    def _completes(self, sentence: Sentence, at: int) -> bool:
        """Whether it stands beside a name that was there before, as a first name does."""
        beside = sentence.units[max(0, at - 1) : at] + sentence.units[at + 1 : at + 2]
        return any(unit.capital and not self._ledger.new(unit.key) for unit in beside)

    def _was_named(self, key: str) -> bool:
        language = self.page.words.language
        return any(same_name(key, old, self.page.names, language) for old in self._ledger.facts_before())

    def _speaks(self, sentence: Sentence, at: int) -> bool:
        """Whether the name belongs to a person or body that says something here, or to one's title."""
        words = self.page.words
        near = sentence.units[max(0, at - 3) : at + 4]
        return any(words.has("says", unit.key) or words.has("body", unit.key) for unit in near)

    def _danger(self, told: Sequence[Sentence]) -> int:
        words = self.page.words
        keys = [key for sentence in told for key in sentence.keys]
        harm = harm_in(keys, words)
        if "killed" in harm:
            return 3
        return 2 if harm else int(any(words.has("danger", key) for key in keys))

    def _same(self) -> Same:
        differences = self._differences()
        reason = ", ".join(differences) or "unchanged"
        return Same(self.known, self.news, f"{reason} ({self.evidence})", touched=bool(differences))

    def _differences(self) -> list[str]:
        """What a reader need not be told, but the row must take over."""
        old, new = self.known, self.news
        same_words = old.text == new.text or canonical(old.text) == canonical(new.text)
        checks = [
            (old.text != new.text and same_words, "typography"),
            (not same_words, "rewording without a changed fact"),
            (old.heading != new.heading, "heading"),
            ((old.local_date, old.local_time) != (new.local_date, new.local_time), "clock"),
            (old.position != new.position, "place in the page"),
            (old.page_key != new.page_key or old.vendor_id != new.vendor_id, "the source's name for it"),
            (old.vendor_id is not None and old.vendor_id == new.vendor_id and not old.vendor_id_proven, "id proven"),
            (old.missing_reads > 0 or old.state is NewsState.REMOVED, "back in the page"),
        ]
        return [name for differs, name in checks if differs]
