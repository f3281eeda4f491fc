"""Links inside documents."""

from __future__ import annotations

import pytest

from bot.sources.addresses import absolute

BASE = "https://norvale.example/live/day?page=1"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("/a", "https://norvale.example/a"),
        ("a", "https://norvale.example/live/a"),
        ("#p12", "https://norvale.example/live/day?page=1#p12"),
        ("//karst.example/x", "https://karst.example/x"),
        ("http://karst.example/x", "http://karst.example/x"),
        (" /a\nb ", "https://norvale.example/ab"),
        ("/two words", "https://norvale.example/two%20words"),
        ("javascript:alert(1)", None),
        ("ftp://norvale.example/x", None),
        ("mailto:desk@norvale.example", None),
        ("data:text/html,x", None),
        ("http://[", None),
        ("http://", None),
        ("/" + "a" * 3000, None),
        ("", None),
        (None, None),
    ],
)
def test_a_link_is_absolute_http_or_nothing(link: str | None, address: str | None) -> None:
    """Links are resolved against the page; what is no web address is dropped."""
    assert absolute(link, BASE) == address


def test_a_relative_link_without_a_base_is_nothing() -> None:
    """A document read from a file has no address to resolve against."""
    assert absolute("/a", None) is None
