"""Numbers as people type them."""

from __future__ import annotations


def feed_number(typed: str) -> int | None:
    """The feed's number as typed, "#3" included; ``None`` for anything else."""
    digits = typed.removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None
