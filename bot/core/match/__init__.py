"""What depends on the moment: whether an update alerts, when its deliveries go, whether they ring, and why."""

from bot.core.match.claim import at_claim
from bot.core.match.first_read import ARCHIVE_AFTER, FirstRead, at_first_read
from bot.core.match.ruling import Lane, Lapse, Ruling, Send, Wait
from bot.core.match.signs import LATE_AFTER, ORDER_STANDS, is_danger, is_standing_order, order_in_force, what_is_new

__all__ = [
    "ARCHIVE_AFTER",
    "LATE_AFTER",
    "ORDER_STANDS",
    "FirstRead",
    "Lane",
    "Lapse",
    "Ruling",
    "Send",
    "Wait",
    "at_claim",
    "at_first_read",
    "is_danger",
    "is_standing_order",
    "order_in_force",
    "what_is_new",
]
