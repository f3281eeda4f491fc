"""What a person who searches means: words in any of their forms, days, topics and sources."""

from bot.core.query.meant import closest
from bot.core.query.parse import Query, parse
from bot.core.query.words import MAX_WORDS, fold, index_terms, phrase_terms, query_terms, words_of, words_spelled

__all__ = [
    "MAX_WORDS",
    "Query",
    "closest",
    "fold",
    "index_terms",
    "parse",
    "phrase_terms",
    "query_terms",
    "words_of",
    "words_spelled",
]
