"""Which blocks of a walked tree are its text: without what frames it, and of a page only its main element."""

from __future__ import annotations

from typing import Final

from bot.core.model import Block
from bot.sources.opened import Region
from bot.sources.walk import Walked

_MAIN_SHARE: Final = 0.5
_ARTICLE_SHARE: Final = 0.7
"""The part of a page's text that makes an ``article`` the page; below, it is one of several."""


def without_frame(walked: Walked) -> tuple[Block, ...]:
    """The blocks outside of navigation, side columns and share bars; all of them where those would be most."""
    return tuple(block for block, size in zip(walked.blocks, _sizes(walked), strict=True) if size)


def main_blocks(walked: Walked) -> tuple[Block, ...]:
    """The same, and only inside of the page's main element if there is a clear one."""
    sizes = _sizes(walked)
    region = _main_region(walked.regions, sizes) or Region("", 0, len(sizes))
    return tuple(walked.blocks[at] for at in range(region.start, region.end) if sizes[at])


def _sizes(walked: Walked) -> list[int]:
    """The length of each block's text, 0 for furniture; what is mostly "furniture" is mislabelled."""
    sizes = [len(block.text) for block in walked.blocks]
    kept = [0 if furniture else size for size, furniture in zip(sizes, walked.furniture, strict=True)]
    return kept if sum(kept) * 2 >= sum(sizes) else sizes


def _main_region(regions: tuple[Region, ...], sizes: list[int]) -> Region | None:
    """The element that holds most of the text; a ``main`` needs less proof than an ``article``."""
    before = [0]
    for size in sizes:
        before.append(before[-1] + size)
    largest = max(regions, key=lambda region: (before[region.end] - before[region.start], region.tag), default=None)
    if largest is None or not before[-1]:
        return None
    needed = _MAIN_SHARE if largest.tag == "main" else _ARTICLE_SHARE
    share = (before[largest.end] - before[largest.start]) / before[-1]
    return largest if share >= needed else None
