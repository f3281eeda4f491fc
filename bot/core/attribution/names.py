"""The name in a speaker's phrase: a person's where there is one, else an organisation's, else none."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.core.attribution.phrases import (
    Phrase,
    bare,
    is_possessive,
    name_run,
    of_a_name,
    trimmed,
    without_articles,
    without_owner,
    words_of,
)
from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import Token, make_token

_GENITIVE = frozenset("аяыиіїйу")
_PATRONYMIC = re.compile(r"(?:ович|евич|ич|овна|евна|ична|івна|ївна)(?:а|у|ем|ом|ы|и)?$")


class Speaker(NamedTuple):
    """A name as it stands in the text."""

    name: str
    person: bool = False
    """Whether it certainly is a person's: it follows a role, or an organisation follows it."""
    role: str = ""
    """The role in lower case, by which "the minister" is known again."""
    back: bool = False
    """It points back ("the minister", "the ministry"): somebody already named, if anybody is."""
    oblique: bool = False
    """It stands in another case than the nominative."""
    cited: bool = False
    """Somebody else's report cites it."""


def speaker_of(phrase: Phrase, text: str, speech: Speech) -> Speaker | None:
    """The name in a phrase: the person where a role stands before one, else the organisation, else nothing."""
    definite = bool(phrase) and phrase[0].low in speech.articles
    one_of_many = bool(phrase) and phrase[0].low in speech.indefinite
    phrase = without_articles(phrase, speech)
    if len(phrase) > 1 and phrase[-1].low in speech.notices and phrase[-1].text.islower():
        phrase = _disowned(trimmed(phrase[:-1], speech))
    if not phrase or (phrase[-1].low in speech.notices and (len(phrase) == 1 or phrase[-1].text.islower())):
        return None
    if " ".join(token.low for token in phrase) in speech.known:
        return Speaker(words_of(phrase, text))
    if whose := _known_owner(phrase, speech):
        return Speaker(words_of(whose, text))
    person = _person(phrase, text, speech)
    if person is None and (body := _spoken_for(phrase, speech)):
        return _other(without_articles(body, speech), text, speech, definite=False)
    if person is None and one_of_many and bare(phrase[-1]) in speech.roles:
        return None
    return person or _other(phrase, text, speech, definite=definite)


def _known_owner(phrase: Phrase, speech: Speech) -> Phrase:
    """The listed body of several words whose people speak: "Wells for All" of "Wells for All assessment team"."""
    for end in range(len(phrase) - 1, 1, -1):
        if not phrase[end].text.islower() or phrase[end].low in speech.joints:
            return ()
        if " ".join(token.low for token in phrase[:end]) in speech.known:
            return phrase[:end]
    return ()


def _spoken_for(phrase: Phrase, speech: Speech) -> Phrase:
    """The body behind an unnamed spokesperson: "UN mission" of "spokesperson for the UN mission"."""
    for at, token in enumerate(phrase[1:-1], 1):
        if token.low in speech.owning and bare(phrase[at - 1]) in speech.mouths:
            return phrase[at + 1 :]
    return ()


def _disowned(phrase: Phrase) -> Phrase:
    """The owner of a statement: "General X Y" of "General X Y's statement"."""
    if phrase and is_possessive(phrase[-1]):
        last = phrase[-1]
        bare_word = without_owner(last.text)
        return [*phrase[:-1], make_token(bare_word, last.start)]
    return phrase


def speakers_of(phrase: Phrase, text: str, speech: Speech) -> tuple[Speaker, ...]:
    """Both names of "X and Y", where each side is whole in itself; else the one name of the phrase."""
    for at in range(1, len(phrase) - 1):
        if phrase[at].low in speech.conjunctions:
            sides = phrase[:at], phrase[at + 1 :]
            first, second = (speaker_of(side, text, speech) for side in sides)
            two_roles = first and second and first.role and not first.person and second.person
            if first and second is None and bare(phrase[-1]) in speech.anonymous:
                return (first,)
            if first and second and not two_roles and _both_whole(*sides, speech):
                return first, second
    name = speaker_of(phrase, text, speech)
    return (name,) if name else ()


def _both_whole(left: Phrase, right: Phrase, speech: Speech) -> bool:
    """Whether "and" joins two speakers, and not two halves of one name ("Bosnia and Herzegovina")."""
    left, right = without_articles(left, speech), without_articles(right, speech)
    bodies = [any(bare(token) in speech.kinds for token in side) for side in (left, right)]
    runs = [len(name_run(side, 0, speech)) == len(side) for side in (left, right)]
    return all(bodies) or all(runs) or (runs[0] and bodies[1])


