"""What places are called in a reader's language."""

from __future__ import annotations

import pytest

from bot.core.places import Place, name_in
from bot.packs import load_packs
from bot.packs.place_names import PlaceNames

TARVIN = Place("tarvin", "Tarvin", "town", names=("Тарвин", "Тарвін", "Թարվին", "تارفين"))


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Tarvin"), ("hy", "Թարվին"), ("ru", "Тарвин"), ("ar", "تارفين"), ("tr", "Tarvin")],
)
def test_a_place_has_the_first_name_in_the_language_s_script(language: str, name: str) -> None:
    """Languages of one script share a name; Latin ones have the name that is shown."""
    assert name_in(TARVIN, language) == name
    assert name_in(Place("velm", "Velm", "town"), language) == "Velm"


def test_shipped_places_are_named_in_each_language() -> None:
    """A name that the packs have in the language's letters is the one shown; an id that they do not have is none."""
    packs = load_packs()
    names = {language: PlaceNames(packs, language) for language in ("en", "hy", "ru", "ar")}
    assert names["en"]["stepanakert"] == "Stepanakert"
    assert names["hy"]["stepanakert"] == "Ստեփանակերտ"
    assert names["ru"]["stepanakert"] == "Степанакерт"
    assert len(names["hy"]) > 50
    assert "atlantis" not in names["ru"]
