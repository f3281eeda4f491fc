"""The walk: an HTML tree into Blocks, in reading order, with every time, id and link that stands beside the text.

It never recurses, and it loses no text that a reader of the page sees: what frames the page (navigation, side columns)
is left aside only when it is the smaller part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from selectolax.lexbor import LexborNode

from bot.core.model import Block, BlockKind
from bot.sources.elements import Attributes, is_line, is_unseen, own_id
from bot.sources.line import Line
from bot.sources.moments import moments
from bot.sources.opened import Open, Region, open_inline, open_line

MAX_DEPTH: Final = 256
"""Below it the text is still read, but its structure is not."""
MAX_NODES: Final = 500_000
MAX_BLOCKS: Final = 100_000
"""More than 20 000 updates with their headings and paragraphs."""
_MOST_PENDING: Final = 8
"""Times that wait for one block."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The blocks of a tree, with what is needed to choose among them."""

    blocks: tuple[Block, ...]
    furniture: tuple[bool, ...]
    """For each block: it stands in the page's frame."""
    regions: tuple[Region, ...]
    cut: bool
    """The tree had more than :data:`MAX_NODES` nodes or :data:`MAX_BLOCKS` blocks; the rest was not read."""


@dataclass(slots=True)
class _Walker:
    base: str | None
    blocks: list[Block] = field(default_factory=list)
    furniture: list[bool] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    open: list[Open] = field(default_factory=lambda: [Open()])
    line: Line = field(default_factory=Line)
    anchor: str | None = None
    """The name of an empty ``<a name>``: it belongs to the text that follows."""
    pending: list[tuple[datetime, int]] = field(default_factory=list)
    """Times for the next block, each with the depth whose end voids it."""
    after_classed_span: bool = False
    item_begins: bool = False

    def walk(self, root: LexborNode | None) -> Walked:
        """Depth first, with an explicit stack: ``None`` marks the end of an element."""
        stack: list[LexborNode | None] = [] if root is None else [root]
        nodes = 0
        while stack and nodes < MAX_NODES and len(self.blocks) < MAX_BLOCKS:
            node = stack.pop()
            if node is None:
                self._leave()
                continue
            nodes += 1
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and self._enter(node):
                stack.append(None)
                child = node.last_child
                while child is not None:
                    stack.append(child)
                    child = child.prev
        while len(self.open) > 1:
            self._leave()
        self._end_line()
        return Walked(tuple(self.blocks), tuple(self.furniture), tuple(self.regions), bool(stack))

    def _enter(self, node: LexborNode) -> bool:
        """Open an element; whether to read on inside it."""
        tag = node.tag or ""
        attributes: Attributes = node.attributes
        if tag == "meta":  # unseen, but microdata keeps a post's date in it
            self._expect(tag, attributes, lasts=len(self.open))
            return False
        if is_unseen(node, tag, attributes):
            if is_line(tag, in_prose=self.open[-1].prose):
                self._end_line()
            return False
        if tag == "br":
            self._break()
            return False
        if len(self.open) >= MAX_DEPTH:
            self.open.append(self.open[-1])
            self.line.part()
            return True
        if is_line(tag, in_prose=self.open[-1].prose):
            self._begin_line(tag, attributes)
        else:
            self._begin_inline(tag, attributes)
        self._note_times(tag, attributes)
        return True

    def _begin_line(self, tag: str, attributes: Attributes) -> None:
        self._end_line()
        self.open.append(open_line(tag, attributes, self.open[-1]))
        if tag == "li":
            self.item_begins = True
        if tag in ("main", "article") or attributes.get("role") == "main":
            region = Region("article" if tag == "article" else "main", start=len(self.blocks))
            self.open[-1].region = region
            self.regions.append(region)

    def _begin_inline(self, tag: str, attributes: Attributes) -> None:
        here = open_inline(tag, attributes, self.open[-1], base=self.base)
        if tag == "a":
            self.anchor = own_id({"id": attributes.get("name") or attributes.get("id")}) or self.anchor
            self.line.link = self.line.link or here.link
        if here.apart or (here.classed and self.after_classed_span):
            self.line.part()
        self.open.append(here)

    def _note_times(self, tag: str, attributes: Attributes) -> None:
        depth = len(self.open)
        # A container's time is for its first block. That of an inline element may be drawn by a script, so it holds
        # until its line's container ends.
        self._expect(tag, attributes, lasts=depth if self.open[-1].line else depth - 2)

    def _expect(self, tag: str, attributes: Attributes, *, lasts: int) -> None:
        if len(self.pending) < _MOST_PENDING:
            self.pending += [(moment, lasts) for moment in moments(tag, attributes)]

    def _leave(self) -> None:
        closed = self.open[-1]
        if closed is self.open[-2]:  # below the greatest depth
            self.line.part()
        elif closed.line:
            self._end_line()
        if closed.region is not None:
            closed.region.end = len(self.blocks)
        depth = len(self.open)
        if self.pending:
            self.pending = [(moment, lasts) for moment, lasts in self.pending if lasts < depth]
        if closed.apart:
            self.line.part()
        self.after_classed_span = closed.classed
        self.open.pop()

    def _break(self) -> None:
        if self.open[-1].kind is BlockKind.HEADING:
            self.line.part()
        else:
            self._end_line()

    def _text(self, text: str) -> None:
        here = self.open[-1]
        first, *others = text.split("\n") if here.preformatted else [text]
        self.line.add(first, bold=here.bold, time=here.time)
        for other in others:
            self._end_line()
            self.line.add(other, bold=here.bold, time=here.time)
        if text and not text.isspace():
            self.after_classed_span = False

    def _end_line(self) -> None:
        line, self.line = self.line, Line()
        text = line.text
        if not text:
            return
        here = self.open[-1]
        self.blocks.append(
            Block(
                kind=self._kind(here, line),
                text=text,
                times=tuple(dict.fromkeys(moment for moment, _ in self.pending)),
                id=self.anchor or here.id,
                link=line.link or here.link,
                emphasis=line.is_bold,
                level=here.level,
            )
        )
        self.furniture.append(here.furniture)
        self.pending, self.anchor, self.item_begins = [], None, False

    def _kind(self, here: Open, line: Line) -> BlockKind:
        if line.is_time and here.kind is not BlockKind.HEADING:
            return BlockKind.TIME
        if here.kind is BlockKind.LIST_ITEM and not self.item_begins:
            return BlockKind.PARAGRAPH  # the second paragraph of one item begins no new item
        return here.kind


def walk(root: LexborNode | None, *, base: str | None) -> Walked:
    """Every block under ``root``, links resolved against ``base``; no root, no blocks. Linear in the tree's size."""
    return _Walker(base).walk(root)
