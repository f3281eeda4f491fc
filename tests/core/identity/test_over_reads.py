"""One page over many reads: what comes, stays, moves, goes and comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.identity import Corrected, Missing, New, Removed, Same, Withdrawn, identify
from bot.core.model import NewsUpdate
from tests.core.identity.editor import Chronology, chronologies, moment
from tests.core.identity.pages import DAY, Archive, events, gone, news, page, remembered

TOWNS = ("Karst", "Tarvin", "Varde", "Lorin", "Ostra", "Hadrun", "Falun", "Linden")


def report(hour: int, *, clock: bool = True) -> NewsUpdate:
    """An update of its own making for each hour."""
    town, other = TOWNS[hour % 8], TOWNS[(hour * 3 + 1) % 8]
    text = (
        f"The mayor of {town} said that convoy number {hour * 7 + 3} had left for {other}, carrying {hour + 11} tons."
    )
    return news(f"{hour % 24}:00" if clock else None, text)


def test_an_update_inserted_anywhere_is_the_only_news() -> None:
    """One update more in the middle of a page is new; the others only move."""
    archive = Archive()
    archive.read(*map(report, range(8)))
    for hour in (12, 15):
        updates = [report(h) for h in range(8)]
        updates.insert(hour % 8, report(hour))
        assert events(archive.read(*updates)).count("New") == 1


def test_a_headline_that_changes_owner_is_no_news() -> None:
    """When an update is inserted above, the headline above the old one may become the new one's: nobody is told."""
    archive = Archive()
    first, second = replace(report(9), heading="Convoys Leave the Coast"), report(10)
    archive.read(first, second)
    inserted = replace(report(11), heading="Convoys Leave the Coast")
    assert events(archive.read(inserted, replace(first, heading=None), second)) == ["New"]
    reheaded = replace(first, heading="A Second Convoy")
    assert events(archive.read(inserted, reheaded, second)) == []


def test_a_headline_that_falls_into_the_body_above_is_no_addition() -> None:
    """A headline read once as the last line of the update above it brings no new place and number."""
    archive = Archive()
    first, second = report(9), replace(report(10), heading="Twelve Villages Around Brenholt Cut Off")
    archive.read(first, second)
    swallowed = replace(first, text=f"{first.text}\n\nTwelve Villages Around Brenholt Cut Off")
    assert events(archive.read(swallowed, replace(second, heading=None))) == []


@pytest.mark.parametrize("clock", [True, False], ids=["timed", "untimed"])
def test_gone_from_between_in_two_reads_is_removed_once(clock: bool) -> None:  # a row of the table
    """The first read without it waits, the second says removed, later ones say nothing."""
    archive = Archive()
    everything = [report(hour, clock=clock) for hour in range(8)]
    archive.read(*everything)
    without = [*everything[:3], *everything[4:]]
    assert gone(archive.read(*without)) == [("Missing", 4)]
    assert gone(archive.read(*without)) == [("Removed", 4)]
    assert gone(archive.read(*without)) == []


def test_neighbours_gone_together_are_removed() -> None:
    """Two updates taken out side by side are both missed."""
    archive = Archive()
    everything = [report(hour) for hour in range(8)]
    archive.read(*everything)
    without = [*everything[:3], *everything[5:]]
    assert gone(archive.read(*without)) == [("Missing", 4), ("Missing", 5)]
    assert gone(archive.read(*without)) == [("Removed", 4), ("Removed", 5)]


def test_what_comes_back_was_never_removed() -> None:
    """Missing once and back is silent, and starts from nothing when it is missing again."""
    archive = Archive()
    everything = [report(hour) for hour in range(8)]
    without = [*everything[:3], *everything[4:]]
    archive.read(*everything)
    archive.read(*without)
    back = archive.read(*everything)
    assert events(back) == []
    assert gone(archive.read(*without)) == [("Missing", 4)]


