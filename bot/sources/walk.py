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
from bot.sources.addresses import absolute
from bot.sources.elements import (
    PROSE,
    Attributes,
    classes,
    is_bold,
    is_furniture,
    is_line,
    is_time,
    is_unseen,
    own_id,
    rank,
)
from bot.sources.line import Line
from bot.sources.moments import moments

MAX_DEPTH: Final = 256
"""Below it the text is still read, but its structure is not."""
MAX_NODES: Final = 500_000
MAX_BLOCKS: Final = 100_000
"""More than 20 000 updates with their headings and paragraphs."""


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
class Region:
    """A ``main`` or ``article`` element: which blocks it holds."""

    tag: str
    start: int
    end: int = 0


@dataclass(slots=True)
class _Open:
    """An element that is being walked, and what it passes on to everything inside."""

    line: bool = False
    prose: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int | None = None
    id: str | None = None
    link: str | None = None
    bold: bool = False
    time: bool = False
    apart: bool = False
    classed: bool = False
    preformatted: bool = False
    article: bool = False
    furniture: bool = False
    region: Region | None = None


@dataclass(slots=True)
class _Walker:
    base: str | None
    blocks: list[Block] = field(default_factory=list)
    furniture: list[bool] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    open: list[_Open] = field(default_factory=lambda: [_Open()])
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
            self.pending += [(moment, len(self.open)) for moment in moments(tag, attributes)]
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
        line = is_line(tag, in_prose=self.open[-1].prose)
        if line:
            self._end_line()
        self.open.append(self._opened_line(tag, attributes) if line else self._opened_inline(tag, attributes))
        self._note_times(tag, attributes)
        return True

    def _opened_line(self, tag: str, attributes: Attributes) -> _Open:
        around = self.open[-1]
        level = rank(tag, attributes)
        kind = BlockKind.HEADING if level else around.kind
        if tag == "li":
            kind, self.item_begins = BlockKind.LIST_ITEM, True
        region = self._region(tag, attributes)
        article = around.article or tag in ("article", "main", "li")
        return _Open(
            line=True,
            prose=tag in PROSE,
            kind=kind,
            level=level or around.level,
            id=own_id(attributes) or around.id,
            link=around.link,
            bold=around.bold or is_bold(tag, attributes),
            preformatted=around.preformatted or tag == "pre",
            article=article,
            furniture=around.furniture or is_furniture(tag, attributes, inside_article=article),
            region=region,
        )

    def _opened_inline(self, tag: str, attributes: Attributes) -> _Open:
        around = self.open[-1]
        link = around.link
        if tag == "a":
            self.anchor = own_id({"id": attributes.get("name") or attributes.get("id")}) or self.anchor
            link = absolute(attributes.get("href"), self.base) or link
            self.line.link = self.line.link or link
        classed = tag == "span" and bool(classes(attributes))
        apart = is_time(tag) or ("-" in tag and not tag.startswith("tg-"))
        if apart or (classed and self.after_classed_span):
            self.line.part()
        return _Open(
            prose=True,
            kind=around.kind,
            level=around.level,
            id=around.id,
            link=link,
            bold=around.bold or is_bold(tag, attributes),
            time=around.time or is_time(tag),
            apart=apart,
            classed=classed,
            preformatted=around.preformatted,
            article=around.article,
            furniture=around.furniture or is_furniture(tag, attributes, inside_article=around.article),
        )

    def _region(self, tag: str, attributes: Attributes) -> Region | None:
        if tag not in ("main", "article") and attributes.get("role") != "main":
            return None
        region = Region("article" if tag == "article" else "main", start=len(self.blocks))
        self.regions.append(region)
        return region

    def _note_times(self, tag: str, attributes: Attributes) -> None:
        depth = len(self.open)
        # A container's time is for its first block. That of an inline element may be drawn by a script, so it holds
        # until its line's container ends.
        lasts = depth if self.open[-1].line else depth - 2
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

    def _kind(self, here: _Open, line: Line) -> BlockKind:
        if line.is_time and here.kind is not BlockKind.HEADING:
            return BlockKind.TIME
        if here.kind is BlockKind.LIST_ITEM and not self.item_begins:
            return BlockKind.PARAGRAPH  # the second paragraph of one item begins no new item
        return here.kind


def walk(root: LexborNode | None, *, base: str | None) -> Walked:
    """Every block under ``root``, links resolved against ``base``; no root, no blocks. Linear in the tree's size."""
    return _Walker(base).walk(root)
