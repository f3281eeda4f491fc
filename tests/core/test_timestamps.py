"""The grammar of clock times, dates and zone words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.timestamps import (
    ClockForm,
    PartialDate,
    StampPlace,
    date_names,
    find_dates,
    read_stamp,
    read_trailing_stamp,
    resolve_year,
    zone_of_address,
    zone_of_language,
    zone_of_words,
)

_OPENING = [
    ("8:55 a.m.: According to", "en", "08:55", ClockForm.HALF_DAY),
    ("8:55 a.m According to", "en", "08:55", ClockForm.HALF_DAY),
    ("11 a.m.: Following", "en", "11:00", ClockForm.HALF_DAY),
    ("10:40pm Police say", "en", "22:40", ClockForm.HALF_DAY),
    ("6.14pm Police say", "en", "18:14", ClockForm.HALF_DAY),
    ("08:35 PM GMT", "en", "20:35", ClockForm.HALF_DAY),
    ("12 a.m.: Midnight", "en", "00:00", ClockForm.HALF_DAY),
    ("12:12 p.m.: Noon", "en", "12:12", ClockForm.HALF_DAY),
    ("6:30 ص انفجار", "ar", "06:30", ClockForm.HALF_DAY),
    ("8:15 μ.μ. Σειρήνες", "el", "20:15", ClockForm.HALF_DAY),
    ("下午2:35 消息", "zh", "14:35", ClockForm.HALF_DAY),
    ("14:35 Police say", "en", "14:35", ClockForm.PLAIN),
    ("9:55 – Polizei", "de", "09:55", ClockForm.PLAIN),
    ("22.12 Polizia", "it", "22:12", ClockForm.PLAIN),
    ("24:00 Mitternacht", "de", "00:00", ClockForm.PLAIN),
    ("12։00 Ոստիկանություն", "hy", "12:00", ClockForm.PLAIN),
    ("٢١:١٥ انفجار", "ar", "21:15", ClockForm.PLAIN),
    ("18.06 Uhr: Polizei", "de", "18:06", ClockForm.PLAIN),
    ("ore 18.06 - Polizia", "it", "18:06", ClockForm.PLAIN),
    ("++23.00++ Polizei", "de", "23:00", ClockForm.PLAIN),
    ("+++ 10:15 Polizei +++", "de", "10:15", ClockForm.PLAIN),
    ("[14:35] Police", "en", "14:35", ClockForm.PLAIN),
    ("22h45 : police", "fr", "22:45", ClockForm.HOUR_LETTER),
    ("22h : police", "fr", "22:00", ClockForm.HOUR_LETTER),
    ("20H55 | police", "fr", "20:55", ClockForm.HOUR_LETTER),
    ("14時35分 警察", "ja", "14:35", ClockForm.HOUR_LETTER),
    ("UPDATE (1858): Police", "en", "18:58", ClockForm.DIGITS),
    ("1831 GMT — Police", "en", "18:31", ClockForm.DIGITS),
]


@pytest.mark.parametrize(("text", "language", "clock", "form"), _OPENING)
def test_a_line_opens_with_a_clock_time(text: str, language: str, clock: str, form: ClockForm) -> None:
    """Each form of writing a time is read as the time it means."""
    stamp = read_stamp(text, date_names(language, text))
    assert stamp
    assert stamp.clock
    assert (f"{stamp.clock.time:%H:%M}", stamp.clock.form) == (clock, form)


_NO_STAMP = [
    ("At 2:30 p.m., the army said", "en"),
    ("Об 11:21 пролунали вибухи", "uk"),
    ("25:70 is no time", "en"),
    ("10 people were hurt", "en"),
    ("1858 was a good year", "en"),
    ("22.12.2022 war ein Donnerstag", "de"),
    ("3:2 siegte Norvale", "de"),
    ("10.5 Millionen Kronen", "de"),
    ("22 heures de route", "fr"),
]


@pytest.mark.parametrize(("text", "language"), _NO_STAMP)
def test_a_line_opens_with_no_clock_time(text: str, language: str) -> None:
    """Prepositions, counts, scores, amounts and years are not stamps."""
    stamp = read_stamp(text, date_names(language, text))
    assert stamp is None or stamp.clock is None


_DATED = [
    ("10 Nov 2020, 04:21", "en", (2020, 11, 10), "04:21"),
    ("25 octobre, 2020, 23:55", "fr", (2020, 10, 25), "23:55"),
    ("25.02.22 | 10:35 | Börse", "de", (2022, 2, 25), "10:35"),
    ("22.12 | 10:35 | Börse", "de", (None, 12, 22), "10:35"),
    ("Nov. 12, 12:45 a.m.: Calls", "en", (None, 11, 12), "00:45"),
    ("5:43 p.m. ET, March 5, 2022", "en", (2022, 3, 5), "17:43"),
    ("13:41 24.3.2022", "ru", (2022, 3, 24), "13:41"),
    ("24 августа 2014, 14:19,", "ru", (2014, 8, 24), "14:19"),
    ("3 בנובמבר 2023, 14:30", "he", (2023, 11, 3), "14:30"),
    ("2020-11-03T14:20", None, (2020, 11, 3), "14:20"),
    ("2022. március 3. 14:30", "hu", (2022, 3, 3), "14:30"),
]


@pytest.mark.parametrize(("text", "language", "day", "clock"), _DATED)
def test_date_and_time_together(text: str, language: str | None, day: tuple[int | None, int, int], clock: str) -> None:
    """Date and time are read in either order and any notation."""
    stamp = read_stamp(text, date_names(language, text))
    assert stamp
    assert stamp.clock
    assert stamp.day
    assert (stamp.day.year, stamp.day.month, stamp.day.day) == day
    assert f"{stamp.clock.time:%H:%M}" == clock


_DATES = [
    ("November 2", "en", (None, 11, 2)),
    ("oct7 update", "en", (None, 10, 7)),
    ("Mar. 1", "en", (None, 3, 1)),
    ("the 3rd of May 2021", "en", (2021, 5, 3)),
    ("Mittwoch, 2.3. 2022:", "de", (2022, 3, 2)),
    ("4. März", "de", (None, 3, 4)),
    ("3. Jänner 2021", "de-AT", (2021, 1, 3)),
    ("1er octobre 2020", "fr", (2020, 10, 1)),
    ("4 de marzo de 2022", "es", (2022, 3, 4)),
    ("26 febbraio", "it", (None, 2, 26)),
    ("22 Ekim 2023 Pazar", "tr", (2023, 10, 22)),
    ("7 Ekim'de", "tr", (None, 10, 7)),
    ("12 noyabr 2020", "az", (2020, 11, 12)),
    ("12 noyabrda", "az", (None, 11, 12)),
    ("3 ноября, вторник", "ru", (None, 11, 3)),
    ("8 травня 2023", "uk", (2023, 5, 8)),
    ("3 листопада", "uk", (None, 11, 3)),
    ("Նոյեմբերի 3, 2020", "hy", (2020, 11, 3)),
    ("3 نوفمبر 2023", "ar", (2023, 11, 3)),
    ("3 تشرين الثاني 2023", "ar", (2023, 11, 3)),
    ("3 בנובמבר", "he", (None, 11, 3)),
    ("3 marca 2022", "pl", (2022, 3, 3)),
    ("10 Μαρτίου 2022", "el", (2022, 3, 10)),
    ("2022年3月3日", "ja", (2022, 3, 3)),
    ("8/24/2020", "en-US", (2020, 8, 24)),
    ("8/11/2020", "en-GB", (2020, 11, 8)),
    ("24/8/2020", "en-US", (2020, 8, 24)),
]


@pytest.mark.parametrize(("text", "language", "expected"), _DATES)
def test_dates_in_words_and_numbers(text: str, language: str, expected: tuple[int | None, int, int]) -> None:
    """CLDR's month names in any case ending, and number dates in the language's order unless it is impossible."""
    found = [(day.year, day.month, day.day) for day, _, _ in find_dates(text, date_names(language, text))]
    assert found == [expected]


@pytest.mark.parametrize(
    "text", ["7-8 people may come", "Version 3.11.2 is out", "30 February", "May 2022 was cold", "1.5. "]
)
def test_no_dates_where_none_are(text: str) -> None:
    """Counts, versions, impossible days and months without a day are no dates."""
    assert [day for day, _, _ in find_dates(text, date_names("en", text)) if day != PartialDate(5, 1)] == []


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [(None, "3 листопада Київ під обстрілом", 11), (None, "3 Kasım Perşembe günü", 11), ("en", "3 ноября", 11)],
)
def test_names_are_known_without_a_fitting_language(language: str | None, text: str, month: int) -> None:
    """A page that declares no language, or one that its script belies, still has its months read."""
    assert [day.month for day, _, _ in find_dates(text, date_names(language, text))] == [month]


_TRAILING = [
    ("Oil passes 110 as port closes15:20", "Oil passes 110 as port closes"),
    ("Oil passes 110 as port closes 15:20", "Oil passes 110 as port closes"),
    ("Oil passes 110 – 15:20 GMT", "Oil passes 110"),
    ("Oil passes 110 (15:20)", "Oil passes 110"),
    ("Oil passes 110published at 15:20", "Oil passes 110"),
    ("Oil passes 110 | 3 March 2022, 15:20", "Oil passes 110"),
]


@pytest.mark.parametrize(("text", "headline"), _TRAILING)
def test_a_headline_may_end_with_its_time(text: str, headline: str) -> None:
    """A time glued or set off at the end of a line is read with all that sets it off."""
    stamp = read_trailing_stamp(text, date_names("en", text))
    assert stamp
    assert stamp.clock
    assert stamp.place is StampPlace.END
    assert (text[: stamp.start], stamp.clock.time) == (headline, time(15, 20))


_ZONES = [
    ("GMT", "en", "UTC"),
    ("TU", "fr", "UTC"),
    ("ET", "en", "America/New_York"),
    ("мск", "ru", "Europe/Moscow"),
    ("heure de Beyrouth", "fr", "Asia/Beirut"),
    ("час київський", "uk", "Europe/Kyiv"),
    ("за київським часом", "uk", "Europe/Kyiv"),
    ("بتوقيت بيروت", "ar", "Asia/Beirut"),
    ("ora italiana", "it", "Europe/Rome"),
    ("Israel time", "en", "Asia/Jerusalem"),
    ("Bakı vaxtı ilə", "az", "Asia/Baku"),
    ("UTC+4", "en", "Etc/GMT-4"),
    ("local time", "en", None),
]


@pytest.mark.parametrize(("words", "language", "zone"), _ZONES)
def test_zone_words(words: str, language: str, zone: str | None) -> None:
    """Abbreviations, offsets and the names of cities and countries name a zone; «local time» names none."""
    assert zone_of_words(words, language) == zone


def test_an_ambiguous_abbreviation_means_the_pages_own_zone() -> None:
    """IST on a page from Israel is Israel's time, elsewhere India's."""
    summer = datetime(2023, 1, 3, tzinfo=UTC)
    assert zone_of_words("IST", "en", "Asia/Jerusalem", summer) == "Asia/Jerusalem"
    assert zone_of_words("IST", "en") == "Asia/Kolkata"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("18:13 Hora de votar en Belmora", "18:13 "),
        ("14:35 This time the bridge held", "14:35 "),
        ("21:23 heure de Tarvin", "21:23 heure de Tarvin"),
        ("14:35 Kyiv time: Shells fell", "14:35 Kyiv time: "),
        ("1830 CEST (2030 Tarvin)", "1830 CEST (2030 Tarvin)"),
    ],
)
def test_words_after_a_clock_are_a_zone_only_when_they_can_be(text: str, end: str) -> None:
    """Words that might open a sentence are a zone when the place is known or nothing follows."""
    stamp = read_stamp(text, date_names(None, text))
    assert stamp
    assert text[: stamp.end] == end


@pytest.mark.parametrize(
    ("url", "zone"),
    [
        ("https://karst.am/x", "Asia/Yerevan"),
        ("https://norvale.ua/x", "Europe/Kyiv"),
        ("https://norvale.co.uk/x", "Europe/London"),
        ("https://norvale.ru/x", "Europe/Moscow"),
        ("https://norvale.tv/x", None),
        ("https://norvale.com/x", None),
        ("not an address", None),
        (None, None),
    ],
)
def test_a_publishers_country_names_the_zone(url: str | None, zone: str | None) -> None:
    """A country's domain names its capital's zone; domains bought for their sound name none."""
    assert zone_of_address(url) == zone


@pytest.mark.parametrize(
    ("language", "zone"),
    [
        ("uk", "Europe/Kyiv"),
        ("hy", "Asia/Yerevan"),
        ("en-GB", "Europe/London"),
        ("en", None),
        ("ar", None),
        (None, None),
    ],
)
def test_a_language_of_one_country_names_the_zone(language: str | None, zone: str | None) -> None:
    """A language tag with a region, or official in one country only, tells where a publisher is."""
    assert zone_of_language(language) == zone


@pytest.mark.parametrize(
    ("day", "near", "latest", "expected"),
    [
        (PartialDate(11, 2), date(2020, 11, 3), date(2020, 11, 3), date(2020, 11, 2)),
        (PartialDate(12, 31), date(2021, 1, 1), date(2021, 1, 1), date(2020, 12, 31)),
        (PartialDate(11, 5), date(2020, 11, 3), date(2020, 11, 3), date(2019, 11, 5)),
        (PartialDate(2, 29), date(2022, 3, 1), date(2022, 3, 1), date(2020, 2, 29)),
        (PartialDate(11, 2, 2014), date(2020, 11, 3), date(2020, 11, 3), date(2014, 11, 2)),
        (PartialDate(2, 30, 2014), date(2020, 11, 3), date(2020, 11, 3), None),
    ],
)
def test_a_missing_year_is_the_nearest_before_the_reading(
    day: PartialDate, near: date, latest: date, expected: date | None
) -> None:
    """No date is taken to lie after the day of reading; a printed year stands."""
    assert resolve_year(day, near, latest) == expected


@given(st.times(), st.sampled_from(["{:%H:%M}", "{:%H.%M}", "{:%Hh%M}", "{:%I:%M %p}", "[{:%H:%M}]", "{:%H:%M} GMT"]))
def test_every_minute_of_the_day_is_read_back(moment: time, notation: str) -> None:
    """A time written in any notation is read as itself, as the whole of its line."""
    text = notation.format(moment)
    stamp = read_stamp(text, date_names("en", text))
    assert stamp
    assert stamp.clock
    assert stamp.place is StampPlace.WHOLE
    assert stamp.clock.time == moment.replace(second=0, microsecond=0)


@given(st.text(max_size=80))
def test_no_text_breaks_the_grammar(text: str) -> None:
    """Whatever a line holds, what is read from it lies inside it."""
    names = date_names(None, text)
    for stamp in (read_stamp(text, names), read_trailing_stamp(text, names)):
        assert stamp is None or 0 <= stamp.start <= stamp.end <= len(text)
    assert all(0 <= start < end <= len(text) for _, start, end in find_dates(text, names))
