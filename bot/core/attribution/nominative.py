"""The form in which a name is shown that stands inflected in the text, where the language gives it away for certain.

Where it does not, the name stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_Rules = Sequence[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(f"{ending}$"), shown) for ending, shown in pairs)


_IRREGULAR = {
    "ru": {"Павла": "Павел", "Петра": "Пётр", "Льва": "Лев", "Ильи": "Илья", "Никиты": "Никита", "Игоря": "Игорь"},
    "uk": {"Павла": "Павло", "Петра": "Петро", "Дмитра": "Дмитро", "Михайла": "Михайло", "Данила": "Данило",
           "Марка": "Марко", "Ігоря": "Ігор", "Іллі": "Ілля", "Микити": "Микита", "Юлії": "Юлія", "Марії": "Марія"},
}  # fmt: skip
_FIRST_MALE = {
    "ru": _rules(("ея", "ей"), ("ия", "ий"), ("ая", "ай"), ("([бвгджзклмнпрстфхцчшщ])а", r"\1")),
    "uk": _rules(("ія", "ій"), ("ея", "ей"), ("([бвгґджзклмнпрстфхцчшщ])а", r"\1")),
}
_LAST_MALE = {
    "ru": _rules(("([цс])кого", r"\1кий"), ("((?:ов|ев|ёв|ин|ын))а", r"\1"), ("ко", "ко"),
                 ("([бвгджзклмнпрстфхцчшщ])а", r"\1"), ("([лрнвбст])я", r"\1ь")),
    "uk": _rules(("([цс])ького", r"\1ький"), ("нього", "ній"), ("ого", "ий"), ("((?:ов|ев|єв|ін|їн))а", r"\1"),
                 ("енка", "енко"), ("([бвгґджзклмнпрстфхцчшщ])а", r"\1")),
}  # fmt: skip
_FIRST_FEMALE = {
    "ru": _rules(("ии", "ия"), ("ьи", "ья"), ("([гкх])и", r"\1а"), ("ы", "а")),
    "uk": _rules(("ії", "ія"), ("([гкх])и", r"\1а"), ("и", "а")),
}
_LAST_FEMALE = {
    "ru": _rules(("([цс])кой", r"\1кая"), ("((?:ов|ев|ёв|ин|ын))ой", r"\1а"), ("([бвгджзклмнпрстфхцчшщоеиук])", r"\1")),
    "uk": _rules(("([цс])ької", r"\1ька"), ("((?:ов|ев|єв|ін|їн))ої", r"\1а"),
                 ("([бвгґджзклмнпрстфхцчшщоеиіук])", r"\1")),
}  # fmt: skip
_ARMENIAN = _rules(
    ("(յանց?)(?:ը|ն|ի|ին|ից)", r"\1"),
    ("ությ(?:ունը|ան|անը|ունից|ունում|ունն)", "ություն"),
    ("[-֊](?:ն|ը|ի|ում|ից|ին)", ""),
    ("(?<=[բգդզթժլխծկհձղճմյնշչպջռսվտրցփքֆ])ը", ""),
)
_TURKISH = re.compile(r"['’][a-zçğıöşü]+$")


def nominative(name: str, language: str, heads: Mapping[str, str], *, oblique: bool, body: bool) -> str:
    """The name in the form in which it is shown.

    Args:
        name: as it stands in the text.
        language: of the text.
        heads: the first words of bodies' names in an oblique case, in lower case, and how they are shown.
        oblique: whether its place in the sentence says that it is not in the nominative ("according to" it).
        body: whether it is an organisation's and no person's.
    """
    match language:
        case "ru" | "uk":
            return _slavic(name, language, heads, body=body) if oblique else name
        case "hy":
            return _last_word(name, _ARMENIAN)
        case "tr":
            return _TURKISH.sub("", name)
        case _:
            return name


def _slavic(name: str, language: str, heads: Mapping[str, str], *, body: bool) -> str:
    first, *rest = name.split()
    if shown := heads.get(first.lower()):
        return " ".join((shown if first[0].isupper() else shown.lower(), *rest))
    if body or len(rest) != 1:
        return name
    return _male(first, rest[0], language) or _female(first, rest[0], language) or name


def _male(first: str, last: str, language: str) -> str | None:
    given = _IRREGULAR[language].get(first) or _changed(first, _FIRST_MALE[language])
    family = _changed(last, _LAST_MALE[language])
    return f"{given} {family}" if given and family else None


def _female(first: str, last: str, language: str) -> str | None:
    given = _IRREGULAR[language].get(first) or _changed(first, _FIRST_FEMALE[language])
    family = _changed(last, _LAST_FEMALE[language])
    return f"{given} {family}" if given and family else None


def _last_word(name: str, rules: _Rules) -> str:
    *before, last = name.split()
    return " ".join((*before, _changed(last, rules) or last))


def _changed(word: str, rules: _Rules) -> str | None:
    """The word with the first ending that fits exchanged, or ``None`` when none does."""
    for ending, shown in rules:
        changed, count = ending.subn(shown, word)
        if count:
            return changed
    return None
