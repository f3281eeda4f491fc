"""What a correction changed, in the words themselves: which words are new, and what stood there before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein, Opcodes

from bot.core.render.clean import isolated, placed

_WORD = re.compile(r"[^\W_]+(?:[.,:'’\u2060-][^\W_]+)*[%‰]?|[.!?…։؟。！？](?=\s|$)")
"""Words, and the ends of sentences, so that no run of changed words spans two sentences of which one end stayed."""
_MAX_WORDS = 4_000
"""Longer texts are not compared word by word: the comparison grows with the product of both lengths."""
_MAX_RUN = 8
"""A longer run of changed words is a rewritten sentence, which a note in brackets cannot explain."""
_FUNCTION_WORD = 3
"""Letters up to which a lower-case word behind a change says nothing about it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One run of words that differs."""

    start: int
    end: int
    """Where it stands in the new text."""
    new: str
    old: str
    context: str
    """``new`` with the word that says what was counted or named, where one follows in the sentence."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A changed run of words as index ranges into both lists."""

    old: range
    new: range


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The short runs of words in which ``new`` differs from ``old``, in text order.

    A run that was only cut or only added is told with the word beside it («hit (was: not hit)»), so that both sides
    are words. Differences of spacing, case and punctuation are none.
    """
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    if len(before) > _MAX_WORDS or len(after) > _MAX_WORDS:
        return ()
    runs = _runs([_key(word) for word in before], [_key(word) for word in after])
    return tuple(_change(run, old, new, before, after) for run in runs if _is_short(run))


def telling(found: Sequence[Change], facts: Sequence[tuple[str, str]]) -> tuple[Change, ...]:
    """Those of ``found`` that hold one of the changed facts, pairs of old and new words; all when none does."""
    held = tuple(change for change in found if any(_holds(change, *fact) for fact in facts))
    return held or tuple(found)


def _holds(change: Change, old: str, new: str) -> bool:
    return bool(new or old) and new.casefold() in change.new.casefold() and old.casefold() in change.old.casefold()


def only_added(old: str, new: str) -> bool:
    """``new`` has every word of ``old`` in the same order, and more."""
    remaining = iter(_words(new))
    return len(old) < len(new) and all(word in remaining for word in _words(old))


def annotate(text: str, found: Sequence[Change], template: str) -> str:
    """``text`` with the old words after each change, by ``template`` with the field ``old``: "(was: {old})"."""
    pieces: list[str] = []
    end = 0
    for change in found:
        pieces += [text[end : change.end], " ", isolated(placed(template, old=change.old))]
        end = change.end
    return "".join([*pieces, text[end:]])


def _words(text: str) -> list[str]:
    return [key for key in map(_key, _WORD.finditer(text)) if not _ends(key)]


def _ends(key: str) -> bool:
    """The token is the end of a sentence and no word."""
    return not key[0].isalnum()


def _key(word: re.Match[str]) -> str:
    return word[0].casefold().replace("’", "'")


def _is_short(run: _Run) -> bool:
    return 0 < len(run.new) <= _MAX_RUN and 0 < len(run.old) <= _MAX_RUN


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    runs = [_Run(range(a, b), range(c, d)) for a, b, c, d in _joined(Levenshtein.opcodes(old, new))]
    taken = 0
    for run in runs:
        for part in _parts(_trimmed(run, old, new), old, new):
            widened = _widened(part, old, new)
            if widened.new.start >= taken:
                taken = widened.new.stop
                yield widened


def _joined(opcodes: Opcodes) -> list[list[int]]:
    joined: list[list[int]] = []
    for code in opcodes:
        if code.tag == "equal":
            continue
        if joined and joined[-1][1] == code.src_start and joined[-1][3] == code.dest_start:
            joined[-1][1], joined[-1][3] = code.src_end, code.dest_end
        else:
            joined.append([code.src_start, code.src_end, code.dest_start, code.dest_end])
    return joined


def _trimmed(run: _Run, old: Sequence[str], new: Sequence[str]) -> _Run:
    """The run without ends of sentences at its ends."""
    return _Run(_without_ends(run.old, old), _without_ends(run.new, new))


def _without_ends(run: range, keys: Sequence[str]) -> range:
    while run and _ends(keys[run[0]]):
        run = run[1:]
    while run and _ends(keys[run[-1]]):
        run = run[:-1]
    return run


def _parts(run: _Run, old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    """A run of as many new words as old ones, word by word without those that were merely inflected."""
    if len(run.old) != len(run.new) or len(run.old) == 1:
        return [run]
    pairs = [
        _Run(range(a, a + 1), range(b, b + 1))
        for a, b in zip(run.old, run.new, strict=True)
        if not _inflected(old[a], new[b])
    ]
    return _adjoining(pairs) or [run]


def _adjoining(pairs: list[_Run]) -> list[_Run]:
    joined = pairs[:1]
    for last, pair in pairwise(pairs):
        if pair.new.start == last.new.stop:
            joined[-1] = _Run(range(joined[-1].old.start, pair.old.stop), range(joined[-1].new.start, pair.new.stop))
        else:
            joined.append(pair)
    return joined


def _inflected(old: str, new: str) -> bool:
    """The same word in another form: «civilian», «civilians»; «has», «have»."""
    if any(character.isdigit() for character in old + new):
        return False
    shared = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    return shared >= 2 and shared * 2 >= max(len(old), len(new))


def _widened(run: _Run, old: Sequence[str], new: Sequence[str]) -> _Run:
    """A run that is empty on one side takes in the word beside it, of its own sentence where there is one."""
    if (run.old and run.new) or not (run.old or run.new):
        return run
    behind = run.old.stop < len(old) and run.new.stop < len(new) and not _ends(new[run.new.stop])
    if behind:
        return _Run(range(run.old.start, run.old.stop + 1), range(run.new.start, run.new.stop + 1))
    return _Run(range(max(0, run.old.start - 1), run.old.stop), range(max(0, run.new.start - 1), run.new.stop))


def _change(run: _Run, old: str, new: str, before: Sequence[re.Match[str]], after: Sequence[re.Match[str]]) -> Change:
    start, end = after[run.new.start].start(), after[run.new.stop - 1].end()
    return Change(
        start=start,
        end=end,
        new=new[start:end],
        old=old[before[run.old.start].start() : before[run.old.stop - 1].end()],
        context=new[start : _context_end(new, after, run.new.stop - 1)],
    )


def _context_end(text: str, words: Sequence[re.Match[str]], last: int) -> int:
    """The end of the word behind a change, which says what was counted, or of the change itself."""
    end = words[last].end()
    behind = words[last + 1] if last + 1 < len(words) else None
    if behind is None or text[end : behind.start()] != " ":
        return end
    telling_nothing = len(behind[0]) <= _FUNCTION_WORD and behind[0].islower()
    return end if telling_nothing else behind.end()
