"""Arabic has no capitals: titles and the order of words say who speaks."""

from __future__ import annotations

import pytest

from bot.core.attribution.find import find_speakers
from bot.core.attribution.speech import Speech
from bot.core.attribution.tokens import lowered
from bot.core.wordset import PhraseSet, WordSet


def words(text: str) -> WordSet:
    """A set of these words, as a pack gives them."""
    return WordSet(frozenset(lowered(text).split()))


SPEECH = Speech(
    language="ar",
    uncased=True,
    verbs=words("قال قالت أعلن أعلنت نفت يعلن"),
    leads=PhraseSet([("وفقا",), ("بحسب",)]),
    openers=words("وفقا بحسب"),
    carrying=words("نقلت"),
    between=words("أمس"),
    roles=words("وزير الرئيس المتحدث محافظ العميد مسؤول"),
    institutions=words("وزارة الجيش حركة وكالة"),
    vague=words("مسؤول وكالة"),
    anonymous=words("مصادر مسؤول"),
    modifiers=words("المتحدة"),
    mouths=words("المتحدث"),
    notices=words("بيان"),
    prepositions=words("في على عن"),
    never=words("عاجل مقتل شهود القصف"),
)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # a title governs, adjectives agree with it, the name follows
        ("قال وزير الخارجية النورفالي سامي النوري إن المحادثات مستمرة.", ("سامي النوري",)),
        ("أعلن الرئيس سامي النوري حالة الطوارئ في البلاد.", ("سامي النوري",)),
        ("قال محافظ تارفين العميد كريم حداد إن الطريق مقطوع.", ("كريم حداد",)),
        ("قالت وزارة الصحة النورفالية إن المستشفيات ممتلئة.", ("وزارة الصحة النورفالية",)),
        ("أعلنت حركة كارست مقتل جنديين.", ("حركة كارست",)),
        # who speaks for a body without a name of his own
        ("قال المتحدث باسم الجيش إن الهجوم صد.", ("الجيش",)),
        ("قال المتحدث العسكري باسم حركة كارست أبو زيد إن الهجوم صد.", ("أبو زيد",)),
        # without a title: all before "that", else one word
        ("قال أحمد سامي النوري إنه عائد.", ("أحمد سامي النوري",)),
        ("نفت نورلاند مسؤوليتها عن الهجوم.", ("نورلاند",)),
        # a conjunction or a preposition written on to the word
        ("وقال سامي النوري إن الوفد جاهز.", ("سامي النوري",)),
        ("ووفقا لوزارة الدفاع، صد الهجوم.", ("وزارة الدفاع",)),
        ("وفقا للجيش، صد الهجوم.", ("الجيش",)),
        # headlines, breaking news, reports of reports
        ("الجيش النورفالي يعلن مقتل جنديين", ("الجيش النورفالي",)),
        ("عاجل: وزارة الصحة في كارست: عشرة جرحى", ("وزارة الصحة",)),
        ("نقلت وكالة نورفال عن الرئيس سامي النوري قوله إن الطريق مقطوع.", ("سامي النوري",)),
        ("نقلت وكالة نورفال عن مصادر قولها إن الطريق مقطوع.", ("وكالة نورفال",)),
        # nobody
        ("قال مسؤول إن الضربة محدودة.", ()),
        ("قال شهود إن الانفجار قوي.", ()),
        ("وقال إن الوفد جاهز.", ()),
        ("تارفين: عشرة جرحى", ()),
    ],
)
def test_titles_and_word_order_name_the_speaker(text: str, speakers: tuple[str, ...]) -> None:
    """The name, or the body, or nobody."""
    assert find_speakers(text, SPEECH) == speakers
