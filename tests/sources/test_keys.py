"""Keys of entries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.sources.keys import Named, keys_of

NAMED = st.builds(
    Named,
    id=st.none() | st.sampled_from(["1", "2"]),
    link=st.none() | st.sampled_from(["https://norvale.example/1"]),
    title=st.none() | st.sampled_from(["Shelling", "Talks"]),
    opening=st.sampled_from(["", "The bridge"]),
)


def test_an_entry_is_named_by_its_id_then_its_link_then_its_words() -> None:
    """The first of them that the entry has."""
    by_id, by_link, by_title = keys_of(
        [
            Named("7", "https://norvale.example/7", "Shelling", "a"),
            Named(None, "https://norvale.example/8", "Talks", "b"),
            Named(None, None, "Bridge", "c"),
        ]
    )
    assert (by_id, by_link) == ("7", "https://norvale.example/8")
    assert by_title == keys_of([Named(None, None, "Bridge", "another text")])[0]


def test_entries_that_share_an_id_keep_their_keys_when_others_come_and_go() -> None:
    """A feed that gives every entry the page's address: a new first entry and a lost last one rename none."""
    day = [Named("page", None, title, "") for title in ("Bridge shut", "Shelling", "Talks", "Calm")]
    assert keys_of(day[1:-1]) == keys_of(day)[1:-1]


def test_twins_are_numbered_from_the_end() -> None:
    """Feeds grow at the beginning: a third twin leaves the keys of the two older ones."""
    twin = Named("page", None, "Update", "same words")
    assert keys_of([twin] * 3)[1:] == keys_of([twin] * 2)


def test_an_endless_id_becomes_a_hash() -> None:
    """A key is stored and compared: it has a bounded length."""
    assert len(keys_of([Named("x" * 100_000, None, None, "")])[0]) < 100


@given(st.lists(NAMED, max_size=12))
def test_keys_are_unique(entries: list[Named]) -> None:
    """Whatever a feed repeats or leaves out, no two entries share a key."""
    keys = keys_of(entries)
    assert len(set(keys)) == len(entries)
