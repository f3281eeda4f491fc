"""The outline of a chronology: which line belongs to which update, and which to none.

    lines + marks + day headers ─regions▶ labels ─▶ headline placement ─▶ pieces, in page order

A page is cut into regions, each opened by a stamp or a day header. The page then decides as a whole, by majority,
where its headlines stand; only after that is each region told apart into headline, body and what is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, takewhile

from bot.core.model import BlockKind
from bot.core.split.days import DayHeader
from bot.core.split.furniture import furniture, is_bare_label, is_byline
from bot.core.split.headings import clearly_heading, like_heading
from bot.core.split.lines import Line
from bot.core.split.marks import Mark
from bot.core.split.pieces import Entry, Outline, Piece, Role

_DECORATION = " +|"
_NUMBER = re.compile(r"\d{1,3}[.)]\s+(?=\D)")
_BULLET = re.compile(rf"(?:[•●▪■◦‣∙·*–—-]\s+(?=\S)|{_NUMBER.pattern})")
_PROMO_WORDS = 75
_QUOTES = '“"«„”'
_FOOTER_WORDS = 12
_LABEL_WORDS = 8
_REFRAIN = 3


@dataclass(slots=True)
class _Region:
    """Lines from one stamp or day header to the next."""

    lines: list[int]
    mark: Mark | None = None
    header: DayHeader | None = None
    rest: Line | None = None
    """What stands on the stamp's own line besides the stamp."""
    content: list[int] = field(default_factory=list)
    """Lines that may be headline or body, once labels and furniture are out."""
    left: dict[int, str] = field(default_factory=dict)
    rest_left: str | None = None
    heading_for_next: int | None = None


def outline(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    headers: Sequence[DayHeader],
    stray: Mapping[int, str],
    *,
    bulleted: bool = False,
) -> Outline:
    """Tells every line of a chronology what it is.

    Args:
        lines: The page.
        marks: The stamps that open its updates, in page order.
        headers: Its day headers, in page order; a line that bears a mark heads no day.
        stray: Lines that are nothing but a stamp of another kind, such as the page's own date, with the reason.
        bulleted: Bullets part its untimed updates.
    """
    regions = _regions(lines, marks, headers)
    for region in regions:
        _drop_furniture(region, lines, stray)
        _drop_captions(region, lines)
    _drop_labels(regions, lines)
    _drop_refrains(regions, lines)
    below = _heads_its_entry(regions, lines)
    if below < _VOTED:
        _lift_headings(regions, lines)
    _cut_footer(regions, lines)
    return _Writer(lines, below, bulleted=bulleted).write(regions)


_VOTED = 0.5
_SOME = 0.25


def _regions(lines: Sequence[Line], marks: Sequence[Mark], headers: Sequence[DayHeader]) -> list[_Region]:
    by_line: dict[int, Mark | DayHeader] = {header.line: header for header in headers}
    by_line.update({mark.line: mark for mark in marks})
    regions = [_Region([])]
    for index in range(len(lines)):
        opener = by_line.get(index)
        if isinstance(opener, Mark):
            regions.append(_Region([], mark=opener, rest=_rest(lines[index], opener)))
        elif opener:
            regions.append(_Region([], header=opener))
        else:
            regions[-1].lines.append(index)
    return regions


def _rest(line: Line, mark: Mark) -> Line | None:
    stamp = mark.stamp
    text = line.text[: stamp.start] if mark.at_end else line.text[stamp.end :]
    inner = _inner(text)
    return replace(line, text=inner) if inner else None


def _inner(text: str) -> str:
    """What stands beside a stamp, without decoration and the number of a list item."""
    bare = text.strip(_DECORATION)
    numbered = _NUMBER.match(bare)
    return bare[numbered.end() :] if numbered else bare


def _drop_furniture(region: _Region, lines: Sequence[Line], stray: Mapping[int, str]) -> None:
    promoted = 0
    for position, index in enumerate(region.lines):
        reason = stray.get(index) or _no_news(lines[index])
        if reason == "promo" and is_bare_label(lines[index]):
            promoted = max(promoted, position + 1 + _promoted(region.lines[position + 1 :], lines))
        if reason or position < promoted:
            region.left[index] = reason or "promo"
        else:
            region.content.append(index)


