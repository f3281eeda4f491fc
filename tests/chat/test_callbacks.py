"""Codes of buttons survive the way there and back, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.callbacks import (
    MAX_NUMBER,
    MAX_PAGE,
    AddFeed,
    ApplyPreset,
    Code,
    ExplainAlert,
    OpenNews,
    RestoreTopics,
    SetTopic,
    ShowPage,
    ShowSample,
    View,
    decode,
    encode,
)
from bot.core.model import TopicMode

NUMBERS = st.integers(0, MAX_NUMBER)
SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,40}", fullmatch=True)
FILTERS = st.none() | st.from_regex(r"[a-z0-9][a-z0-9-]{0,23}", fullmatch=True)
VIEWS = st.sampled_from(View)
CODES: st.SearchStrategy[Code] = st.one_of(
    st.builds(SetTopic, SLUGS, st.sampled_from(TopicMode), st.integers(0, 999)),
    st.builds(ShowPage, VIEWS, NUMBERS, st.integers(0, MAX_PAGE), FILTERS),
    st.builds(
        OpenNews,
        VIEWS,
        NUMBERS,
        st.integers(0, MAX_PAGE),
        FILTERS,
        NUMBERS,
        st.integers(0, 999),
    ),
    st.builds(ExplainAlert, NUMBERS),
    st.builds(RestoreTopics, SLUGS),
    st.just(ApplyPreset()),
    st.builds(AddFeed, NUMBERS),
    st.builds(ShowSample, NUMBERS, NUMBERS),
)


@given(CODES)
def test_a_code_comes_back_as_it_was_within_64_bytes(code: Code) -> None:
    """Whatever a button says is understood again, and fits Telegram's limit."""
    data = encode(code)
    assert decode(data) == code
    assert len(data.encode()) <= 64


@given(st.one_of(st.text(max_size=64), st.from_regex(r"1[a-z](:[a-z0-9-]{0,9}){0,5}", fullmatch=True)))
def test_what_decodes_was_written_by_us(data: str) -> None:
    """There is one spelling of each code: any other string is no code at all."""
    code = decode(data)
    assert code is None or encode(code) == data


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("", "empty"),
        ("1", "no letter"),
        ("2t:weapons:l:1", "a later version"),
        ("0t:weapons:l:1", "an earlier version"),
        ("1X:1", "an unknown letter"),
        ("1t:weapons:l", "a field too few"),
        ("1t:weapons:l:1:1", "a field too many"),
        ("1t:weapons:x:1", "an unknown mode"),
        ("1t:Weapons:l:1", "no slug"),
        ("1t::l:1", "an empty slug"),
        ("1w:-1", "a sign"),
        ("1w:+1", "a sign"),
        ("1w:01", "a leading zero"),
        ("1w: 1", "white space"),
        ("1w:1_0", "a separator"),
        ("1w:١", "digits of another script"),
        ("1w:10000000000", "beyond any id"),
        ("1w:" + "9" * 60, "a number that is too long"),
        ("1l:q:1:1:", "an unknown listing"),
        ("1p:", "an empty field where there is none"),
        ("1w:\ud800", "half a character"),
    ],
)
def test_forged_data_is_no_code(data: str, rule: str) -> None:
    """Callback data that no button of ours carries is refused."""
    assert decode(data) is None, rule


def test_a_code_that_does_not_fit_is_a_bug() -> None:
    """What cannot be said in 64 bytes fails where the button is made, not at Telegram."""
    with pytest.raises(ValueError, match="cannot be said"):
        encode(SetTopic("a" * 60, TopicMode.LOUD, 1))
