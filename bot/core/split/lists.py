"""Lists: bullets and numbers before lines, and pieces without stamps that they or headlines part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from bot.core.model import BlockKind
from bot.core.split.headings import clearly_heading, like_heading
from bot.core.split.lines import Line

_NUMBER = re.compile(r"\d{1,3}[.)]\s+(?=\D)")
_BULLET = re.compile(rf"(?:[•●▪■◦‣∙·*–—-]\s+(?=\S)|{_NUMBER.pattern})")
_FEWEST = 3
_TELLING_WORDS = 8
_INTRO_LINES = 3
_HEADED = 0.7
_NEARLY_ALL = 0.8


def bullet_end(text: str) -> int:
    """Where a bullet or number at the start of a line ends; 0 when there is none."""
    found = _BULLET.match(text)
    return found.end() if found else 0


def without_number(text: str) -> str:
    """A line's text without a list number before it."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


def is_bullet(line: Line) -> bool:
    """A list item, by markup or by a bullet printed before it."""
    return line.kind is BlockKind.LIST_ITEM or bullet_end(line.text) > 0


def is_bulleted(lines: Sequence[Line]) -> bool:
    """Whether bullets part a page's updates: they are nearly all of it, or each is a headline with text below."""
    bullets = [index for index, line in enumerate(lines) if is_bullet(line)]
    if len(bullets) < _FEWEST:
        return False
    headed = sum(
        not lines[index].is_sentence and not is_bullet(lines[index + 1]) and lines[index + 1].is_sentence
        for index in bullets
        if index + 1 < len(lines)
    )
    telling = sum(lines[index].is_sentence and lines[index].words > _TELLING_WORDS for index in bullets)
    all_bullets = telling >= _NEARLY_ALL * (len(lines) - bullets[0]) and bullets[0] <= _INTRO_LINES
    return headed >= _HEADED * len(bullets) or (all_bullets and telling > _FEWEST)


def untimed_sections(content: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """Lines without stamps grouped into updates: by headline, else by list item, else all in one."""
    heads = {index for index in content if clearly_heading(lines[index])}
    heads = heads or {index for index in content if is_bullet(lines[index])}
    heads = heads or {
        index for index, after in pairwise(content) if like_heading(lines[index]) and lines[after].is_sentence
    }
    return sections_at(content, heads)


def sections_at(content: Sequence[int], heads: AbstractSet[int]) -> list[list[int]]:
    """Lines grouped from each head to the next; what stands before the first is a group too."""
    sections: list[list[int]] = []
    for index in content:
        if not sections or index in heads:
            sections.append([])
        sections[-1].append(index)
    return sections
