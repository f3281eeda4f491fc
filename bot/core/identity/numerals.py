"""Numbers as words, by language: from zero to a million, with the forms that news prose uses."""

from __future__ import annotations

from functools import cache

# The words for 0, 1, 2 … in order, alternatives joined by "/"; then the tens from 20 to 90.
_UNITS: dict[str, str] = {
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    ),
    "ru": (
        "ноль/нуля один/одна/одно/одного/одной/одному/одну два/две/двух/двое/двоих/двум/двумя "
        "три/трех/трое/троих/трем четыре/четырех/четверо/четверых пять/пяти/пятеро/пятерых "
        "шесть/шести/шестеро/шестерых семь/семи/семеро/семерых восемь/восьми девять/девяти десять/десяти "
        "одиннадцать/одиннадцати двенадцать/двенадцати тринадцать/тринадцати четырнадцать/четырнадцати "
        "пятнадцать/пятнадцати шестнадцать/шестнадцати семнадцать/семнадцати восемнадцать/восемнадцати "
        "девятнадцать/девятнадцати"
    ),
    "uk": (
        "нуль/нуля один/одна/одне/одного/однієї/одну два/дві/двох/двоє/двом три/трьох/троє/трьом "
        "чотири/чотирьох/четверо п'ять/п'яти/п'ятеро/п'ятьох шість/шести/шестеро/шістьох сім/семи/семеро "
        "вісім/восьми дев'ять/дев'яти десять/десяти/десятеро одинадцять/одинадцяти дванадцять/дванадцяти "
        "тринадцять/тринадцяти чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять"
    ),
    "hy": (
        "զրո մեկ երկու/երկուսը/երկուսին երեք/երեքը չորս/չորսը հինգ/հինգը վեց/վեցը յոթ/յոթը ութ/ութը ինը/ինն "
        "տաս/տասը տասնմեկ տասներկու տասներեք տասնչորս տասնհինգ տասնվեց տասնյոթ տասնութ տասնինը"
    ),
    "fr": "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "de": (
        "null ein/eine/einen/einem/einer/eines zwei/zweier drei/dreier vier fünf sechs sieben acht neun zehn elf "
        "zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
    ),
    "es": (
        "cero uno/una/un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis diecisiete dieciocho diecinueve"
    ),
    "it": (
        "zero uno/una/un due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
        "quindici sedici diciassette diciotto diciannove"
    ),
    "tr": "sıfır bir iki/ikisi üç dört beş altı yedi sekiz dokuz on",
    "az": "sıfır bir iki üç dörd beş altı yeddi səkkiz doqquz on",
    "ar": (
        "صفر واحد/واحدة اثنان/اثنين/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع "
        "عشرة/عشر"
    ),
    "he": ("אפס אחד/אחת שניים/שני/שתי/שתיים שלושה/שלוש ארבעה/ארבע חמישה/חמש שישה/שש שבעה/שבע שמונה תשעה/תשע עשרה/עשר"),
}
_TENS: dict[str, str] = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "ru": (
        "двадцать/двадцати тридцать/тридцати сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти "
        "семьдесят/семидесяти восемьдесят девяносто"
    ),
    "uk": (
        "двадцять/двадцяти тридцять/тридцяти сорок/сорока п'ятдесят/п'ятдесяти шістдесят сімдесят вісімдесят дев'яносто"
    ),
    "hy": "քսան երեսուն քառասուն հիսուն վաթսուն յոթանասուն ութսուն իննսուն",
    "fr": "vingt/vingts trente quarante cinquante soixante",
    "de": "zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "tr": "yirmi otuz kırk elli altmış yetmiş seksen doksan",
    "az": "iyirmi otuz qırx əlli altmış yetmiş səksən doxsan",
    "ar": "عشرين/عشرون ثلاثين/ثلاثون أربعين/أربعون خمسين/خمسون ستين/ستون سبعين/سبعون ثمانين/ثمانون تسعين/تسعون",
    "he": "עשרים שלושים ארבעים חמישים שישים שבעים שמונים תשעים",
}
# Hundred, thousand, million.
_SCALES: dict[str, str] = {
    "en": "hundred thousand million",
    "ru": "сто/ста тысяча/тысячи/тысяч/тыс миллион/миллиона/миллионов/млн",
    "uk": "сто/ста тисяча/тисячі/тисяч/тис мільйон/мільйона/мільйонів/млн",
    "hy": "հարյուր հազար միլիոն",
    "fr": "cent/cents mille million/millions",
    "de": "hundert tausend million/millionen",
    "es": "cien/ciento mil millón/millones",
    "it": "cento mille/mila milione/milioni",
    "tr": "yüz bin milyon",
    "az": "yüz min milyon",
    "ar": "مئة/مائة ألف/آلاف مليون/ملايين",
    "he": "מאה אלף/אלפים מיליון",
}
# Tens, hundreds, thousands "of": no number, but one exceeds the other.
_ROUGHLY: dict[str, str] = {
    "en": "dozens/scores hundreds thousands",
    "ru": "десятки/десятков/десяток сотни/сотен тысячи",
    "uk": "десятки/десятків сотні/сотень тисячі",
    "hy": "տասնյակ/տասնյակներ հարյուրավոր հազարավոր",
    "fr": "dizaine/dizaines/douzaine centaine/centaines millier/milliers",
    "de": "dutzende/dutzend hunderte tausende",
    "es": "decenas/docenas cientos/centenares miles",
    "it": "decine/dozzine centinaia migliaia",
    "tr": "onlarca yüzlerce binlerce",
    "az": "onlarla yüzlərlə minlərlə",
    "ar": "عشرات مئات آلاف",
    "he": "עשרות מאות אלפי",
}


def _spread(words: str, values: list[int]) -> dict[str, int]:
    return {
        # The tokens of a folded text never hold an apostrophe.
        form.replace("'", ""): value
        for forms, value in zip(words.split(), values, strict=False)
        for form in forms.split("/")
    }


@cache
def number_words(language: str) -> dict[str, int]:
    """Folded word → value for a language (ISO 639-1); empty where the language isn't known."""
    if language not in _UNITS:
        return {}
    return (
        _spread(_SCALES[language], [100, 1_000, 1_000_000])
        | _spread(_TENS[language], list(range(20, 100, 10)))
        | _spread(_UNITS[language], list(range(20)))
    )


@cache
def rough_numbers(language: str) -> dict[str, str]:
    """Folded word → "tens", "hundreds" or "thousands" for the words that name no exact number."""
    if language not in _ROUGHLY:
        return {}
    names = ("tens", "hundreds", "thousands")
    return {word: names[rank] for word, rank in _spread(_ROUGHLY[language], [0, 1, 2]).items()}
