"""The lines that a page is read as: its blocks, made visible and, where updates run together, broken apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.model import Block, BlockKind

PARAGRAPH_BREAK = "\n\n"
_FIRST_YEAR, _LAST_YEAR = 1990, 2099
_PAIRED = 0.6
"""So large a share of a page's clock lines must be followed by a date for that to be its habit."""

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u206f\ufeff]"
)
_LONGEST_WORD = 20
"""An average above it means that words are not parted by spaces."""
_SPACE = re.compile(r"\s+")
_CLOSERS = "\"'”’»«“)]} *_"
_ENDS = ".!?…:;,։。！？؟،۔॥։"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, without control, zero-width and direction characters, its white space folded."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    emphasis: bool = False
    times: tuple[datetime, ...] = ()
    id: str | None = None
    link: str | None = None
    joint: str = PARAGRAPH_BREAK
    """What stands between it and the line before in running text: a paragraph break, or what was there in the block."""

    @property
    def words(self) -> int:
        """How many words it has; in a script without spaces, two characters count as one."""
        spaced = self.text.count(" ") + 1
        return spaced if len(self.text) <= _LONGEST_WORD * spaced else len(self.text) // 2

    @property
    def ending(self) -> str:
        """The last mark of punctuation before closing quotes and brackets, or "" after a word."""
        bare = self.text.rstrip(_CLOSERS)
        return bare[-1] if bare and bare[-1] in _ENDS else ""

    @property
    def is_sentence(self) -> bool:
        """It ends as running text does."""
        return self.ending != "" and not (self.ending in "?!" and self.words <= 14)


def lines_of(blocks: Iterable[Block]) -> list[Line]:
    """The visible lines of blocks, in order; a block that holds nothing visible gives none."""
    return [line for block in blocks for line in _lines_of(block)]


def _lines_of(block: Block) -> Iterator[Line]:
    for part in block.text.splitlines():
        if text := visible(part):
            times = tuple(moment for moment in block.times if is_plausible(moment))
            yield Line(text, block.kind, block.emphasis, times, block.id, block.link)


def is_plausible(moment: datetime) -> bool:
    """Whether a stated time is of this age: placeholders such as the year 1 or 9999 tell nothing."""
    return _FIRST_YEAR <= moment.year <= _LAST_YEAR


def visible(text: str) -> str:
    """A text without what can't be seen or could turn the text around it."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip()


_BIG = r"[^\W\da-zа-яёіїєґ]"
"""A letter that can open an update: none that is small, where the script has small ones."""
_MARKED = r"(?:\s?[-–—|:]\s?|\s)"
_GLUED = re.compile(
    rf"(?<=[^\W\d])(?=\d{{1,2}}[:.։]\d{{2}}{_MARKED}{_BIG})"  # …word14:35 Next
    rf"|(?<=[.!?…»”\"։)])(?=\d{{1,2}}(?:[:.։hH]\d{{2}}){_MARKED}{_BIG})"  # ….14:35 Next
    rf"|(?<=[.!?…»”\"։]\s)(?=\d{{1,2}}(?:[:.]\d{{2}})?\s?[ap]\.?\s?m\.?\s?:\s{_BIG})"  # …. 9:20 a.m.: Next
    rf"|(?<=[.!?…»”\"։]\s)(?=\d{{1,2}}[:.hH]\d{{2}}\s?(?:Uhr)?(?:\s[-–—|]\s|\s?:\s){_BIG})"  # …. 14:35 – Next
)


_UNMARKED = re.compile(rf"(?<=[.!?…»”\"։]\s)(?=\d{{1,2}}[:.hH]\d{{2}}\s{_BIG})")
"""…. 14:35 Next: an ordinary sentence may open so, hence only where a long line does it again and again."""
_LONG, _AGAIN = 500, 3


def break_run_together(lines: Iterable[Line]) -> list[Line]:
    """Lines cut where a clock time that opens an update is glued to the text before it.

    Whether such a clock time really opens an update is for the page's family to say: a piece that does not is joined
    again, by its ``joint``, exactly as it stood.
    """
    return [piece for line in lines for piece in _pieces(line)]


def _pieces(line: Line) -> Iterator[Line]:
    cuts = [match.start() for match in _GLUED.finditer(line.text) if match.start() > 0]
    if len(line.text) > _LONG and len(unmarked := [match.start() for match in _UNMARKED.finditer(line.text)]) >= _AGAIN:
        cuts = sorted({*cuts, *unmarked})
    start, joint = 0, line.joint
    for cut in [*cuts, len(line.text)]:
        piece = line.text[start:cut]
        text = piece.rstrip()
        yield Line(text, line.kind, line.emphasis, line.times if start == 0 else (), line.id, line.link, joint)
        start, joint = cut, piece[len(text) :]


def join_split_stamps(lines: Sequence[Line], is_clock: Sequence[bool], is_day: Sequence[bool]) -> list[Line]:
    """Lines with a clock time and the date on the line after it put together, on pages that print stamps so."""
    pairs = {index for index in range(len(lines) - 1) if is_clock[index] and is_day[index + 1]}
    if len(pairs) < 2 or len(pairs) < _PAIRED * sum(is_clock):
        return list(lines)
    joined: list[Line] = []
    for index, line in enumerate(lines):
        if index in pairs:
            joined.append(replace(line, text=f"{line.text}, {lines[index + 1].text}"))
        elif index - 1 not in pairs:
            joined.append(line)
    return joined
