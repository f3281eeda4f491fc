"""Whether a source takes back its own words: "this report was wrong and has been withdrawn"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.identity.lexicon import Lexicon
from bot.core.identity.sentences import Sentence, sentences

_OPENING = 1_000
_OPENING_SENTENCES = 6
"""Characters and sentences within which a notice says what it is."""
_FAR = 12
"""Words between the noun and the verb of one statement."""
_REACH = 4
"""Words between "this", "our" or "we" and what they own or do."""
_SHORT = 5
"""Words of a sentence that can be nothing but a notice ("Meldung gelöscht")."""


def is_notice(text: str, words: Lexicon) -> bool:
    """Whether the opening of a text is a notice that something published was taken back."""
    return any(takes_back(sentence, words) for sentence in sentences(text[:_OPENING], words)[:_OPENING_SENTENCES])


def newly_taken_back(was: Sequence[Sentence], now: Sequence[Sentence], words: Lexicon) -> str | None:
    """The sentence of the new text that takes the old one back, or ``None``."""
    old = {sentence.keys for sentence in was}
    return next((s.text for s in now if s.keys not in old and takes_back(s, words)), None)


def takes_back(sentence: Sentence, words: Lexicon) -> bool:
    """Whether the outlet speaks of its own report and says that it is withdrawn or was wrong.

    A speaker who denies ("the ministry said that the report was false") is not the outlet; nor does "an earlier version
    of this report misstated …" take anything but a detail back.
    """
    keys = sentence.keys
    nouns, verbs, wrongs, ours = (
        [at for at, key in enumerate(keys) if words.has(name, key)] for name in ("report", "withdrawn", "wrong", "ours")
    )
    if _is_label(sentence, verbs) or _speaker_retracts(keys, verbs, words) or _we_retract(keys, verbs):
        return True
    if not nouns or any(_speaks(keys, at, words) for at in range(len(keys)) if at not in nouns):
        return False
    near = [(n, v) for n in nouns for v in verbs if abs(n - v) <= _FAR]
    taken_back = any(
        _taken_back_in_english(keys, n, v, ours)
        if words.language == "en"
        else n == 0 or len(keys) <= _SHORT or _owned(n, ours) or _owned(v, ours)
        for n, v in near
    )
    return taken_back or ("version" not in keys and any(_owned(n, ours) and _wrongs(n, wrongs) for n in nouns))


def _taken_back_in_english(keys: Sequence[str], noun: int, verb: int, ours: list[int]) -> bool:
    """Whether the report itself was removed ("has been removed", "we removed it"), not something that it tells of."""
    owned = _owned(noun, ours) or (keys[0] == "the" and noun <= 2)
    # In "the news is that mines were removed" the verb belongs to what is told.
    auxiliaries = {"been"} if "that" in keys[noun:verb] else {"been", "was", "were", "is", "are", "be"}
    passive = noun < verb and not auxiliaries.isdisjoint(keys[max(0, verb - 2) : verb])
    ordered = keys[verb].startswith("retract") or (verb == 0 and keys[verb] == "disregard")
    return "we" in keys[max(0, verb - 4) : verb] or (owned and (passive or ordered))


def _wrongs(noun: int, wrongs: list[int]) -> bool:
    """Whether the report is called wrong: just before it ("incorrect information"), or somewhere after."""
    return any(0 < wrong - noun <= _FAR or 0 < noun - wrong <= 2 for wrong in wrongs)


def _speaks(keys: Sequence[str], at: int, words: Lexicon) -> bool:
    """Whether somebody says something there; what "could not be confirmed" is said by nobody."""
    return words.has("says", keys[at]) and (at == 0 or keys[at - 1] not in {"be", "been"})


def _is_label(sentence: Sentence, verbs: list[int]) -> bool:
    """``RETRACTED:``, ``[Withdrawn]``, or the bare word."""
    if 0 not in verbs:
        return False
    first = sentence.units[0]
    after = sentence.text[first.end : first.end + 1]
    return len(sentence.units) == 1 or after in {":", "]", ")"}


def _owned(at: int, ours: list[int]) -> bool:
    """Whether "this", "our" or "we" stands just before."""
    return any(0 < at - own <= _REACH for own in ours)


def _we_retract(keys: Sequence[str], verbs: list[int]) -> bool:
    """English "it was incorrect and we have removed it"."""
    return any("we" in keys[max(0, at - 3) : at] and keys[at + 1 : at + 2] == ("it",) for at in verbs)


def _speaker_retracts(keys: Sequence[str], verbs: list[int], words: Lexicon) -> bool:
    """English "the ministry has retracted its earlier statement"."""
    return any(
        keys[at].startswith(("retract", "withdr", "rescind"))
        and any(key in {"its", "his", "her", "their", "this"} for key in keys[at + 1 : at + 2])
        and any(words.has("report", key) for key in keys[at + 2 : at + 4])
        for at in verbs
    )
