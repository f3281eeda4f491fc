"""How the names of months and weekdays are spelt in addresses: as they are, without marks, or in Latin letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Final, Literal

from bot.core.timestamps import name_tables
from bot.core.timestamps.names import fold

Kind = Literal["months", "days"]
Spelling = Mapping[int, str]
"""One way to spell all twelve months (1 to 12) or seven weekdays (0 is Monday), lower case, words joined by ``-``."""

_LATIN: Final = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ы": "y", "э": "e", "і": "i", "ї": "i", "є": "ye",
        "ґ": "g",
    }
)  # fmt: skip
"""What all Latin spellings of Cyrillic have in common; those below differ from site to site."""
_SOFT: Final = ({"я": "ya", "ю": "yu", "й": "y"}, {"я": "ia", "ю": "iu", "й": "i"}, {"я": "ja", "ю": "ju", "й": "j"})
_VARYING: Final = (({"г": "g"}, {"г": "h"}), ({"и": "i"}, {"и": "y"}), ({"ц": "ts"}, {"ц": "c"}))
_SHORTEST: Final = 2


@lru_cache(maxsize=64)
def spellings(language: str | None, kind: Kind) -> tuple[Spelling, ...]:
    """Every way in which addresses spell the names of a language, and the English ones; the usual ones first."""
    found: dict[tuple[tuple[int, str], ...], None] = {}
    for table in name_tables(language, kind):
        for spelling in _spelt(table):
            if all(len(name) >= _SHORTEST for name in spelling.values()):
                found.setdefault(tuple(sorted(spelling.items())))
    return tuple(dict(items) for items in found)


def _spelt(table: Spelling) -> Iterator[dict[int, str]]:
    plain = {key: "-".join(name.casefold().strip(" .").split()) for key, name in table.items()}
    yield plain
    yield {key: "-".join(fold(name).split()) for key, name in table.items()}
    if any("а" <= letter <= "я" for name in plain.values() for letter in name):
        for parts in product(_SOFT, *_VARYING):
            letters = str.maketrans({letter: latin for part in parts for letter, latin in part.items()})
            yield {key: name.translate(letters).translate(_LATIN) for key, name in plain.items()}
