"""The outline of a chronology: which line belongs to which update, and which to none.

    lines + marks + day headers ─regions▶ leftovers ─▶ headlines ─▶ pieces, in page order

The page first decides as a whole, by majority, where its headlines stand; only then is each region told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile

from bot.core.split.days import DayHeader
from bot.core.split.headings import clearly_heading, like_heading
from bot.core.split.headlines import Headlines, find_headlines
from bot.core.split.leftovers import cut_footer, is_teaser, take_out
from bot.core.split.lines import Line
from bot.core.split.lists import bullet_end, is_bullet, sections_at, untimed_sections
from bot.core.split.marks import Mark
from bot.core.split.pieces import Entry, Outline, Piece, Role
from bot.core.split.regions import Region, cut_regions, inner_text, same_day, text_beside


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
    regions = cut_regions(lines, marks, headers)
    take_out(regions, lines, stray)
    headlines = find_headlines(regions, lines)
    cut_footer(regions, lines)
    return _Writer(lines, regions, headlines, bulleted=bulleted).write()


_BYLINE_WORDS, _BYLINES = 6, 3


def _may_be_byline(line: Line) -> bool:
    return line.words <= _BYLINE_WORDS and not line.is_sentence and not is_bullet(line)


class _Writer:
    """Turns regions into pieces."""

    def __init__(
        self, lines: Sequence[Line], regions: Sequence[Region], headlines: Headlines, *, bulleted: bool
    ) -> None:
        self._lines = lines
        self._regions = regions
        self._headlines = headlines
        self._bulleted = bulleted
        self._pieces: dict[int, list[Piece]] = {}
        self._entries: list[Entry] = []
        self._header: DayHeader | None = None
        self._timed = False
        """A stamped entry has been written."""

    def write(self) -> Outline:
        for position, region in enumerate(self._regions):
            if region.header:
                self._header = region.header
                self._leave([region.header.line], "day-header")
            for index, reason in region.left.items():
                self._leave([index], reason)
            if region.mark:
                self._write_entry(region, region.mark, position)
            else:
                self._write_untimed(region, position)
        pieces = (piece for index in sorted(self._pieces) for piece in self._pieces[index])
        return Outline(tuple(pieces), tuple(self._entries))

    def _write_entry(self, region: Region, mark: Mark, position: int) -> None:
        self._timed = True
        above = self._regions[position - 1].heading_for_next
        if region.beside is None and not region.content and above is None:
            self._leave([mark.line], "empty-entry")
            return
        entry = self._open(mark)
        if above is not None:
            self._write_heading(above, entry)
        self._write_stamp(region, mark, entry)
        body = region.content
        if above is None and self._headed_below(region):
            self._write_heading(body[0], entry)
            body = body[1:]
        if self._headlines.stand_first:
            bylines = self._bylines(body)
            self._leave(body[:bylines], "byline")
            body = body[bylines:]
        self._write_body(body, region, entry, position)

    def _bylines(self, body: Sequence[int]) -> int:
        """How many lines of a few words, no sentences, stand between headline and text: who wrote it, what to press."""
        lines = [self._lines[index] for index in body[: _BYLINES + 1]]
        short = sum(1 for _ in takewhile(_may_be_byline, lines))
        return short if short < len(lines) and lines[short].is_sentence else 0

    def _write_heading(self, index: int, entry: int) -> None:
        """Writes a line as headline, its decoration («+++ … +++») apart."""
        text = self._lines[index].text
        inner = inner_text(text)
        at = text.find(inner)
        self._put(index, text[:at], Role.TOKEN, entry)
        self._put(index, inner, Role.HEADING, entry)
        self._put(index, text[at + len(inner) :], Role.TOKEN, entry)

    def _open(self, mark: Mark | None) -> int:
        self._entries.append(Entry(mark, self._header))
        return len(self._entries) - 1

    def _write_stamp(self, region: Region, mark: Mark, entry: int) -> None:
        text, stamp = self._lines[mark.line].text, mark.stamp
        if mark.at_end:
            self._write_beside(region, mark, entry)
            self._put(mark.line, text[stamp.start :], Role.TOKEN, entry)
        else:
            self._put(mark.line, text[: stamp.end], Role.TOKEN, entry)
            self._write_beside(region, mark, entry)

    def _write_beside(self, region: Region, mark: Mark, entry: int) -> None:
        """Writes what stands beside the stamp, its decoration apart."""
        text = text_beside(self._lines[mark.line], mark)
        inner = inner_text(text)
        at = text.find(inner) if inner else len(text)
        self._put(mark.line, text[:at], Role.TOKEN, entry)
        self._put(mark.line, inner, self._role_beside(region), entry, reason=region.beside_left)
        self._put(mark.line, text[at + len(inner) :], Role.TOKEN, entry)

    def _role_beside(self, region: Region) -> Role:
        if region.beside is None or region.beside_left:
            return Role.LEFT
        return Role.HEADING if self._headlines.heads(region.beside, alone=not region.content) else Role.BODY

    def _headed_below(self, region: Region) -> bool:
        if not region.content or (region.beside and region.beside_left is None):
            return False
        return self._headlines.heads(self._lines[region.content[0]], alone=len(region.content) == 1)

    def _write_body(self, body: Sequence[int], region: Region, entry: int, position: int) -> None:
        own, *others = self._sections(body, region)
        for index in own:
            self._put(index, self._lines[index].text, Role.BODY, entry)
        last = not any(later.mark for later in same_day(self._regions, position))
        for section in others:
            if self._is_promo(section) and not last:
                self._leave(section, "promo")
            else:
                self._write_section(section)

    def _sections(self, body: Sequence[int], region: Region) -> Iterator[list[int]]:
        """The body, then each piece that a clear headline opens below it, where headlines do not open entries."""
        current: list[int] = []
        parted = self._headlines.never_stand_first and region.beside is not None
        for position, index in enumerate(body):
            after = self._lines[body[position + 1]] if position + 1 < len(body) else None
            if parted and after and clearly_heading(self._lines[index]) and not clearly_heading(after):
                yield current
                current = []
            current.append(index)
        yield current

    def _is_promo(self, section: Sequence[int]) -> bool:
        """Among timed entries, a headline with a teaser, or all of it one link."""
        head, *body = (self._lines[index] for index in section)
        linked = head.link is not None and bool(body) and all(line.link == head.link for line in body)
        return linked or is_teaser(body)

    def _write_section(self, section: Sequence[int]) -> None:
        """Writes an untimed update."""
        entry = self._open(None)
        heads = len(section) > 1 and like_heading(self._lines[section[0]])
        for position, index in enumerate(section):
            text = self._lines[index].text
            cut = bullet_end(text) if position == 0 else 0
            self._put(index, text[:cut], Role.TOKEN, entry)
            self._put(index, text[cut:], Role.HEADING if heads and position == 0 else Role.BODY, entry)

    def _write_untimed(self, region: Region, position: int) -> None:
        """Writes lines that no stamp opens: untimed updates, or an introduction."""
        if self._bulleted and region.header is None:
            self._write_bullets(region)
        elif not self._timed and self._introduces(region, position):
            self._leave(region.content, "intro")
        else:
            timed = any(later.mark for later in same_day(self._regions, position))
            for section in untimed_sections(region.content, self._lines):
                if timed and self._is_promo(section):
                    self._leave(section, "promo" if len(section) > 1 else "intro")
                else:
                    self._write_section(section)

    def _introduces(self, region: Region, position: int) -> bool:
        """Whether entries, or sections under day headers, are still to come."""
        sectioned = region.header is None and len(self._regions) > 1
        return sectioned or any(later.mark for later in islice(self._regions, position, None))

    def _write_bullets(self, region: Region) -> None:
        bullets = {index for index in region.content if is_bullet(self._lines[index])}
        for section in sections_at(region.content, bullets):
            if section[0] in bullets:
                self._write_section(section)
            else:
                self._leave(section, "intro")

    def _put(self, index: int, text: str, role: Role, entry: int, *, reason: str | None = None) -> None:
        if text:
            self._pieces.setdefault(index, []).append(Piece(text, role, entry, reason, self._lines[index]))

    def _leave(self, indices: Sequence[int], reason: str) -> None:
        for index in indices:
            line = self._lines[index]
            self._pieces.setdefault(index, []).append(Piece(line.text, Role.LEFT, None, reason, line))
