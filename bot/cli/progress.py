"""A bar for whoever waits at a terminal; nothing at all where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show on standard error how many of ``total`` are done; the value is called with how many more are."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda _done: None
        return
    with typer.progressbar(length=total, label=label, file=sys.stderr, show_pos=True) as bar:
        yield bar.update
