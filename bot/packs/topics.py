"""Topic packs: the taxonomy with its rules (kind "topics") and the words of a language (kind "words")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields

from bot.core.classify.expression import Condition
from bot.core.classify.lexicon import Lexicon
from bot.core.classify.notation import ExpressionError, parse_condition
from bot.core.classify.rules import Rule, RuleSet, Scope, Veto
from bot.core.classify.stems import fold
from bot.core.classify.terms import Term, TermError, parse_term
from bot.core.small_words import SmallWords
from bot.core.wordset import WordSet
from bot.packs.document import Table

_SCOPES = tuple(Scope)
_SMALL = tuple(field.name for field in fields(SmallWords))
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 32
"""A deep link and a button's data carry the slug (Bot API: 64 bytes each)."""


@dataclass(frozen=True, slots=True)
class TopicEntry:
    """A topic as its pack states it; names, labels and hashtags by language."""

    slug: str
    names: Mapping[str, str]
    labels: Mapping[str, str]
    hashtags: Mapping[str, str]
    safety: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A text with topics that it must and must not get."""

    text: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    table: Table


@dataclass(slots=True)
class TopicPack:
    """One file, read and checked as far as it goes alone."""

    name: str
    table: Table
    language: str | None
    """``None``: its rules hold in every language."""
    topics: list[TopicEntry] = field(default_factory=list)
    meanings: dict[str, str] = field(default_factory=dict)
    concepts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms as they are written: they are read when the pack is compiled, and need not stay in memory."""
    common: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    values: dict[str, int] = field(default_factory=dict)
    """What number words are worth."""
    small: dict[str, frozenset[str]] = field(default_factory=dict)
    """Small words by what they do, as in :class:`~bot.core.small_words.SmallWords`."""
    persons: dict[str, int] = field(default_factory=dict)
    """How many people words mean that say so by their form: "woman" 1, "couple" 2."""
    rules: list[Table] = field(default_factory=list)
    vetoes: list[Table] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    without: frozenset[str] = frozenset()
    """Names of rules that this pack switches off."""


def read_topics(table: Table, name: str) -> TopicPack:
    """Check a topic pack's file. Raises :class:`~bot.core.errors.PackError`."""
    language = table.text("language", "*")
    pack = TopicPack(name, table, None if language == "*" else language)
    pack.topics = [_topic(one) for one in table.tables("topic", "slug")]
    pack.meanings = table.words("meanings")
    pack.common = frozenset(table.texts("common", ()))
    pack.numbers = frozenset(table.texts("numbers", ()))
    pack.values = {fold(word, language): value for word, value in table.numbers("values").items()}
    pack.persons = {fold(word, language): worth for word, worth in table.numbers("persons").items()}
    pack.small = _small(table, language)
    pack.concepts = table.lists("concepts")
    pack.rules = table.tables("rule", "name")
    pack.vetoes = table.tables("veto", "name")
    pack.without = frozenset(table.texts("without", ()))
    pack.examples = [_example(one) for one in table.tables("example", "text")]
    if pack.concepts and pack.language is None:
        table.fail("words need a language", "concepts")
    return pack


def _small(table: Table, language: str) -> dict[str, frozenset[str]]:
    """The small words of a pack, folded, by what they do."""
    lists = table.lists("small")
    for kind in lists:
        if kind not in _SMALL:
            table.fail(f"{kind!r} is no kind of small words", kind)
    return {
        kind: frozenset(word if "*" in word else fold(word, language) for word in words)
        for kind, words in lists.items()
    }


def small_words(packs: Iterable[TopicPack]) -> SmallWords:
    """The small words of all these packs together."""
    packs = list(packs)
    return SmallWords(
        **{kind: WordSet(frozenset().union(*(pack.small.get(kind, frozenset()) for pack in packs))) for kind in _SMALL}
    )


