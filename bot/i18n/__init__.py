"""The bot's own words in the languages of its people: gettext catalogues, dates and plurals by CLDR.

The source text of every message is its English form. A source's words are never translated.
"""

from bot.i18n.catalogue import LANGUAGES, Catalogues, Words, load_words, msg
from bot.i18n.cities import AREAS, area_names, cities_of, city_name
from bot.i18n.phrases import phrases

__all__ = [
    "AREAS",
    "LANGUAGES",
    "Catalogues",
    "Words",
    "area_names",
    "cities_of",
    "city_name",
    "load_words",
    "msg",
    "phrases",
]