def _promoted(below: Sequence[int], lines: Sequence[Line]) -> int:
    """How many lines below a label such as «New on this site» it announces: titles, and a teaser under them."""
    titles = sum(1 for _ in takewhile(lambda index: like_heading(lines[index]), islice(below, 3)))
    teaser = lines[below[titles]] if titles and titles < len(below) else None
    return titles + bool(teaser and teaser.words <= _PROMO_WORDS and not _quotes(teaser))


def _quotes(line: Line) -> bool:
    return any(mark in line.text for mark in _QUOTES)


def _drop_captions(region: _Region, lines: Sequence[Line]) -> None:
    """A picture's text and its caption are often one line twice, the second with a credit; running text never is."""
    pairs = pairwise(region.content)
    twice = {index for pair in pairs if _is_caption(lines[pair[0]], lines[pair[1]]) for index in pair}
    region.left.update(dict.fromkeys(twice, "caption"))
    region.content = [index for index in region.content if index not in twice]


def _is_caption(line: Line, below: Line) -> bool:
    if line.text == below.text:
        return True
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(line.text, below.text, strict=False)))
    shorter = min(len(line.text), len(below.text))
    return alike >= _CAPTION and alike >= 0.6 * shorter and shorter < _LONGEST_CAPTION


_CAPTION, _LONGEST_CAPTION = 30, 300


def _no_news(line: Line) -> str | None:
    return furniture(line) or ("byline" if is_byline(line) else None)


def _drop_labels(regions: list[_Region], lines: Sequence[Line]) -> None:
    """Takes out source and category lines: what stands first in many entries, in the same words."""
    entries = [region for region in regions if region.mark]
    for _ in range(2):
        firsts = [_first(region, lines) for region in entries]
        counts = Counter(line.text.casefold() for line in firsts if line)
        repeated = sum(count for count in counts.values() if count > 1)
        if len(entries) < 3 or repeated < 0.4 * len(entries):
            return
        for region, first in zip(entries, firsts, strict=True):
            many = first is not None and counts[first.text.casefold()] > 1
            if first and (many or _could_be_label(first)) and len(region.content) + bool(region.rest) > 1:
                _leave_first(region, "label")


def _drop_refrains(regions: list[_Region], lines: Sequence[Line]) -> None:
    """Takes out short lines that come again and again inside entries, below their first line."""
    inner = Counter(text for region in regions for text in {lines[index].text for index in region.content[1:]})
    for region in regions:
        for index in region.content[1:]:
            line = lines[index]
            if inner[line.text] >= _REFRAIN and line.words <= _LABEL_WORDS and not line.is_sentence:
                region.left[index] = "label"
        region.content = [index for index in region.content if index not in region.left]


def _could_be_label(line: Line) -> bool:
    return line.words <= 18 and not line.is_sentence


def _first(region: _Region, lines: Sequence[Line]) -> Line | None:
    if region.rest and region.rest_left is None:
        return region.rest
    return lines[region.content[0]] if region.content else None


def _leave_first(region: _Region, reason: str) -> None:
    if region.rest and region.rest_left is None:
        region.rest_left = reason
    else:
        region.left[region.content.pop(0)] = reason


def _parts(region: _Region, lines: Sequence[Line]) -> list[Line]:
    rest = [region.rest] if region.rest and region.rest_left is None else []
    return rest + [lines[index] for index in region.content]


def _heads_its_entry(regions: list[_Region], lines: Sequence[Line]) -> float:
    """The share of entries of two lines or more whose first line can be a headline: on or below the stamp."""
    entries = [_parts(region, lines) for region in regions if region.mark]
    long = [parts for parts in entries if len(parts) > 1]
    if long:
        return sum(like_heading(parts[0]) for parts in long) / len(long)
    whole = all(region.rest is None for region in regions if region.mark)
    ends = any(region.mark.at_end for region in regions if region.mark)
    singles = [parts[0] for parts in entries if parts]
    if ends or any(line.kind is BlockKind.HEADING for line in singles):
        return 1.0
    if not whole or not singles or not regions[-1].content:
        return 0.0
    return sum(like_heading(line) for line in singles) / len(singles)


