"""Sends what the outbox holds: paced, in order, and so that a crash at any point loses nothing."""

from bot.services.deliver.loop import Deliver, DeliverySettings

__all__ = ["Deliver", "DeliverySettings"]
