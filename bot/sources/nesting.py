"""How deep markup is nested, found in one linear pass before a parser that would choke on it.

Both parsers walk their stack of open elements at every tag, so 200 000 nested ones take them minutes.
"""

from __future__ import annotations

import re
from typing import Final

MAX_XML_DEPTH: Final = 256
MAX_HTML_DEPTH: Final = 4096
"""Far beyond any page, and still parsed in milliseconds. The walk reads structure to 256 and only text below."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<(/?)([a-zA-Z][^\s/<>]*)(?:[^<>]{0,2000}>)?",
    re.DOTALL | re.IGNORECASE,
)
# Void elements never nest, and these others close themselves when the next one opens.
_FLAT: Final = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "option",
    }
)  # fmt: skip


def deeper_than(text: str, limit: int) -> bool:
    """Whether open elements pile up beyond ``limit``. Errs on the shallow side: end tags close whatever is open."""
    depth = 0
    for tag in _TAG.finditer(text):
        name = tag[3]
        if name is None or text[tag.end() - 2] == "/" or name.lower() in _FLAT:
            continue
        if tag[2]:
            depth = max(0, depth - 1)
            continue
        depth += 1
        if depth > limit:
            return True
    return False