def _lift_headings(regions: list[_Region], lines: Sequence[Line]) -> None:
    """Hands the headline that closes one region to the entry that follows it."""
    pairs = [(before, entry) for before, entry in pairwise(regions) if entry.mark]
    inner = [before for before, _ in pairs[1:] if before.content]
    likely = sum(_can_lift(before, lines) and like_heading(lines[before.content[-1]]) for before in inner)
    voted = bool(inner) and likely >= _VOTED * len(inner)
    certain = sum(_can_lift(before, lines) and clearly_heading(lines[before.content[-1]]) for before in inner)
    for position, (before, _) in enumerate(pairs):
        if not before.content or not _can_lift(before, lines):
            continue
        last = lines[before.content[-1]]
        first = position == 0
        follows_text = len(before.content) > 1 and lines[before.content[-2]].is_sentence and last.words > 3
        if (like_heading(last) and voted) or (clearly_heading(last) and (not first or certain > 0 or follows_text)):
            before.heading_for_next = before.content.pop()


def _can_lift(region: _Region, lines: Sequence[Line]) -> bool:
    """An entry keeps its only line, unless it has text on its stamp's line."""
    return region.mark is None or len(region.content) > 1 or region.rest is not None


def _cut_footer(regions: list[_Region], lines: Sequence[Line]) -> None:
    """Leaves out what closes the page: from a footer's words on, and the short unfinished lines at the very end."""
    last = regions[-1]
    if last.mark is None and last.header is None:
        return
    footer = min((index for index, reason in last.left.items() if reason == "footer"), default=None)
    spared = 0 if last.rest else 1
    kept = len(last.content)
    if footer is not None:
        kept = sum(index < footer for index in last.content)
    tail = _short_tail(last.content[spared:kept], lines)
    if footer is not None or tail > 1:
        kept -= tail
    entries = [region for region in regions[:-1] if region.mark]
    if last.rest and len(entries) > 5 and sum(not region.content for region in entries) >= 0.9 * len(entries):
        kept = 0
    last.left.update(dict.fromkeys(last.content[kept:], "footer"))
    del last.content[kept:]


def _short_tail(content: Sequence[int], lines: Sequence[Line]) -> int:
    """How many lines at the end are short and unfinished, as a page's closing furniture is."""
    tail = takewhile(
        lambda index: lines[index].words <= _FOOTER_WORDS and not lines[index].is_sentence, reversed(content)
    )
    return sum(1 for _ in tail)


