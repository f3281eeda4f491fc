"""A source that speaks of its own coverage is told from a source that tells news."""

from __future__ import annotations

import pytest

from bot.core.split.service import is_service

_SERVICE = [
    "Our live coverage ends here. Thank you for following along.",
    "Barring any major developments, we are ending our live-coverage for today. We will be back tomorrow morning.",
    "We are closing our live blog now. You can read the latest here.",
    "Good morning and welcome to our live coverage of the war in Karst.",
    "Bonsoir, nous mettons fin à notre direct. Merci de l'avoir suivi.",
    "Nous reprendrons notre couverture demain dès l'aube.",
    "Wir beenden unseren Liveticker für heute und danken für Ihr Interesse.",
    "На этом наш онлайн закончен. О событиях завтрашнего дня читайте на сайте.",
    "Ми завершуємо нашу онлайн-трансляцію. Дякуємо, що були з нами.",
    "Cerramos nuestro directo por hoy. Gracias por seguirnos.",
    "Chiudiamo qui la nostra diretta. Grazie per averci seguito, a domani.",
    "Canlı yayınımızı burada bitiriyoruz. Bizim ekibimiz yarın yine burada.",
    "אנחנו מסיימים את העדכונים להיום. תודה ולהתראות מחר.",
]
_NEWS = [
    "Shelling of Tarvin resumed before dawn.",
    "“We will continue to live here,” the mayor said. “Our town ends where the river begins.”",
    "We are told that live fire exercises will end tomorrow at our border.",
    "The state broadcaster ended its live coverage of the trial.",
    "Our reporters saw forty trucks leave Sirna.",
    "The army says that it will stop its advance tomorrow.",
    "Наши войска оставили город, сообщили в штабе.",
    "Wir haben drei Verletzte, sagte der Arzt.",
]


@pytest.mark.parametrize("text", _SERVICE)
def test_a_source_speaks_of_its_coverage(text: str) -> None:
    """Beginning, resting and ending one's own coverage is service, in any language."""
    assert is_service(text)


@pytest.mark.parametrize("text", _NEWS)
def test_a_source_tells_news(text: str) -> None:
    """First persons, quotations, live fire and others' coverage are news."""
    assert not is_service(text)


def test_a_long_text_is_news() -> None:
    """A piece of many words is news, whatever it says of itself."""
    assert not is_service("Our live coverage ends here. " + "Shells fell on Tarvin. " * 20)
