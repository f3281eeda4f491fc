"""Places by the names of a pack, in any script: never guessed, and never out of an organisation's name."""

from bot.core.places.gazetteer import Gazetteer
from bot.core.places.place import Place, name_in, names_of

__all__ = ["Gazetteer", "Place", "name_in", "names_of"]
