"""The notation of conditions: concepts joined by ``and``, ``or``, ``not``, ``near``, ``before`` and ``count``.

    condition := term ("or" term)*          term := factor ("and" factor)*
    factor    := "not" factor | "(" condition ")" | name | "count(" names "," number ")"
               | "near(" names "," names "," number ")" | "before(" names "," names "," number ")"
    names     := name ("or" name)*

``near`` holds when the two stand at most so many words apart, ``before`` when they do so in that order; ``count``
when that many different words of the concepts are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.core.classify.expression import And, Condition, Count, Has, Near, Not, Or, union

_TOKEN = re.compile(r"\s*(?:(\w+)|([(),]))")
_LONGEST = 150
"""Tokens of a condition: more is no rule that a person can check."""
_WORDS = frozenset({"and", "or", "not", "near", "before", "count"})


class ExpressionError(ValueError):
    """A condition that can't be read; the message says why."""


def parse_condition(source: str, concepts: Mapping[str, int]) -> Condition:
    """Read a condition over these concepts (name → number). Raises :class:`ExpressionError`."""
    tokens = list(_tokens(source))
    if len(tokens) > _LONGEST:
        raise ExpressionError(f"longer than {_LONGEST} words and signs")
    condition, rest = _condition(tokens, concepts)
    if rest:
        raise ExpressionError(f"{rest[0]!r} is not expected there")
    return condition


def _tokens(source: str) -> Iterator[str]:
    at = 0
    while at < len(source.rstrip()):
        token = _TOKEN.match(source, at)
        if token is None:
            raise ExpressionError(f"{source[at:].split(maxsplit=1)[0]!r} is not expected there")
        yield token.group(1) or token.group(2)
        at = token.end()


def _condition(tokens: list[str], concepts: Mapping[str, int]) -> tuple[Condition, list[str]]:
    part, tokens = _term(tokens, concepts)
    parts = [part]
    while tokens[:1] == ["or"]:
        part, tokens = _term(tokens[1:], concepts)
        parts.append(part)
    return (parts[0] if len(parts) == 1 else _joined(parts)), tokens


def _joined(parts: list[Condition]) -> Condition:
    """An ``or``; plain concepts in it become one mask."""
    masks = [part.mask for part in parts if isinstance(part, Has)]
    others = [part for part in parts if not isinstance(part, Has)]
    plain: list[Condition] = [Has(union(masks))] if masks else []
    joined = plain + others
    return joined[0] if len(joined) == 1 else Or(tuple(joined))


def _term(tokens: list[str], concepts: Mapping[str, int]) -> tuple[Condition, list[str]]:
    part, tokens = _factor(tokens, concepts)
    parts = [part]
    while tokens[:1] == ["and"]:
        part, tokens = _factor(tokens[1:], concepts)
        parts.append(part)
    return (parts[0] if len(parts) == 1 else And(tuple(parts))), tokens


def _factor(tokens: list[str], concepts: Mapping[str, int]) -> tuple[Condition, list[str]]:
    if not tokens:
        raise ExpressionError("the condition ends too early")
    head, *rest = tokens
    match head:
        case "not":
            part, rest = _factor(rest, concepts)
            return Not(part), rest
        case "(":
            part, rest = _condition(rest, concepts)
            return part, _expect(")", rest)
        case "near" | "before":
            left, rest = _names(_expect("(", rest), concepts)
            right, rest = _names(_expect(",", rest), concepts)
            distance, rest = _number(_expect(",", rest))
            return Near(left, right, distance, head == "before"), _expect(")", rest)
        case "count":
            mask, rest = _names(_expect("(", rest), concepts)
            least, rest = _number(_expect(",", rest))
            return Count(mask, least), _expect(")", rest)
        case _:
            return Has(_mask(head, concepts)), rest


def _names(tokens: list[str], concepts: Mapping[str, int]) -> tuple[int, list[str]]:
    mask = 0
    while tokens:
        mask |= _mask(tokens[0], concepts)
        tokens = tokens[1:]
        if tokens[:1] != ["or"]:
            return mask, tokens
        tokens = tokens[1:]
    raise ExpressionError("the condition ends too early")


def _number(tokens: list[str]) -> tuple[int, list[str]]:
    if not tokens or not tokens[0].isdecimal() or not 1 <= int(tokens[0]) <= 99:
        raise ExpressionError("a number from 1 to 99 is expected there")
    return int(tokens[0]), tokens[1:]


def _expect(token: str, tokens: list[str]) -> list[str]:
    if tokens[:1] != [token]:
        found = repr(tokens[0]) if tokens else "the end"
        raise ExpressionError(f"{token!r} is expected where {found} stands")
    return tokens[1:]


def _mask(name: str, concepts: Mapping[str, int]) -> int:
    if name not in concepts:
        what = "is out of place" if name in _WORDS or not name.isidentifier() else "is no concept"
        raise ExpressionError(f"{name!r} {what}")
    return 1 << concepts[name]