def test_a_removed_update_that_comes_back_is_itself() -> None:
    """An update that was told as removed and stands in the page again is no new one."""
    archive = Archive()
    everything = [report(hour) for hour in range(8)]
    archive.read(*everything)
    for _ in range(2):
        archive.read(*everything[:3], *everything[4:])
    back = archive.read(*everything)[3]
    assert isinstance(back, Same)
    assert back.known.id == 4
    assert back.touched


def test_removal_is_told_while_the_page_grows() -> None:
    """New updates above do not hide that one is gone from the middle."""
    archive = Archive()
    everything = [report(hour) for hour in range(10, 2, -1)]
    archive.read(*everything)
    without = [*everything[:3], *everything[4:]]
    assert gone(archive.read(report(11), *without)) == [("Missing", 4)]
    assert gone(archive.read(report(12), report(11), *without)) == [("Removed", 4)]


def test_an_update_merged_into_its_neighbour_is_not_removed() -> None:
    """Words that now stand inside another update are not gone, nor are they news."""
    archive = Archive()
    everything = [report(hour) for hour in range(6)]
    archive.read(*everything)
    merged = replace(everything[2], text=f"{everything[2].text}\n\n{everything[3].text}")
    for _ in range(3):
        decisions = archive.read(*everything[:2], merged, *everything[4:])
        assert not {"New", "Missing", "Removed"} & set(events(decisions))
        assert not any(getattr(decision, "alerts", False) for decision in decisions)


def test_an_update_split_in_two_is_no_news() -> None:
    """Its second half, now an update of its own, alerts nobody: its words were told before."""
    archive = Archive()
    everything = [report(hour) for hour in range(6)]
    more = "Two bridges near Falun are closed until further notice, the road office said."
    everything[3] = replace(everything[3], text=f"{everything[3].text}\n\n{more}")
    archive.read(*everything)
    halves = report(3), news("3:20", more)
    new = [d for d in archive.read(*everything[:3], *halves, *everything[4:]) if isinstance(d, New)]
    assert [d.alerts for d in new] == [False]


def test_an_alarm_that_sounds_again_is_news() -> None:
    """Words that still stand in the page beside it, an hour older, were not taken from there."""
    archive = Archive()
    alarm = "The air raid alarm sounds in Karst and in the whole district; go to the shelters!"
    updates = [report(3), news("2:10", alarm), report(1)]
    archive.read(*updates)
    decisions = archive.read(news("3:40", alarm), *updates)
    assert [d.alerts for d in decisions if isinstance(d, New)] == [True]


def test_a_line_read_as_headline_or_as_body_is_the_same_update() -> None:
    """When what was all of an update is read as its headline, with a stray line for a body, nothing has happened."""
    archive = Archive()
    all_clear = news("2:10", "All clear for Karst and the whole district.")
    archive.read(report(3), all_clear)
    stray = replace(all_clear, heading=all_clear.text, text="Follow us on your phone")
    for _ in range(2):
        assert not [d for d in archive.read(report(3), stray) if getattr(d, "alerts", False) or isinstance(d, New)]


