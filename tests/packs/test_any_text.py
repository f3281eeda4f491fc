"""Whatever a feed prints, the packs have an answer."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.model import NewsUpdate
from bot.packs import load_packs

_PACKS = load_packs()
_SAID = (
    "said",
    "According to",
    "сообщил",
    "заявил",
    "ասաց",
    "ըստ",
    "قال",
    "أعلن",
    "dedi",
    "göre",
    "«",
    "»",
    '"',
    ":",
    "—",
)
_LETTERS = st.text() | st.text("абвіїғ ԱԲգդ وفبال\u0640\u064b aBç’'-.,:;!?«»\"()0123456789\n", max_size=200)


@given(
    st.lists(_LETTERS | st.sampled_from(_SAID), max_size=12).map(" ".join),
    st.sampled_from([None, "en", "ru", "uk", "hy", "ar", "tr", "fr", "xx"]),
)
@example("قال \u0640 الوزير", "ar")
def test_any_text_has_findings(text: str, language: str | None) -> None:
    """Letters of any script, and marks without letters, are read without an error; reasons stand in the text."""
    found = _PACKS.findings(NewsUpdate(text, 0), language=language)
    assert found.tags
    assert all(match.words in text for tag in found.tags for match in tag.matches)
