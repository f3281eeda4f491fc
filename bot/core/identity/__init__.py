"""Which of the updates just read are the ones already known, and what changed in them.

    known, found ─pairing▶ who is who ─comparison▶ what changed ─absence▶ what is gone ─▶ decisions

An update's id is minted at first sight and never recomputed: what this package computes is evidence, not identity.
"""

from bot.core.identity.canonical import canonical, fingerprint
from bot.core.identity.decisions import (
    Added,
    Corrected,
    Decision,
    Known,
    Missing,
    New,
    Removed,
    Same,
    Withdrawn,
)
from bot.core.identity.identify import identify

__all__ = [
    "Added",
    "Corrected",
    "Decision",
    "Known",
    "Missing",
    "New",
    "Removed",
    "Same",
    "Withdrawn",
    "canonical",
    "fingerprint",
    "identify",
]
