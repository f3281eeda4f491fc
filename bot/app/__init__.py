"""The composition root: builds everything, owns every lifetime, and is the only file that knows all packages.

storage ◀─ ingest ◀─ supervisor (ticks)          chat (commands, buttons)
   └────── outbox ─▶ deliver ─▶ gateway ─▶ Telegram ◀──┘
"""

from bot.app.assembly import Sitrep, assembled, seeds
from bot.app.running import SWITCH_SECONDS, run

__all__ = ["SWITCH_SECONDS", "Sitrep", "assembled", "run", "seeds"]
