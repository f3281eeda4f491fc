"""Addresses as people type them."""

from __future__ import annotations

import pytest

from bot.core.web_address import BadAddress, to_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://norvale.example/day", "https://norvale.example/day"),
        ("  http://norvale.example/day  ", "http://norvale.example/day"),
        ("norvale.example/day", "https://norvale.example/day"),
        ("<https://norvale.example/day>", "https://norvale.example/day"),
        ("HTTPS://Norvale.Example/Day", "https://norvale.example/Day"),
        ("https://norvale.example/day#latest", "https://norvale.example/day"),
        ("http://127.0.0.1:8080/feed", "http://127.0.0.1:8080/feed"),
        ("https://[2001:db8::1]/feed", "https://[2001:db8::1]/feed"),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed: str, address: str) -> None:
    """A scheme may be missing, white space and brackets around it do not count, and a fragment names no document."""
    assert to_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "hello",
        "a page about Tarvin",
        "ftp://norvale.example/",
        "file:///etc/passwd",
        "javascript://norvale.example/",
        "https://",
        "https://oda:secret@norvale.example/",
        "https://norvale.example:99999/",
        "https://norvale.example/\u202egpj",
        "https://norvale.example/a\nb",
        "https://[::1",
        "https://norvale.example/" + "a" * 1_000,
    ],
)
def test_what_is_no_web_address_is_refused_with_a_reason(typed: str) -> None:
    """Nothing that is not plainly an address of the web reaches the network or the database."""
    refused = to_address(typed)
    assert isinstance(refused, BadAddress)
    assert refused.reason
