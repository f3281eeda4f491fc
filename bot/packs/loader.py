"""The packs that ship with Sitrep and those of an operator, loaded.

What ships is compiled for a language when its first text comes, and its examples are run by the tests and by
``sitrep topics check``. An operator's directory is compiled and its examples are run at once, so that a mistake is
told at the start and not in the middle of a night.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.core.attribution.find import find_speakers
from bot.core.attribution.speech import Speech
from bot.core.casualties import Casualties, Counter, CountWords
from bot.core.classify.language import choose_language
from bot.core.classify.lint import Collision, collisions
from bot.core.classify.rules import RuleSet
from bot.core.findings import Findings
from bot.core.level import Grade, Signs, grade
from bot.core.model import OTHER_TOPIC, NewsUpdate, Tag, Topic
from bot.core.places import Gazetteer, Place
from bot.core.signs import signs_of
from bot.packs.files import (
    SHIPPED,
    Pack,
    read_directory,
    read_optional,
    read_overlays,
    read_pack,
    read_topic_pack,
    shipped,
)
from bot.packs.places import PlacePack, compile_places
from bot.packs.speakers import SpeakerPack, compile_speech
from bot.packs.taxonomy import entries, topic_in
from bot.packs.topics import Example, TopicPack, compile_rules, small_words

_REFERENCE = "en"
"""A rule for every language is compiled in this one: concepts have the same names everywhere."""


def load_packs(directory: Path | None = None, optional: Iterable[str] = ()) -> Packs:
    """The shipped packs, on top of them the optional topics of these names, and every ``*.toml`` of ``directory``.

    Raises:
        PackError: a file can't be read, has an unknown key, a slug that is taken, a condition that can't be parsed
            or an example that fails; the message names file, line and reason. Or no optional topic has such a name.
    """
    own = read_directory(directory) if directory else []
    packs = Packs([*read_optional(optional), *own])
    if own:
        packs.verify(own)
    return packs


class Packs:
    """All packs. Pure and fast once loaded; it implements ``bot.services.ports.tagging.Tagger``."""

    def __init__(self, own: Sequence[Pack] = (), overlays: Sequence[Pack] = ()) -> None:
        self._base = tuple(own)
        own = [*own, *overlays]
        self._taxonomy = read_topic_pack(SHIPPED / "topics.toml")
        self._own = [pack for pack in own if isinstance(pack, TopicPack)]
        self._own_speakers = [pack for pack in own if isinstance(pack, SpeakerPack)]
        self._own_places = [pack for pack in own if isinstance(pack, PlacePack)]
        self._gazetteer: Gazetteer | None = None
        self._words: dict[str, tuple[TopicPack, ...]] = {}
        self._rules: dict[str, RuleSet] = {}
        self._speech: dict[str, Speech] = {}
        self._counters: dict[str, Counter] = {}
        shipped_words = {path.stem.removeprefix("words-") for path in shipped("words")}
        self.languages = tuple(sorted(shipped_words | {pack.language for pack in self._own if pack.language}))
        """The languages that have a pack."""
        self._entries = entries([self._taxonomy, *self._own])

    def with_overlays(self, overlays: Mapping[str, str]) -> Packs:
        """These packs and, on top, packs given as text, checked like a file: compiled, and their examples run.

        Overlays do not add up: the result has exactly these, whatever this one has; to undo one, leave it out.
        Compiling takes some tenths of a second: call it in a thread.

        Args:
            overlays: TOML by name; the name stands where a message about a file has its path.

        Raises:
            PackError: as for :func:`load_packs`. This one stays as it is.
        """
        read = read_overlays(overlays)
        packs = Packs(self._base, read)
        packs.verify(read)
        return packs

    @property
    def topics(self) -> Sequence[Topic]:
        """Every topic in the order that keyboards show, ``other`` last; names in English."""
        return self.topics_in("en")

    def topics_in(self, language: str) -> Sequence[Topic]:
        """Like :attr:`topics`, in a language; what the packs have no word for stays English."""
        return tuple(topic_in(entry, language) for entry in self._entries)

    def topic_named(self, name: str) -> str | None:
        """The slug of the topic that a person calls so, in any of the packs' languages."""
        wanted = name.strip().lstrip("#").casefold()
        for entry in self._entries:
            words = (entry.slug, *entry.names.values(), *entry.labels.values(), *entry.hashtags.values())
            if wanted in {word.lstrip("#").casefold() for word in words}:
                return entry.slug
        return None

    def tag(self, news: NewsUpdate, *, language: str | None) -> tuple[Tag, ...]:
        """Strongest first; exactly ``other`` when no rule matched.

        Args:
            news: the update.
            language: what the feed declares (BCP 47), or ``None``; a text in another script gets that script's pack.
        """
        text = news.whole
        chosen = choose_language(language, text, self.languages)
        return self.rules(chosen).tag(text, heading=bool(news.heading)) if chosen else (Tag(OTHER_TOPIC),)

    def attribution(self, news: NewsUpdate, *, language: str | None) -> tuple[str, ...]:
        """Who says it, lead speaker first; empty when the text names nobody. Arguments as for :meth:`tag`."""
        text = news.whole
        chosen = choose_language(language, text, self.languages)
        return find_speakers(text, self.speech(chosen)) if chosen else ()

    def findings(self, news: NewsUpdate, *, language: str | None) -> Findings:
        """Everything that the words tell, in one pass. Arguments as for :meth:`tag`."""
        text = news.whole
        chosen = choose_language(language, text, self.languages)
        if chosen is None:
            places = self.places(news)
            return Findings((Tag(OTHER_TOPIC),), places=places, within=self._around(places))
        rules = self.rules(chosen)
        read = rules.read(text)
        places = self.gazetteer.find(text, [sentence for sentence, _ in read])
        tags = rules.tag_read(read, text, heading=bool(news.heading))
        casualties = self._counter(chosen).count(read, text)
        signs = signs_of(read, rules.lexicon, self._counter(chosen).small, casualties, heading=bool(news.heading))
        return Findings(
            tags,
            find_speakers(text, self.speech(chosen)),
            places,
            self._around(places),
            grade([tag.topic for tag in tags], casualties, signs),
            casualties,
            denial=signs.denial,
            all_clear=signs.all_clear,
        )

    def speech(self, language: str) -> Speech:
        """How a language says who speaks, kept."""
        if language not in self._speech:
            packs = [read for path in shipped("speakers") if isinstance(read := read_pack(path), SpeakerPack)]
            self._speech[language] = compile_speech([*packs, *self._own_speakers], language)
        return self._speech[language]

    def places(self, news: NewsUpdate) -> tuple[Place, ...]:
        """The places that the update names, the most specific first; their packs hold every script."""
        return self.gazetteer.find(news.whole)

    def _around(self, places: Iterable[Place]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(up for place in places for up in self.within(place.id)))

    def place(self, place_id: str) -> Place | None:
        """A place of the packs; ``None`` for an id that none has."""
        return self.gazetteer.places.get(place_id)

    def within(self, place_id: str) -> tuple[str, ...]:
        """The ids of what a place lies in, nearest first; empty for an unknown one."""
        place = self.place(place_id)
        return tuple(up.id for up in self.gazetteer.parents(place)) if place else ()

    def places_named(self, name: str) -> tuple[Place, ...]:
        """The places with this name in any script, as a person types it."""
        return self.gazetteer.named(name)

    @property
    def place_names(self) -> frozenset[str]:
        """Every name of every place, as written in the packs; the same set at every call."""
        return self.gazetteer.names

    @property
    def gazetteer(self) -> Gazetteer:
        """All place packs, compiled at first use."""
        if self._gazetteer is None:
            packs = [read for path in shipped("places") if isinstance(read := read_pack(path), PlacePack)]
            self._gazetteer = compile_places([*packs, *self._own_places])
        return self._gazetteer

    def casualties(self, news: NewsUpdate, *, language: str | None) -> Casualties:
        """How many people were killed, wounded or displaced. Arguments as for :meth:`tag`."""
        chosen = choose_language(language, news.whole, self.languages)
        if chosen is None:
            return Casualties()
        return self._counter(chosen).count(self.rules(chosen).read(news.whole), news.whole)

    def grade(self, news: NewsUpdate, tags: Sequence[Tag], *, language: str | None) -> Grade:
        """The level of an update that has these tags, with its reasons."""
        chosen = choose_language(language, news.whole, self.languages)
        topics = [tag.topic for tag in tags]
        if chosen is None:
            return grade(topics, Casualties(), Signs())
        read = self.rules(chosen).read(news.whole)
        casualties = self._counter(chosen).count(read, news.whole)
        signs = signs_of(
            read, self.rules(chosen).lexicon, self._counter(chosen).small, casualties, heading=bool(news.heading)
        )
        return grade(topics, casualties, signs)

    def _counter(self, language: str) -> Counter:
        if language not in self._counters:
            packs = [pack for pack in self._packs_for(language) if pack.language == language]
            words = CountWords(
                {word: value for pack in packs for word, value in pack.values.items()},
                {word: worth for pack in packs for word, worth in pack.persons.items()},
                small_words(packs),
            )
            self._counters[language] = Counter(self.rules(language).lexicon, words)
        return self._counters[language]

    def rules(self, language: str) -> RuleSet:
        """The compiled rules of a language, kept."""
        if language not in self._rules:
            self._rules[language] = compile_rules(self._packs_for(language), language)
        return self._rules[language]

    def verify(self, own: Sequence[Pack]) -> None:
        """Compile what these packs touch and run their examples.

        Raises:
            PackError: a rule can't be compiled, a parent is missing, an example fails.
        """
        topics = [pack for pack in own if isinstance(pack, TopicPack)]
        for language in {_REFERENCE, *(pack.language for pack in topics if pack.language)}:
            self.rules(language)
            self.check(language, topics)
        self._gazetteer = self.gazetteer

    def collisions(self, language: str) -> tuple[Collision, ...]:
        """Words of the language's packs that stemming confuses."""
        return collisions(self.rules(language).lexicon)

    def check(self, language: str, packs: Sequence[TopicPack] | None = None) -> int:
        """Run the examples of these packs (default: all) that are in this language; how many there were.

        Raises:
            PackError: one of them fails.
        """
        chosen = self._packs_for(language) if packs is None else packs
        examples = [one for pack in chosen if pack.language == language for one in pack.examples]
        for example in examples:
            _run(example, self.rules(language))
        return len(examples)

    def check_optional(self, name: str) -> int:
        """Run the examples of an optional topic, which these packs must have; how many there were.

        Raises:
            PackError: one of them fails.
        """
        packs = [pack for pack in read_optional([name]) if isinstance(pack, TopicPack)]
        return sum(self.check(language, packs) for language in {pack.language for pack in packs if pack.language})

    def _packs_for(self, language: str) -> list[TopicPack]:
        if language not in self._words:
            paths = [SHIPPED / f"{kind}-{language}.toml" for kind in ("words", "counts")]
            self._words[language] = tuple(read_topic_pack(path) for path in paths if path.exists())
        return [self._taxonomy, *self._words[language], *self._own]


def _run(example: Example, rules: RuleSet) -> None:
    got = [tag.topic for tag in rules.tag(example.text)]
    for topic in example.must:
        if topic not in got:
            example.table.fail(f"must match {topic}, got {', '.join(got)}: {example.text!r}", "text")
    for topic in example.must_not:
        if topic in got:
            example.table.fail(f"must not match {topic}: {example.text!r}", "text")