class _Writer:
    """Turns regions into pieces, in page order."""

    def __init__(self, lines: Sequence[Line], below: float, *, bulleted: bool) -> None:
        self._lines = lines
        self._below = below
        self._bulleted = bulleted
        self._pieces: dict[int, list[Piece]] = {}
        self._entries: list[Entry] = []
        self._header: DayHeader | None = None
        self._timed = False
        """A stamped entry has been written."""

    def write(self, regions: list[_Region]) -> Outline:
        for position, region in enumerate(regions):
            if region.header:
                self._header = region.header
                self._left(region.header.line, "day-header")
            for index, reason in region.left.items():
                self._left(index, reason)
            if region.mark:
                self._write_entry(region, regions, position)
            else:
                self._write_untimed(region, regions, position)
        pieces = [piece for index in sorted(self._pieces) for piece in self._pieces[index]]
        return Outline(tuple(pieces), tuple(self._entries))

    def _write_entry(self, region: _Region, regions: list[_Region], position: int) -> None:
        assert region.mark is not None
        self._timed = True
        above = regions[position - 1].heading_for_next
        if region.rest is None and not region.content and above is None:
            self._left(region.mark.line, "empty-entry")
            return
        number = self._open(region.mark)
        if above is not None:
            self._put(above, self._lines[above].text, Role.HEADING, number)
        self._stamp(region, number)
        heading = self._write_first(region, number, headed=above is not None)
        body = region.content[1:] if heading == "below" else region.content
        self._write_body(body, number, region, regions, position)

    def _open(self, mark: Mark | None) -> int:
        self._entries.append(Entry(mark, self._header))
        return len(self._entries) - 1

    def _stamp(self, region: _Region, number: int) -> None:
        mark = region.mark
        assert mark is not None
        text = self._lines[mark.line].text
        stamp = mark.stamp
        if mark.at_end:
            self._write_rest(text[: stamp.start], region, number)
            self._put(mark.line, text[stamp.start :], Role.TOKEN, number)
        else:
            self._put(mark.line, text[: stamp.end], Role.TOKEN, number)
            self._write_rest(text[stamp.end :], region, number)

    def _write_rest(self, text: str, region: _Region, number: int) -> None:
        """Writes what stands beside the stamp, its decoration apart."""
        assert region.mark is not None
        inner = _inner(text)
        at = text.find(inner) if inner else len(text)
        role = Role.LEFT if region.rest_left else self._role_of_rest(region) if inner else Role.TOKEN
        self._put(region.mark.line, text[:at], Role.TOKEN, number)
        self._put(region.mark.line, inner, role, number, reason=region.rest_left)
        self._put(region.mark.line, text[at + len(inner) :], Role.TOKEN, number)

    def _role_of_rest(self, region: _Region) -> Role:
        assert region.rest is not None
        return Role.HEADING if self._is_heading(region.rest, single=not region.content) else Role.BODY

    def _is_heading(self, line: Line, *, single: bool) -> bool:
        if line.kind is BlockKind.HEADING and like_heading(line):
            return True
        if self._below >= _VOTED:
            return like_heading(line)
        return not single and self._below >= _SOME and clearly_heading(line)

    def _write_first(self, region: _Region, number: int, *, headed: bool) -> str | None:
        """Writes the headline below the stamp, if there is one."""
        if headed or not region.content or (region.rest and region.rest_left is None):
            return None
        first = self._lines[region.content[0]]
        if not self._is_heading(first, single=len(region.content) == 1):
            return None
        self._put(region.content[0], first.text, Role.HEADING, number)
        return "below"

    def _write_body(
        self, body: Sequence[int], number: int, region: _Region, regions: list[_Region], position: int
    ) -> None:
        sections = list(self._sections(body, region))
        for index in sections[0]:
            self._put(index, self._lines[index].text, Role.BODY, number)
        last = not any(later.mark for later in _same_day(regions, position))
        for section in sections[1:]:
            if not last and self._is_promo(section):
                for index in section:
                    self._left(index, "promo")
            else:
                self._write_section(section)

    def _sections(self, body: Sequence[int], region: _Region) -> Iterator[list[int]]:
        """The body, then each untimed piece that a clear headline opens in it."""
        current: list[int] = []
        splits = self._below < _SOME and region.rest is not None
        for position, index in enumerate(body):
            opens = splits and clearly_heading(self._lines[index]) and position + 1 < len(body)
            if opens and not clearly_heading(self._lines[body[position + 1]]):
                yield current
                current = []
            current.append(index)
        yield current

    def _is_promo(self, section: Sequence[int]) -> bool:
        """A headline with one short paragraph among timed entries, quoting nobody; or all of it one link."""
        body = [self._lines[index] for index in section[1:]]
        link = self._lines[section[0]].link
        if link and body and all(line.link == link for line in body):
            return True
        words = sum(line.words for line in body)
        return (
            len(body) <= 1 and words <= _PROMO_WORDS and not any(mark in line.text for line in body for mark in _QUOTES)
        )

    def _write_section(self, section: Sequence[int]) -> None:
        number = self._open(None)
        heads = clearly_heading(self._lines[section[0]]) or (len(section) > 1 and like_heading(self._lines[section[0]]))
        for position, index in enumerate(section):
            role = Role.HEADING if position == 0 and heads and len(section) > 1 else Role.BODY
            text = self._lines[index].text
            bullet = _BULLET.match(text)
            cut = bullet.end() if bullet and position == 0 else 0
            self._put(index, text[:cut], Role.TOKEN, number)
            self._put(index, text[cut:], role, number)

    def _write_untimed(self, region: _Region, regions: list[_Region], position: int) -> None:
        """Lines under a day header (or none) that no stamp opens: untimed updates, or an introduction."""
        timed_below = any(later.mark for later in _same_day(regions, position))
        if self._bulleted and region.header is None:
            self._write_bullets(region)
            return
        sectioned = region.header is None and len(regions) > 1
        if not self._timed and (sectioned or any(later.mark for later in islice(regions, position, None))):
            for index in region.content:
                self._left(index, "intro")
            return
        for section in self._untimed_sections(region):
            if timed_below and self._is_promo(section):
                for index in section:
                    self._left(index, "promo" if len(section) > 1 else "intro")
            else:
                self._write_section(section)

    def _write_bullets(self, region: _Region) -> None:
        start = next((position for position, index in enumerate(region.content) if is_bullet(self._lines[index])), 0)
        for index in region.content[:start]:
            self._left(index, "intro")
        for section in sections_at(region.content[start:], {i for i in region.content if is_bullet(self._lines[i])}):
            self._write_section(section)

    def _untimed_sections(self, region: _Region) -> list[list[int]]:
        return untimed_sections(region.content, self._lines)

    def _put(self, index: int, text: str, role: Role, entry: int, *, reason: str | None = None) -> None:
        if text:
            self._pieces.setdefault(index, []).append(Piece(text, role, entry, reason, self._lines[index]))

    def _left(self, index: int, reason: str) -> None:
        self._pieces.setdefault(index, []).append(
            Piece(self._lines[index].text, Role.LEFT, None, reason, self._lines[index])
        )


