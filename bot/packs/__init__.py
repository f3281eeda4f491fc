"""The topic, place and speaker packs: data, and the loader that checks it."""

from bot.packs.files import optional_names
from bot.packs.loader import Packs, load_packs

__all__ = ["Packs", "load_packs", "optional_names"]