def _person(phrase: Phrase, text: str, speech: Speech) -> Speaker | None:
    """The run of capitals after the last role; or the run that the phrase begins with, before "of"."""
    roles = [at for at, token in enumerate(phrase) if bare(token) in speech.roles]
    for at in reversed(roles):
        run = _without_owner_place(name_run(phrase, at + 1, speech), speech)
        after = at + 1 + len(name_run(phrase, at + 1, speech))
        if run and (after == len(phrase) or bare(phrase[after]) not in speech.institutions):
            shown = phrase[at : at + 2] if len(run) == 1 and _is_honorific(phrase[at], speech) else run
            return Speaker(words_of(shown, text), True, _role(phrase, at, speech))
    if run := _closing_run(phrase, speech):
        return Speaker(words_of(run, text), True, _role(phrase, roles[-1], speech) if roles else "")
    if is_possessive(phrase[0]) and len(run := name_run(phrase, 1, speech)) == len(phrase) - 1 > 1:
        return Speaker(words_of(run, text), True)
    head = name_run(phrase, 0, speech)
    if 2 <= len(head) < len(phrase) and phrase[len(head)].low in speech.joints:
        return Speaker(words_of(head, text), True)
    return None


def _is_honorific(token: Token, speech: Speech) -> bool:
    """Whether the title is part of a name of one word: "Pope Leo"."""
    return token.is_capital and bare(token) in speech.honorifics


def _without_owner_place(run: Phrase, speech: Speech) -> Phrase:
    """The name without the place before it: "mayor (of) Tarvin X Y", where a language says "of" by an ending."""
    if not (speech.free_order and speech.verb_first):
        return run
    while len(run) > 1 and (_is_acronym(run[0]) or (len(run) > 2 and _is_owner(run))):
        run = run[1:]
    return run


def _is_acronym(token: Token) -> bool:
    return token.text.isupper() and len(token.text) > 1


def _is_owner(run: Phrase) -> bool:
    """Whether a name's first word has an ending of the genitive, and no patronymic shows that it is a first name."""
    return run[0].low[-1] in _GENITIVE and not any(_PATRONYMIC.search(token.low) for token in run[1:2])


def _closing_run(phrase: Phrase, speech: Speech) -> Phrase:
    """The name that closes a phrase: "head of the City Administration X Y", "President of Karst X Y"."""
    start = len(phrase)
    while start > 0 and of_a_name(phrase[start - 1], speech) and not is_possessive(phrase[start - 1]):
        start -= 1
    run = phrase[start:]
    if start == 0 or len(run) < 2 or not run[0].is_capital:
        return ()
    before = phrase[start - 1]
    if before.low in speech.joints:
        owner = phrase[start - 2] if before.low in speech.articles and start > 1 else before
        if owner.low not in speech.owning:
            return ()
        return run[-2:] if len(run) > 2 and any(bare(token) in speech.roles for token in phrase[:start]) else ()
    if bare(before) not in speech.institutions and bare(before) not in speech.modifiers:
        return ()
    return run[-2:] if any(bare(token) in speech.roles for token in phrase[:start]) else run


def _other(phrase: Phrase, text: str, speech: Speech, *, definite: bool) -> Speaker | None:
    """An organisation, a role with an owner, a bare name; nothing when only vague words stand there."""
    phrase = _without_kind(phrase, speech)
    lows = [bare(token) for token in phrase]
    named = any(token.is_capital and low not in speech.roles for token, low in zip(phrase, lows, strict=True))
    institution = any(low in speech.institutions for low in lows)
    role = any(low in speech.roles for low in lows)
    plain = all(low in speech.plain for low in lows)
    if lows[-1] in speech.anonymous and (plain or not any(low in speech.institutions for low in lows[:-1])):
        return _named_body(phrase, text, speech)
    small = not any(token.is_capital for token in phrase)
    vague = lows[-1] in speech.vague
    if not (named or institution or role) or (
        not speech.free_order and vague and small and not definite and (len(lows) == 1 or _owned(phrase))
    ):
        return None
    if speech.free_order and all(low in speech.vague for low in lows):
        return Speaker(words_of(phrase, text), role=" ".join(lows) if role else "", back=True)
    back = (plain and (definite or role)) or (
        definite and vague and phrase[-1].text.islower() and "-" in phrase[0].text
    )
    return Speaker(words_of(phrase, text), role=" ".join(lows) if role else "", back=back)


def _named_body(phrase: Phrase, text: str, speech: Speech) -> Speaker | None:
    """The body whose unnamed people speak: "Coast Guard" of "Coast Guard officials"."""
    body = phrase[:-1]
    named = body and all(token.is_capital for token in body) and bare(body[-1]) in speech.institutions
    return Speaker(words_of(body, text)) if named else None


def _owned(phrase: Phrase) -> bool:
    return any(is_possessive(token) for token in phrase)


def _without_kind(phrase: Phrase, speech: Speech) -> Phrase:
    """The name after its kind: "Hamas" of "militant group Hamas", "TASS" of "news agency TASS"."""
    kinds = [at for at, token in enumerate(phrase) if token.text.islower() and bare(token) in speech.institutions]
    if kinds:
        rest = phrase[kinds[-1] + 1 :]
        bodies = all(bare(token) in speech.institutions for token in rest)
        if rest and not bodies and all(token.text[0].isupper() for token in rest):
            return rest
    return phrase


def _role(phrase: Phrase, last: int, speech: Speech) -> str:
    first = last
    while first > 0 and bare(phrase[first - 1]) in speech.titles:
        first -= 1
    return " ".join(bare(token) for token in phrase[first : last + 1])
