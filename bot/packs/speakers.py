"""Speaker packs: how a language says who speaks, and known spellings of names (kind "speakers")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import lowered
from bot.core.wordset import PhraseSet, WordSet
from bot.packs.document import Table

_SETS = (
    "verbs",
    "between",
    "roles",
    "institutions",
    "vague",
    "anonymous",
    "indefinite",
    "modifiers",
    "describing",
    "asides",
    "connectors",
    "owning",
    "articles",
    "pronouns",
    "neuter",
    "mouths",
    "outlets",
    "carrying",
    "openers",
    "reporting",
    "notices",
    "about",
    "prepositions",
    "subordinators",
    "selves",
    "voicing",
    "honorifics",
    "conjunctions",
    "never",
)
_FLAGS = ("verb_first", "subject_first", "free_order", "uncased")


@dataclass(frozen=True, slots=True)
class SpeakerPack:
    """One file; ``language`` is ``None`` where its names hold in every language."""

    language: str | None
    sets: dict[str, frozenset[str]]
    leads: tuple[tuple[str, ...], ...]
    citing: tuple[tuple[str, ...], ...]
    tails: tuple[tuple[str, ...], ...]
    unspoken: tuple[tuple[str, ...], ...]
    flags: frozenset[str]
    nominative: dict[str, str]
    known: dict[str, str]


def read_speakers(table: Table) -> SpeakerPack:
    """Check a speaker pack's file. Raises :class:`~bot.core.errors.PackError`."""
    language = table.text("language", "*")
    return SpeakerPack(
        None if language == "*" else language,
        {key: frozenset(lowered(word) for word in table.texts(key, ())) for key in _SETS},
        _phrases(table.texts("leads", ())),
        _phrases(table.texts("citing", ())),
        _phrases(table.texts("tails", ())),
        _phrases(table.texts("unspoken", ())),
        frozenset(flag for flag in _FLAGS if table.flag(flag)),
        {form.lower(): name for form, name in table.words("nominative").items()},
        {
            lowered(spelling): name
            for name, spellings in table.lists("known").items()
            for spelling in (name, *spellings)
        },
    )


def compile_speech(packs: Iterable[SpeakerPack], language: str) -> Speech:
    """All packs that apply to a language as one value."""
    chosen = [pack for pack in packs if pack.language in {None, language}]
    sets: dict[str, Any] = {key: WordSet(frozenset().union(*(pack.sets[key] for pack in chosen))) for key in _SETS}
    flags = frozenset().union(*(pack.flags for pack in chosen))
    return Speech(
        language,
        **sets,
        leads=PhraseSet(lead for pack in chosen for lead in (*pack.leads, *pack.citing)),
        citing=PhraseSet(lead for pack in chosen for lead in pack.citing),
        tails=PhraseSet(tail for pack in chosen for tail in pack.tails),
        unspoken=PhraseSet(phrase for pack in chosen for phrase in pack.unspoken),
        verb_first="verb_first" in flags,
        subject_first="subject_first" in flags,
        free_order="free_order" in flags,
        uncased="uncased" in flags,
        nominative={form: name for pack in chosen for form, name in pack.nominative.items()},
        known={spelling: name for pack in chosen for spelling, name in pack.known.items()},
    )


def _phrases(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(lowered(text).split()) for text in texts)
