"""What stands between and inside updates without being of them: promotions, captions, labels, refrains, footers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise, takewhile

from bot.core.model import BlockKind
from bot.core.split.furniture import furniture, is_bare_label, is_byline, is_name
from bot.core.split.headings import like_heading
from bot.core.split.lines import Line
from bot.core.split.regions import Region

_PROMO_WORDS = 75
_QUOTES = '“"«„”'
_ALIKE, _ALIKE_SHARE, _LONGEST_CAPTION = 30, 0.6, 300
_LABEL_WORDS, _SOURCE_WORDS = 8, 18
_REPEATED_SHARE = 0.4
_REFRAIN = 3
_KICKER_WORDS = 2
_FOOTER_WORDS = 12
_SINGLE_LINES, _FEWEST_SINGLE = 0.9, 6


def take_out(regions: Sequence[Region], lines: Sequence[Line], stray: Mapping[int, str]) -> None:
    """Fills each region's content, without what is no news.

    Args:
        regions: The page's regions, whose content is still empty.
        lines: The page.
        stray: Lines that are nothing but a stamp of another kind, such as the page's own date, with the reason.
    """
    for region in regions:
        _drop_furniture(region, lines, stray)
        _drop_captions(region, lines)
    entries = [region for region in regions if region.mark]
    for _ in range(2):  # a category and a source may stand above each other
        _drop_labels(entries, lines)
    _drop_refrains(regions, lines)
    _drop_kickers(entries, lines)
    _drop_names(entries, lines)


def _drop_kickers(entries: Sequence[Region], lines: Sequence[Line]) -> None:
    """Takes out a word or two above a headline with text below it («Analysis», «Watch»)."""
    for region in entries:
        if _opens_with_kicker(region.texts(lines)):
            _leave_first(region, "label")


def _opens_with_kicker(texts: Sequence[Line]) -> bool:
    if len(texts) < 3 or texts[0].kind is BlockKind.HEADING or not all(map(like_heading, texts[:2])):
        return False
    return texts[0].words <= _KICKER_WORDS < texts[1].words and any(line.is_sentence for line in texts[2:])


def _drop_names(entries: Sequence[Region], lines: Sequence[Line]) -> None:
    """Takes out the names of reporters, where most entries open with a person's name."""
    firsts = [texts[0] for region in entries if len(texts := region.texts(lines)) > 1]
    named = sum(map(is_name, firsts))
    if named < 2 or named * 2 <= len(firsts):
        return
    for region in entries:
        texts = region.texts(lines)
        if len(texts) > 1 and is_name(texts[0]):
            _leave_first(region, "byline")


def _drop_furniture(region: Region, lines: Sequence[Line], stray: Mapping[int, str]) -> None:
    promoted = 0
    for position, index in enumerate(region.lines):
        line = lines[index]
        reason = stray.get(index) or furniture(line) or ("byline" if is_byline(line) else None)
        if reason == "promo" and is_bare_label(line):
            promoted = max(promoted, position + 1 + _announced(region.lines, position + 1, lines))
        if reason or position < promoted:
            region.left[index] = reason or "promo"
        else:
            region.content.append(index)


def _announced(indices: Sequence[int], start: int, lines: Sequence[Line]) -> int:
    """How many lines below a label such as «New on this site» it announces: titles, and a teaser under them."""
    below = list(islice(indices, start, start + 4))
    titles = sum(1 for _ in takewhile(lambda index: like_heading(lines[index]), below[:3]))
    teaser = lines[below[titles]] if titles and titles < len(below) else None
    return titles + (teaser is not None and is_teaser([teaser]))


def is_teaser(body: Sequence[Line]) -> bool:
    """Whether what stands below a headline is one short paragraph that quotes nobody."""
    words = sum(line.words for line in body)
    return len(body) <= 1 and words <= _PROMO_WORDS and not any(mark in line.text for line in body for mark in _QUOTES)


def _drop_captions(region: Region, lines: Sequence[Line]) -> None:
    """A picture's text and its caption are often one line twice, the second with a credit; running text never is."""
    pairs = pairwise(region.lines)
    region.leave([index for pair in pairs if _is_caption(lines[pair[0]], lines[pair[1]]) for index in pair], "caption")


def _is_caption(line: Line, below: Line) -> bool:
    if line.text == below.text:
        return True
    shorter = min(len(line.text), len(below.text))
    if not _ALIKE <= shorter < _LONGEST_CAPTION or line.text[:_ALIKE] != below.text[:_ALIKE]:
        return False
    pairs = zip(line.text, below.text, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)) >= _ALIKE_SHARE * shorter


def _drop_labels(entries: Sequence[Region], lines: Sequence[Line]) -> None:
    """Takes out source and category lines: what stands first in many entries, in the same words."""
    firsts = [next(iter(region.texts(lines)), None) for region in entries]
    counts = Counter(line.text.casefold() for line in firsts if line)
    repeated = sum(count for count in counts.values() if count > 1)
    if len(entries) < 3 or repeated < _REPEATED_SHARE * len(entries):
        return
    for region, first in zip(entries, firsts, strict=True):
        if first is None or len(region.texts(lines)) < 2:
            continue
        if counts[first.text.casefold()] > 1 or (first.words <= _SOURCE_WORDS and not first.is_sentence):
            _leave_first(region, "label")


def _leave_first(region: Region, reason: str) -> None:
    if region.beside and region.beside_left is None:
        region.beside_left = reason
    else:
        region.leave(region.content[:1], reason)


def _drop_refrains(regions: Sequence[Region], lines: Sequence[Line]) -> None:
    """Takes out short lines that come again and again inside entries, below their first line."""
    inner = Counter(text for region in regions for text in {lines[index].text for index in region.content[1:]})
    refrains = {text for text, count in inner.items() if count >= _REFRAIN}
    for region in regions:
        region.leave([index for index in region.content[1:] if _is_refrain(lines[index], refrains)], "label")


def _is_refrain(line: Line, refrains: set[str]) -> bool:
    return line.text in refrains and line.words <= _LABEL_WORDS and not line.is_sentence


def cut_footer(regions: Sequence[Region], lines: Sequence[Line]) -> None:
    """Leaves out what closes the page: from a footer's words on, and unfinished lines at the very end."""
    last = regions[-1]
    if last.mark is None and last.header is None:
        return
    kept = len(last.content)
    footer = min((index for index, reason in last.left.items() if reason == "footer"), default=None)
    if footer is not None:
        kept = sum(index < footer for index in last.content)
    spared = 0 if last.beside else 1  # the line below a stamp is its entry, however short
    tail = sum(1 for _ in takewhile(lambda index: closes_page(lines[index]), reversed(last.content[spared:kept])))
    if footer is not None or tail > 1:
        kept -= tail
    if last.beside and _keeps_to_one_line(regions[:-1]):
        kept = 0
    last.leave(last.content[kept:], "footer")


def closes_page(line: Line) -> bool:
    """Whether a line at the end of a page is one of its labels or links: short, and no sentence."""
    return not line.is_sentence and (line.words <= _FOOTER_WORDS or line.link is not None)


def _keeps_to_one_line(regions: Sequence[Region]) -> bool:
    """Whether a page's entries are lines: then nothing below the last is of it."""
    entries = [region for region in regions if region.mark]
    single = sum(not region.content for region in entries)
    return len(entries) >= _FEWEST_SINGLE and single >= _SINGLE_LINES * len(entries)
