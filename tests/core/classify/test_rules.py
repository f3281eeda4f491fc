"""Rules give topics with reasons; vetoes, long texts and ties are decided as documented."""

from __future__ import annotations

import pytest

from bot.core.classify.lexicon import Lexicon
from bot.core.classify.notation import parse_condition
from bot.core.classify.rules import Rule, RuleSet, Scope, Veto
from bot.core.model import Tag

FILLER = "The weather was mild and nothing else is known about that day in the valley. " * 8


@pytest.fixture
def rules(lexicon: Lexicon) -> RuleSet:
    """Two topics and a veto."""

    def rule(topic: str, when: str, **more: object) -> Rule:
        return Rule(topic, f"{topic} by {when}", "test", parse_condition(when, lexicon.index), **more)  # type: ignore[arg-type]

    return RuleSet(
        lexicon,
        [
            rule("danger", "fire and home"),
            rule("numbers", "number"),
            rule("both", "fire and home and number", scope=Scope.PAIR),
            rule("given", "home", given=parse_condition("fire", lexicon.index)),
        ],
        [Veto("sport", "test", parse_condition("count(sport, 2)", lexicon.index), Scope.TEXT)],
        order=["danger", "numbers"],
        safety=frozenset({"danger"}),
    )


def topics(tags: tuple[Tag, ...]) -> list[str]:
    """Slugs in order."""
    return [tag.topic for tag in tags]


def test_a_rule_looks_at_one_sentence(rules: RuleSet) -> None:
    """Words of two sentences do not make a match, except for a rule that looks at neighbours."""
    assert "danger" not in topics(rules.tag("Shelling went on. The house is old."))
    assert "both" in topics(rules.tag("Shelling went on. Two houses are old."))
    assert "both" not in topics(rules.tag("Shelling went on. It rained. Two houses are old."))


def test_the_whole_text_can_be_a_condition(rules: RuleSet) -> None:
    """``given`` looks at all sentences."""
    assert "given" in topics(rules.tag("The house is old. It rained. Shelling went on."))
    assert "given" not in topics(rules.tag("The house is old."))


def test_a_tag_carries_words_rule_and_pack(rules: RuleSet) -> None:
    """Each span stands in the text, in its order, once."""
    tag = next(tag for tag in rules.tag("A house burned in the shelling of houses.") if tag.topic == "danger")
    assert [match.words for match in tag.matches] == ["house", "shelling", "houses"]
    assert {(match.rule, match.pack) for match in tag.matches} == {("danger by fire and home", "test")}


def test_nothing_found_is_other(rules: RuleSet) -> None:
    """The explicit rest, with no words."""
    for text in ("", "!!!", "The weather is mild.", "\n\n", "🙂"):
        assert rules.tag(text) == (Tag("other"),)


def test_a_veto_takes_the_text_out(rules: RuleSet) -> None:
    """Two words of sport, and a shelled house is a figure of speech."""
    assert topics(rules.tag("The striker's goal shelled the house.")) == ["other"]
    assert topics(rules.tag("The goal is that no house is shelled."))[0] == "danger"


def test_a_heading_counts_most(rules: RuleSet) -> None:
    """What the heading says comes first, whatever the body says more often."""
    body = "Shelling of houses. It rained."
    assert topics(rules.tag(f"Two of three\n{body}", heading=True))[0] == "numbers"
    assert rules.tag(f"Two of three\n{body}", heading=True)[0].score > rules.tag("Two of three")[0].score


def test_in_a_long_text_one_late_mention_is_no_topic(rules: RuleSet) -> None:
    """Unless safety hangs on it, or it is said twice."""
    assert "numbers" not in topics(rules.tag(f"{FILLER} Two came."))
    assert "numbers" in topics(rules.tag(f"{FILLER} Two came. It rained. Three left."))
    assert "numbers" in topics(rules.tag(f"Two came. {FILLER}"))
    assert "danger" in topics(rules.tag(f"{FILLER} A house was shelled."))


def test_a_megabyte_is_bounded(rules: RuleSet) -> None:
    """Only the beginning of a text is looked at."""
    assert topics(rules.tag("word " * 200_000 + "A house was shelled.")) == ["other"]
    assert "danger" in topics(rules.tag("A house was shelled. " * 50_000))
