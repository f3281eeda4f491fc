"""The words by which a language says who speaks: plain values, filled from a speakers pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Speech:
    """One language's words, all in lower case."""

    verbs: frozenset[str] = frozenset()
    """What a speaker does: said, announced, wrote."""
    leads: tuple[tuple[str, ...], ...] = ()
    """Phrases that a speaker follows: "according to", "statement by"."""
    tails: tuple[tuple[str, ...], ...] = ()
    """Phrases that follow a speaker: Turkish "X'e göre" and the like."""
    verb_first: bool = False
    """Whether the verb stands before its subject as a rule (Arabic), not only after a quote."""
    subject_first: bool = False
    """Whether the subject opens the sentence and the verb closes it (Turkish)."""
    uncased: bool = False
    """Whether the script has no capitals, so that a name is what stands between verb and the next small word."""
    between: frozenset[str] = frozenset()
    """What may stand between speaker and verb: also, later, has."""
    roles: frozenset[str] = frozenset()
    """What a person is: minister, spokesperson, mayor."""
    institutions: frozenset[str] = frozenset()
    """What an organisation is: ministry, army, police."""
    vague: frozenset[str] = frozenset()
    """Roles and institutions that alone name nobody: ministry, spokesperson."""
    anonymous: frozenset[str] = frozenset()
    """Roles and bodies that hide who speaks, unless a name stands with them: officials, media, sources."""
    indefinite: frozenset[str] = frozenset()
    """Articles that say "one of many": a, an."""
    modifiers: frozenset[str] = frozenset()
    """What stands before either: deputy, regional, defence."""
    connectors: frozenset[str] = frozenset()
    """What joins the parts of a name: of, for, and."""
    articles: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    """He, she: whoever spoke last."""
    notices: frozenset[str] = frozenset()
    """What a speaker issues: statement, announcement, report."""
    about: frozenset[str] = frozenset()
    """What follows a notice in a heading: on, about."""
    prepositions: frozenset[str] = frozenset()
    """What makes the name behind it no subject: with, against, near."""
    subordinators: frozenset[str] = frozenset()
    """What opens the content of somebody's speech: that. Who speaks in there is quoted, not the source."""
    conjunctions: frozenset[str] = frozenset()
    """What joins two verbs of one speaker: and, but."""
    never: frozenset[str] = frozenset()
    """Words that are no part of a name even with a capital: however, monday, in."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Spellings in lower case, and the name that each stands for."""