@given(steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_a_window_that_moves_removes_nothing(steps: list[tuple[int, int]]) -> None:
    """However a page of the newest updates grows and drops the oldest, each is new once and none is ever removed."""
    archive = Archive()
    shown, following = [report(0)], 1
    archive.read(*shown)
    for grown, dropped in steps:
        fresh = [numbered(following + step) for step in range(grown)]
        following += grown
        shown = [*reversed(fresh), *shown[: max(1, len(shown) - dropped)]]
        decisions = archive.read(*shown)
        assert events(decisions) == ["New"] * grown
    assert len(archive.known) == following


def numbered(number: int) -> NewsUpdate:
    """The update of that number, an hour after the one before."""
    later = moment(report(0)) + timedelta(hours=number)
    return replace(report(number), local_date=later.date(), local_time=later.time())


@pytest.mark.parametrize("chronology", chronologies(), ids=lambda chronology: chronology.name)
def test_a_page_turned_over_is_the_same(chronology: Chronology) -> None:
    """Turned from oldest first to newest first, a page has no news, no corrections and nothing removed."""
    updates = chronology.updates
    archive = Archive()
    archive.read(*updates, language=None)
    assert events(archive.read(*reversed(updates), language=None)) == []


def test_a_page_that_is_read_as_the_day_after_has_no_news() -> None:
    """When the day of every update shifts, or the zone does, the same words are the same updates."""
    archive = Archive()
    everything = [report(hour) for hour in range(8)] + [news("8:00", "All clear."), news("9:00", "Sirens in Karst.")]
    archive.read(*everything)
    assert events(archive.read(*(replace(u, local_date=DAY + timedelta(days=1)) for u in everything))) == []


def test_what_is_said_every_morning_is_not_yesterdays_page() -> None:
    """Greetings in the same words at the same hours do not make another day's updates the old ones."""
    hours = ("6:00", "12:00", "20:00")
    greetings = [f"Here is what you need to know at this hour, number {hour}, from our desk." for hour in hours]
    archive = Archive()
    archive.read(*(news(hour, text) for hour, text in zip(hours, greetings, strict=True)), report(21), report(22))
    tomorrow = DAY + timedelta(days=1)
    again = [news(hour, text, day=tomorrow) for hour, text in zip(hours, greetings, strict=True)]
    others = [
        news(f"{h}:00", f"Shelling of {TOWNS[h % 8]} went on, said major {h}.", day=tomorrow) for h in (21, 22, 23, 13)
    ]
    assert events(archive.read(*again, *others)) == ["New"] * 7


def test_the_same_phrase_later_is_news() -> None:
    """Sirens at another hour are other sirens, also when the first has left the page."""
    archive = Archive()
    archive.read(report(1), news("2:00", "Sirens in Karst."))
    assert events(archive.read(news("2:00", "Sirens in Karst."), news("5:30", "Sirens in Karst."))) == ["New"]
    assert events(archive.read(news("9:45", "Sirens in Karst."))) == ["New"]
    tomorrow = news("2:00", "Sirens in Karst.", day=DAY + timedelta(days=1))
    assert events(archive.read(tomorrow)) == ["New"]


def named(updates: list[NewsUpdate], names: list[str]) -> list[NewsUpdate]:
    """The updates under these ids of the source."""
    return [replace(update, vendor_id=name) for update, name in zip(updates, names, strict=True)]


def test_a_proven_id_recognises_a_rewritten_update() -> None:
    """An id that stayed with its text over two reads names the update even when every word changes."""
    archive = Archive()
    updates = named([report(hour) for hour in range(6)], [f"p{n}" for n in (31, 47, 58, 60, 77, 90)])
    archive.read(*updates)
    archive.read(*updates)
    rewritten = news("2:30", "Negotiators have agreed on an exchange of prisoners; buses wait at the crossing.")
    decision = archive.read(*updates[:2], replace(rewritten, vendor_id="p58"), *updates[3:])[2]
    assert not isinstance(decision, New)


def test_ids_that_count_from_the_newest_are_not_believed() -> None:
    """When ``#post1`` is always the newest, one more update is one new one, whatever the ids say."""
    archive = Archive()
    updates = [report(hour) for hour in range(6, 0, -1)]
    for _ in range(3):
        archive.read(*named(updates, [f"post{n}" for n in range(1, 7)]))
    grown = named([report(7), *updates], [f"post{n}" for n in range(1, 8)])
    decisions = archive.read(*grown)
    assert events(decisions) == ["New"]
    assert isinstance(decisions[0], New)


def test_entries_keyed_by_their_place_are_not_believed() -> None:
    """The same where the place in the page is the key of an entry of its own."""
    archive = Archive()
    updates = [report(hour) for hour in range(6, 0, -1)]
    archive.read(*(replace(u, page_key=f"post{n}") for n, u in enumerate(updates)))
    grown = [replace(u, page_key=f"post{n}") for n, u in enumerate([report(7), *updates])]
    assert events(archive.read(*grown)) == ["New"]


def test_a_page_whose_every_id_changes_has_no_news() -> None:
    """New ids on the same words are the same updates."""
    archive = Archive()
    updates = [report(hour) for hour in range(6)]
    archive.read(*updates)
    for read in range(4):
        assert events(archive.read(*named(updates, [f"{read}-{n}" for n in range(6)]))) == []


def test_a_page_that_moves_has_no_news() -> None:
    """Another address for the whole page, so that every key is another one, changes no update."""
    archive = Archive()
    updates = [report(hour) for hour in range(6)]
    archive.read(*(replace(u, page_key="https://post.example/may-14") for u in updates))
    assert events(archive.read(*(replace(u, page_key="https://post.example/may-14/") for u in updates))) == []


def test_entries_of_a_feed_that_say_the_same_stay_apart() -> None:
    """Two entries of one feed are two updates although their words are the same."""
    archive = Archive()
    one = replace(news("9:00", "Sirens are heard in Karst and the suburbs."), page_key="guid-1")
    archive.read(one)
    two = replace(news("9:00", "Sirens are heard in Karst and the suburbs."), page_key="guid-2")
    assert events(archive.read(two, one)) == ["New"]


def test_an_entry_of_a_feed_is_itself_under_other_words() -> None:
    """The only update under an entry's key, at the same moment, stays itself however it is rewritten."""
    archive = Archive()
    other = [replace(report(hour), page_key=f"guid-{hour}") for hour in (3, 4)]
    archive.read(replace(news("9:00", "Explosions are heard in Karst."), page_key="guid-1"), *other)
    again = replace(news("9:00", "A depot burns after a missile strike; 3 hurt, officials say."), page_key="guid-1")
    assert "New" not in events(archive.read(*other, again))


def test_a_withdrawn_update_is_withdrawn_once() -> None:
    """The notice that stays in the page says nothing more in later reads."""
    archive = Archive()
    updates = [report(hour) for hour in range(4)]
    archive.read(*updates)
    updates[1] = replace(updates[1], text="We have removed this report, which could not be confirmed.")
    assert [type(d) for d in archive.read(*updates)][1] is Withdrawn
    assert events(archive.read(*updates)) == []


def test_a_change_back_is_a_correction_too() -> None:
    """A number that is corrected and corrected back is told both times."""
    archive = Archive()
    updates = [report(hour) for hour in range(4)]
    archive.read(*updates)
    for tons in ("19", "13"):
        updates[2] = replace(updates[2], text=updates[2].text.rsplit(" ", 2)[0] + f" {tons} tons.")
        decision = archive.read(*updates)[2]
        assert isinstance(decision, Corrected)


def test_nothing_is_removed_from_a_page_cut_off() -> None:
    """A page of which only the beginning, or only the end, could be read removes nothing."""
    archive = Archive()
    updates = [report(hour) for hour in range(8)]
    archive.read(*updates)
    for part in (updates[:3], updates[5:], updates[2:4], []):
        assert not [d for d in archive.read(*part) if isinstance(d, Missing | Removed)]


def test_an_edit_is_recognised_among_thousands_that_left_the_page() -> None:
    """A channel that has been read for months knows thousands of updates; the one edited now is among the latest."""
    history = [numbered(number) for number in range(4_000)]
    known = remembered(page(*reversed(history)))
    shown = page(*reversed(history[-20:]))
    shown[7] = replace(shown[7], text=shown[7].text.replace("convoy", "second convoy"))
    decisions = identify(known, shown, language="en")
    assert [d.known.id for d in decisions if not isinstance(d, New)] == list(range(1, 21))