def compile_rules(packs: Iterable[TopicPack], language: str) -> RuleSet:
    """All packs that apply to a language as one set of rules. Raises :class:`~bot.core.errors.PackError`."""
    packs = [pack for pack in packs if pack.language in {None, language}]
    topics = [topic for pack in packs for topic in pack.topics]
    slugs = frozenset(topic.slug for topic in topics)
    concepts: dict[str, tuple[Term, ...]] = {name: () for pack in packs for name in pack.meanings}
    for pack in packs:
        for name, terms in pack.concepts.items():
            if name not in concepts:
                pack.table.fail(f"{name!r} is no concept: declare it under [meanings]", name)
            concepts[name] += tuple(_term(pack.table, term) for term in terms)
    lexicon = Lexicon(
        language,
        concepts,
        common=frozenset().union(*(pack.common for pack in packs)),
        number_words=frozenset().union(*(pack.numbers for pack in packs)),
    )
    rules = [_rule(one, pack, lexicon, slugs) for pack in packs for one in pack.rules]
    vetoes = [_veto(one, pack, lexicon, slugs) for pack in packs for one in pack.vetoes]
    off = _switched_off(packs, {rule.name for rule in rules} | {veto.name for veto in vetoes})
    return RuleSet(
        lexicon,
        [rule for rule in rules if rule.name not in off],
        [veto for veto in vetoes if veto.name not in off],
        order=[topic.slug for topic in topics],
        safety=frozenset(topic.slug for topic in topics if topic.safety),
    )


def _switched_off(packs: Iterable[TopicPack], known: Collection[str]) -> frozenset[str]:
    for pack in packs:
        for name in sorted(pack.without - frozenset(known)):
            pack.table.document.fail(f"no rule or veto is called {name!r}", at=f'"{name}"')
    return frozenset().union(*(pack.without for pack in packs))


def _topic(table: Table) -> TopicEntry:
    slug = table.text("slug")
    if not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        table.fail(f"slug {slug!r} must be small letters, digits and hyphens, at most {LONGEST_SLUG}", slug)
    topic = TopicEntry(slug, table.words("name"), table.words("label"), table.words("hashtag"), table.flag("safety"))
    for key, words in (("name", topic.names), ("label", topic.labels), ("hashtag", topic.hashtags)):
        if "en" not in words:
            table.fail(f"topic {slug!r} needs {key}.en")
    table.end()
    return topic


def _term(table: Table, source: str) -> Term:
    try:
        return parse_term(source)
    except TermError as error:
        table.document.fail(str(error), at=f'"{source}"')


def _example(table: Table) -> Example:
    example = Example(table.text("text"), table.texts("must", ()), table.texts("must_not", ()), table)
    if not example.must and not example.must_not:
        table.fail("an example needs must or must_not")
    table.end()
    return example


def _rule(table: Table, pack: TopicPack, lexicon: Lexicon, slugs: frozenset[str]) -> Rule:
    topic = table.text("topic")
    _known(table, topic, slugs)
    rule = Rule(
        topic=topic,
        name=table.text("name"),
        pack=pack.name,
        when=_condition(table, "when", lexicon),
        scope=Scope(table.one_of("scope", _SCOPES, Scope.SENTENCE)),
        given=_condition(table, "given", lexicon) if "given" in table.values else None,
        weight=table.number("weight", 1.0),
    )
    table.end()
    return rule


def _veto(table: Table, pack: TopicPack, lexicon: Lexicon, slugs: frozenset[str]) -> Veto:
    topics = table.texts("topics", ())
    for topic in topics:
        _known(table, topic, slugs)
    veto = Veto(
        name=table.text("name"),
        pack=pack.name,
        when=_condition(table, "when", lexicon),
        scope=Scope(table.one_of("scope", (Scope.SENTENCE, Scope.TEXT), Scope.SENTENCE)),
        topics=frozenset(topics),
    )
    table.end()
    return veto


def _known(table: Table, topic: str, slugs: frozenset[str]) -> None:
    if topic not in slugs:
        table.fail(f"{topic!r} is no topic", "topic")


def _condition(table: Table, key: str, lexicon: Lexicon) -> Condition:
    try:
        return parse_condition(table.text(key), lexicon.index)
    except ExpressionError as error:
        table.fail(f"{key}: {error}", key)
