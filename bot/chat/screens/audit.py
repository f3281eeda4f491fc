"""The audit: who did or tried what, from what to what, and when."""

from __future__ import annotations

from datetime import datetime

from bot.chat.callbacks import ShowAudit, encode
from bot.chat.screens.compose import clock, fill, foreign
from bot.core.archive import AuditEntry, Page
from bot.core.message import Button, Message
from bot.core.render.draft import Draft
from bot.i18n import Words

_LIMIT = 100
"""Characters of a value before or after: enough for most addresses, and a page of entries stays one message."""


def audit_screen(page: Page[AuditEntry], now: datetime, words: Words) -> Message:
    """One page of the audit, newest first."""
    draft = Draft().add(words("Audit"), "bold")
    if not page.items:
        return draft.line(words("Nothing has been changed yet.")).message()
    draft.add(f" {page.number}/{page.pages}")
    for entry in page.items:
        _add_entry(draft, entry, now, words)
    return draft.message((_turn(page, words),))


def _add_entry(draft: Draft, entry: AuditEntry, now: datetime, words: Words) -> None:
    who = words("the program") if entry.user_id is None else words("user {id}", id=entry.user_id)
    fill(draft.line(), "{clock} · ", clock=clock(entry.at, now, words))
    draft.add(f"{who}: {foreign(entry.action, 40, words)}")
    if entry.subject:
        draft.add(f" · {foreign(entry.subject, 60, words)}")
    if not entry.allowed:
        draft.add(" · ").add(words("refused"), "bold")
    if entry.before is not None or entry.after is not None:
        draft.line(f"{_value(entry.before, words)} → {_value(entry.after, words)}")


def _value(value: str | None, words: Words) -> str:
    return "–" if value is None else foreign(value, _LIMIT, words)


def _turn(page: Page[AuditEntry], words: Words) -> tuple[Button, ...]:
    back, more = (encode(ShowAudit(page.anchor, to)) for to in (max(page.number - 1, 1), page.number + 1))
    return (
        *((Button(words("◀ Back"), data=back),) if page.number > 1 else ()),
        *((Button(words("More ▶"), data=more),) if page.number < page.pages else ()),
    )
