"""What an alert says of its own, in one language: the value that :mod:`bot.core.render` takes."""

from __future__ import annotations

from dataclasses import fields

from bot.core.render.phrases import Phrases
from bot.i18n.catalogue import Words

_BY_CLDR = {"months", "count", "languages"}
"""Fields that are no messages: what they say depends on a number, or comes from CLDR."""


def phrases(words: Words) -> Phrases:
    """The phrases of alerts in a language; every default of :class:`Phrases` is a message of the catalogues."""
    months = words.locale.months["format"]["abbreviated"]
    own = {field.name: words.template(str(field.default)) for field in fields(Phrases) if field.name not in _BY_CLDR}
    return Phrases(
        months=tuple(months[number] for number in range(1, 13)),
        count=lambda n: words.plural("{n} update", "{n} updates", n),
        languages=dict(words.locale.languages),
        **own,
    )