def untimed_sections(content: Sequence[int], lines: Sequence[Line]) -> list[list[int]]:
    """Lines without stamps grouped into updates: by headline, else by list item, else all in one."""
    if not content:
        return []
    heads = {index for index in content if clearly_heading(lines[index])}
    heads = heads or {index for index in content if is_bullet(lines[index])}
    heads = heads or {
        index for index, after in pairwise(content) if like_heading(lines[index]) and lines[after].is_sentence
    }
    return sections_at(content, heads)


def sections_at(content: Sequence[int], heads: AbstractSet[int]) -> list[list[int]]:
    """Lines grouped from each head to the next."""
    sections: list[list[int]] = []
    for index in content:
        if not sections or index in heads:
            sections.append([])
        sections[-1].append(index)
    return sections


def is_bulleted(lines: Sequence[Line]) -> bool:
    """Whether bullets part a page's updates: they are nearly all of it, or each is a headline with text below."""
    bullets = [index for index, line in enumerate(lines) if is_bullet(line)]
    if len(bullets) < _BULLETS:
        return False
    heads = sum(
        not lines[index].is_sentence and not is_bullet(lines[after]) and lines[after].is_sentence
        for index, after in ((index, index + 1) for index in bullets if index + 1 < len(lines))
    )
    told = sum(lines[index].is_sentence and lines[index].words > _TELLING for index in bullets)
    inside = len(lines) - bullets[0]
    return heads >= 0.7 * len(bullets) or (told >= 0.8 * inside and bullets[0] <= _INTRO and told > _BULLETS)


_BULLETS = 3
_TELLING = 8
_INTRO = 3


def is_bullet(line: Line) -> bool:
    """A list item, by markup or by a bullet printed before it."""
    return line.kind is BlockKind.LIST_ITEM or _BULLET.match(line.text) is not None


def _same_day(regions: list[_Region], position: int) -> Iterator[_Region]:
    """The regions after one up to the next day header."""
    for region in islice(regions, position + 1, None):
        if region.header:
            return
        yield region
