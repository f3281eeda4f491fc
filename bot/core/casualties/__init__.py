"""How many people an update says were killed, wounded or displaced.

sentence ─numbers▶ numbers ─people▶ counts of people ─counting▶ each given to what happened to them
"""

from bot.core.casualties.counting import Counter
from bot.core.casualties.values import UNCOUNTED, Casualties, CountWords

__all__ = ["UNCOUNTED", "Casualties", "CountWords", "Counter"]
