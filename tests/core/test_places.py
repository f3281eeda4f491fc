"""Places are found by the names of a pack, in any script, and never in the name of an organisation."""

from __future__ import annotations

import pytest

from bot.core.places import Gazetteer, Place, names_of

PLACES = {
    place.id: place
    for place in (
        Place("no", "Norland", "country"),
        Place("karst", "Karst", "region", "no", ("Карст", "Քարստ")),
        Place("tarvin", "Tarvin", "town", "karst", ("Tarwin", "Тарвин", "Տարվին", "تارفين")),
        Place("upper", "Upper Tarvin", "village", "tarvin"),
        Place("velm", "Velm", "capital", "no", ("Вельм",)),
        Place("belmora", "Belmora", "town", "karst", ("Белмора",)),
        Place("red", "Red Hill", "town", "karst", ("Красный Холм", "Червоний Пагорб", "Կարմիր Բլուր")),
        Place("ostriv", "Ostriv", "town", "karst", ("Острів", "Остров")),
        Place("kremin", "Kreminets", "town", "karst", ("Кремінець", "Кременец")),
    )
}


@pytest.fixture
def gazetteer() -> Gazetteer:
    """A few invented places."""
    return Gazetteer(
        PLACES,
        organisations=frozenset({"post", "army", "group", "ministry"}),
        never=frozenset({"tarvin cheese"}),
        locative=frozenset({"in", "near", "в"}),
        named_after=frozenset({"agreements"}),
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on Tarvin and Belmora.", ("Tarvin", "Belmora")),
        ("Belmora, then Tarvin, then Belmora again", ("Belmora", "Tarvin")),
        ("Tarwin was hit", ("Tarvin",)),
        ("Tarvin's hospital", ("Tarvin",)),
        ("Upper Tarvin was hit", ("Upper Tarvin",)),
        ("в Тарвине и Белморе", ("Tarvin", "Belmora")),
        ("Տարվինում և Տարվինի մոտ", ("Tarvin",)),
        ("قصف تارفين", ("Tarvin",)),
        ("в Красном Холме и на Красный Холм", ("Red Hill",)),
        ("у Червоному Пагорбі", ("Red Hill",)),
        ("Կարմիր Բլուրում", ("Red Hill",)),
        ("поблизу Острова", ("Ostriv",)),
        ("біля Кремінця, возле Кременца", ("Kreminets",)),
        ("Tarvin'e ve Belmora’da", ("Tarvin", "Belmora")),
        ("القصف بتارفين ولتارفين", ("Tarvin",)),
        # a longer word that begins alike is another word
        ("Тарвинский и Тарвинск", ()),
        ("Տարվինցիներ", ()),
        # a region and a capital are places only where something is in them
        ("in Karst and near Tarvin", ("Tarvin", "Karst")),
        ("Karst denied the report", ()),
        ("Velm and Norland signed", ()),
        ("explosions in Velm", ("Velm",)),
        ("Velm'de patlama", ("Velm",)),
        ("in the Karst-Norland talks", ()),
        ("in contacts with Velm", ()),
        ("взрыв в Вельме", ("Velm",)),
        ("Вельм заявил", ()),
        # organisations, things, common words
        ("the Tarvin Post reports", ()),
        ("the Tarvin Defence Army", ()),
        ("Tarvin cheese is famous", ()),
        ("the Tarvin agreements", ()),
        ("the tarvin of old", ()),
        ("Minister and Hospital", ()),
    ],
)
def test_only_places_are_found(gazetteer: Gazetteer, text: str, names: tuple[str, ...]) -> None:
    """In the order of the text, regions last, each once."""
    assert names_of(gazetteer.find(text)) == names


def test_parents_are_what_it_lies_in(gazetteer: Gazetteer) -> None:
    """Nearest first; a circle in a pack ends."""
    assert [place.id for place in gazetteer.parents(PLACES["upper"])] == ["tarvin", "karst", "no"]
    circle = Gazetteer({"a": Place("a", "A", "town", "b"), "b": Place("b", "B", "town", "a")})
    assert [place.id for place in circle.parents(circle.places["a"])] == ["b"]


def test_the_first_pack_keeps_its_name() -> None:
    """Of two places with one name, the one that was there before is found."""
    two = Gazetteer({"a": Place("a", "Varde", "town"), "b": Place("b", "Varde", "village")})
    assert [place.id for place in two.find("Varde was hit")] == ["a"]
    assert [place.id for place in two.named("varde")] == ["a", "b"]
