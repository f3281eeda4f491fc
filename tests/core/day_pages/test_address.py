"""The day in an address: found in every usual form, and written anew for another day in the same form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.day_pages import addresses_for, states_day

THIRD, FOURTH, NEW_YEAR = date(2026, 11, 3), date(2026, 11, 4), date(2027, 1, 1)
SITE = "https://norvale.example/"
ROWS = [
    # address of 3 November 2026, of 4 November, of 1 January, language
    ("november-3", "november-4", "january-1", None),
    ("November_03", "November_04", "January_01", None),
    ("NOV-3-update", "NOV-4-update", "JAN-1-update", None),
    ("3rd-november", "4th-november", "1st-january", None),
    ("november3", "november4", "january1", None),
    ("2026/11/03/live", "2026/11/04/live", "2027/01/01/live", None),
    ("2026/11/3/live", "2026/11/4/live", "2027/1/1/live", None),
    ("live-2026-11-03-en", "live-2026-11-04-en", "live-2027-01-01-en", None),
    ("live_2026_11_03.html", "live_2026_11_04.html", "live_2027_01_01.html", None),
    ("20261103", "20261104", "20270101", None),
    ("ticker-03.11.2026", "ticker-04.11.2026", "ticker-01.01.2027", "de"),
    ("ticker-3-11-2026", "ticker-4-11-2026", "ticker-1-1-2027", "de"),
    ("11-03-2026-recap", "11-04-2026-recap", "01-01-2027-recap", "en"),
    ("03112026", "04112026", "01012027", "de"),
    ("news?day=2026-11-03&lang=en", "news?day=2026-11-04&lang=en", "news?day=2027-01-01&lang=en", None),
    ("2026/11/november-3-update", "2026/11/november-4-update", "2027/01/january-1-update", None),
    ("2026/nov/03/ukraine", "2026/nov/04/ukraine", "2027/jan/01/ukraine", None),
    ("tuesday-november-3", "wednesday-november-4", "friday-january-1", None),
    ("november-3-2026", "november-4-2026", "january-1-2027", None),
    ("3-de-noviembre-de-2026", "4-de-noviembre-de-2026", "1-de-enero-de-2027", "es"),
    ("3-novembre-direct", "4-novembre-direct", "1-janvier-direct", "fr"),
    ("3-listopada", "4-listopada", "1-stycznia", "pl"),
    ("3-kasim-2026", "4-kasim-2026", "1-ocak-2027", "tr"),
    ("3-noyabrya", "4-noyabrya", "1-yanvarya", "ru"),
    ("3-noiabria", "4-noiabria", "1-ianvaria", "ru"),
    ("3-lystopada", "4-lystopada", "1-sichnya", "uk"),
    ("3-november/3-november-live", "4-november/4-november-live", "1-january/1-january-live", None),
]


@pytest.mark.parametrize(("third", "fourth", "new_year", "language"), ROWS, ids=[row[0] for row in ROWS])
def test_a_day_is_written_anew_in_the_form_it_has(third: str, fourth: str, new_year: str, language: str | None) -> None:
    """Case, padding, separators, ordinals, the year and the weekday go with the day."""
    assert states_day(SITE + third, THIRD, language)
    assert addresses_for(SITE + third, THIRD, FOURTH, language) == (SITE + fourth,)
    assert addresses_for(SITE + third, THIRD, NEW_YEAR, language)[0] == SITE + new_year


def test_letters_beyond_ascii_are_found_percent_encoded() -> None:
    """An address in Armenian names its day too."""
    third, fourth = (f"{SITE}%D5%B6%D5%B8%D5%B5%D5%A5%D5%B4%D5%A2%D5%A5%D6%80%D5%AB-{day}" for day in (3, 4))
    assert states_day(third, THIRD, "hy") == "նոյեմբերի-3"
    assert addresses_for(third, THIRD, FOURTH, "hy") == (fourth,)


@pytest.mark.parametrize(
    ("address", "day", "wanted", "expected"),
    [
        ("live-2026-11-24", date(2026, 11, 24), date(2026, 12, 1), ("live-2026-12-01", "live-2026-12-1")),
        ("november-24", date(2026, 11, 24), date(2026, 12, 1), ("december-1", "december-01")),
        ("31-may", date(2026, 5, 31), date(2026, 6, 1), ("1-june", "01-june", "1-jun", "01-jun")),
        ("2026/11/11", date(2026, 11, 11), date(2026, 11, 12), ("2026/11/12",)),
        ("11-11-2026", date(2026, 11, 11), date(2026, 11, 12), ("12-11-2026", "11-12-2026")),
    ],
)
def test_where_the_form_does_not_show_every_way_is_given(
    address: str, day: date, wanted: date, expected: tuple[str, ...]
) -> None:
    """Padded or not, the whole name or the short one, day or month first; numbers are padded, days by names are not."""
    assert addresses_for(SITE + address, day, wanted, "en") == tuple(SITE + path for path in expected)


@pytest.mark.parametrize(
    "address",
    [
        "news",
        "november-30",
        "november-31",
        "article-311032026",
        "article-20261103771",
        "mynovember-3",
        "2026/11/13/live",
        "11-03",
        "031126",
        "",
    ],
)
def test_what_is_not_that_day_is_not_taken_for_it(address: str) -> None:
    """Longer numbers, other days and number pairs that may be anything say nothing."""
    assert states_day(SITE + address, THIRD, "en") is None
    assert addresses_for(SITE + address, THIRD, FOURTH, "en") == ()


@pytest.mark.parametrize(
    ("address", "expected"), [("11-03", "11-04"), ("update/3/11", "update/4/11"), ("031126", "041126")]
)
def test_a_number_pair_is_the_day_where_the_title_says_so_too(address: str, expected: str) -> None:
    """With ``sure`` the weak forms count."""
    assert addresses_for(SITE + address, THIRD, FOURTH, "en", sure=True)[0] == SITE + expected


def test_the_host_is_no_part_of_it() -> None:
    """A name with a date in it stays as it is."""
    assert addresses_for("https://nov-3.example/", THIRD, FOURTH, None) == ()


@pytest.mark.parametrize("address", ["http://[", "not an address", "https://x.example/" + "3-nov-" * 5_000])
def test_any_address_is_looked_at(address: str) -> None:
    """Nonsense has no day, and length costs nothing."""
    assert isinstance(addresses_for(address, THIRD, FOURTH, "ru"), tuple)


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 30)),
    st.sampled_from(["{:%Y/%m/%d}", "{:%Y%m%d}", "{:%B-%d}", "{:%d-%b-%Y}", "live-{:%d-%m-%Y}", "{:%A-%d-%B}"]),
)
def test_tomorrows_address_comes_from_todays(day: date, form: str) -> None:
    """Whatever the day, one of the addresses given is the one that the site will use."""
    tomorrow = day + timedelta(days=1)
    url = SITE + form.format(day).lower()
    assert SITE + form.format(tomorrow).lower() in addresses_for(url, day, tomorrow, None)
