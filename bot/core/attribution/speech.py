"""The words by which a language says who speaks: plain values, filled from a speakers pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.wordset import PhraseSet, WordSet

_NONE = WordSet()
_NO_PHRASES = PhraseSet()


@dataclass(frozen=True, slots=True)
class Speech:
    """One language's words, all in lower case; ``*`` after a beginning stands for any ending."""

    language: str = ""
    """Its tag: decides how inflected names are shown."""
    verbs: WordSet = _NONE
    """What a speaker does: said, announced, wrote."""
    unspoken: PhraseSet = _NO_PHRASES
    """Phrases in which such a verb says nothing: "recalled its" ambassador, "called off"."""
    leads: PhraseSet = _NO_PHRASES
    """Phrases that a speaker follows: "according to", "statement by"."""
    citing: PhraseSet = _NO_PHRASES
    """Those of the leads behind which somebody's words are carried by somebody else: "citing"."""
    tails: PhraseSet = _NO_PHRASES
    """Phrases that follow a speaker: Turkish "X'e göre" and the like."""
    verb_first: bool = False
    """Whether the verb stands before its subject as a rule (Arabic), not only after a quote."""
    subject_first: bool = False
    """Whether the subject opens the sentence and the verb closes it (Turkish)."""
    uncased: bool = False
    """Whether the script has no capitals, so that titles and word order tell a name."""
    carrying: WordSet = _NONE
    """Verbs by which outlets carry what is "from" somebody."""
    openers: WordSet = _NONE
    """The first words of leads, to which a conjunction may be written on."""
    free_order: bool = False
    """Whether word order does not tell what describes what (Slavic): only listed words make a name."""
    between: WordSet = _NONE
    """What may stand between speaker and verb: also, later, has."""
    roles: WordSet = _NONE
    """What a person is: minister, spokesperson, mayor."""
    institutions: WordSet = _NONE
    """What an organisation is: ministry, army, police."""
    vague: WordSet = _NONE
    """Roles and institutions that alone name nobody: ministry, spokesperson."""
    anonymous: WordSet = _NONE
    """Roles and bodies that hide who speaks, unless a name stands with them: officials, media, sources."""
    indefinite: WordSet = _NONE
    """Articles that say "one of many": a, an."""
    modifiers: WordSet = _NONE
    """What stands before either: deputy, regional, defence."""
    describing: WordSet = _NONE
    """What describes either without a capital: endings of adjectives."""
    asides: WordSet = _NONE
    """What opens an aside between a verb and its subject: "in" his channel."""
    connectors: WordSet = _NONE
    """What joins the parts of a name: of, for, and."""
    owning: WordSet = _NONE
    """Those of the connectors behind which an owner stands: of, for."""
    articles: WordSet = _NONE
    pronouns: WordSet = _NONE
    """He, she: whoever spoke last."""
    neuter: WordSet = _NONE
    """Those of the pronouns that stand for a body: it."""
    mouths: WordSet = _NONE
    """Roles whose words are those of the body that they speak for: spokesperson."""
    outlets: WordSet = _NONE
    """What carries other people's words: agency, newspaper, channel."""
    reporting: WordSet = _NONE
    """Those of the verbs by which outlets carry them: reports, writes."""
    notices: WordSet = _NONE
    """What a speaker issues: statement, announcement, report."""
    about: WordSet = _NONE
    """What follows a notice in a heading: on, about."""
    prepositions: WordSet = _NONE
    """What makes the name behind it no subject: with, against, near."""
    subordinators: WordSet = _NONE
    """What opens the content of somebody's speech: that. Who speaks in there is quoted, not the source."""
    selves: WordSet = _NONE
    """By which a speaker means himself: behind "X:" they tell that X speaks."""
    voicing: WordSet = _NONE
    """What opens a sentence whose quotation is somebody's: "for" X the worst is this."""
    honorifics: WordSet = _NONE
    """Titles that are part of a name of one word: pope, sister."""
    conjunctions: WordSet = _NONE
    """What joins two verbs of one speaker: and, but."""
    never: WordSet = _NONE
    """Words that are no part of a name even with a capital: however, monday, in."""
    nominative: Mapping[str, str] = field(default_factory=dict)
    """Heads of names in an oblique case, and the form in which such a name is shown."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Spellings in lower case, and the name that each stands for."""
    names: PhraseSet = field(init=False)
    """The known names of several words."""
    endings: frozenset[str] = field(init=False)
    """Their last words."""
    kinds: WordSet = field(init=False)
    """Roles and institutions."""
    titles: WordSet = field(init=False)
    """Those and their modifiers."""
    joints: WordSet = field(init=False)
    """Connectors and articles."""
    plain: WordSet = field(init=False)
    """Titles and connectors: a phrase of nothing else names nobody."""
    parts: WordSet = field(init=False)
    """Whatever may stand in a speaker's phrase without a capital."""

    def __post_init__(self) -> None:
        kinds = self.roles | self.institutions
        titles = kinds | self.modifiers
        joints = self.connectors | self.articles
        several = [tuple(name.split()) for name in self.known if " " in name]
        for name, value in {
            "names": PhraseSet(several),
            "endings": frozenset(words[-1] for words in several),
            "kinds": kinds,
            "titles": titles,
            "joints": joints,
            "plain": titles | self.connectors,
            "parts": titles | joints | self.notices | self.describing,
        }.items():
            object.__setattr__(self, name, value)
