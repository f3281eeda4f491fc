"""Sends what the outbox holds: paced, in order, and so that a crash at any point loses nothing."""

from bot.services.deliver.compose import Dialect, Dialects
from bot.services.deliver.loop import Deliver, DeliverySettings
from bot.services.deliver.refusals import Stopped

__all__ = ["Deliver", "DeliverySettings", "Dialect", "Dialects", "Stopped"]
