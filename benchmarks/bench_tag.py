"""How good the topics are on labelled updates, and how many updates one core tags a second.

The quality table shows both halves of the labelled set: "tune", on which the rules were written, and "check", which
only measures. The speed is of warmed rules: a running bot meets the same words again and again.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from itertools import cycle, islice

from bot.core.model import NewsUpdate
from bot.packs import Packs, load_packs
from tests.packs.casualty_scoring import counted_texts, score_casualties
from tests.packs.scoring import HALVES, labelled, score
from tests.packs.speaker_scoring import score_speakers, spoken_texts

_SECONDS = 1.0
_AIMS = {30: 3_000, 150: 1_000}
"""Words of an update → updates a second."""


def texts_of(words: int) -> list[str]:
    """English updates of about so many words, made of the labelled ones."""
    pool = [update.text for half in HALVES for update in labelled(half, ["en"])]
    stream = islice(cycle(" ".join(pool).split()), words * 200)
    joined = list(stream)
    return [" ".join(joined[at : at + words]) for at in range(0, len(joined), words)]


def rate(packs: Packs, texts: Sequence[str]) -> float:
    """Updates a second of CPU time."""
    updates = [NewsUpdate(text, 0) for text in texts]
    for news in updates:
        packs.tag(news, language="en")
    done, started = 0, time.process_time()
    while time.process_time() - started < _SECONDS:
        for news in updates:
            packs.tag(news, language="en")
        done += len(updates)
    return done / (time.process_time() - started)


def milliseconds(packs: Packs, texts: Sequence[str]) -> float:
    """CPU time of everything that an update tells: topics, speakers, places, victims, level."""
    updates = [NewsUpdate(text, 0) for text in texts]
    for news in updates:
        packs.findings(news, language="en")
    done, started = 0, time.process_time()
    while time.process_time() - started < _SECONDS:
        for news in updates:
            packs.findings(news, language="en")
        done += len(updates)
    return (time.process_time() - started) * 1000 / done


def print_speakers_and_victims(packs: Packs) -> None:
    """How right the speakers and the numbers of victims are, in both halves of their labelled texts."""
    print("half   language   speakers  prec.  recall   lead   victims  prec.  recall")
    for half in HALVES:
        for language in packs.languages:
            said = score_speakers(packs, spoken_texts(half, [language]))
            harmed = score_casualties(packs, counted_texts(half, [language]))
            if said.texts and harmed.texts:
                print(
                    f"{half:<7}{language:<10}{said.texts:>9}{said.precision:>7.3f}{said.recall:>8.3f}"
                    f"{said.leads / said.texts:>7.3f}{harmed.texts:>10}{harmed.precision:>7.3f}{harmed.recall:>8.3f}"
                )


def main() -> None:
    """Print both tables."""
    started = time.process_time()
    packs = load_packs()
    loaded = time.process_time() - started
    for language in packs.languages:
        packs.rules(language)
    compiled = time.process_time() - started
    print("half   language   updates     F1  prec.  recall  shelling  false alarms")
    for half in HALVES:
        for language in packs.languages:
            updates = list(labelled(half, [language]))
            found = score(packs, iter(updates))
            shelling = f"{found.recall('civilian-shelling'):.2f}/{found.precision('civilian-shelling'):.2f}"
            print(
                f"{half:<7}{language:<10}{len(updates):>8}{found.f1():>7.3f}{found.precision():>7.3f}"
                f"{found.recall():>8.3f}{shelling:>10}{f'{found.alarms} of {found.negatives}':>14}"
            )
    for words, aim in _AIMS.items():
        print(f"{words:>4} words: {rate(packs, texts_of(words)):>8.0f} updates/s on one core (aim {aim})")
        print(f"{words:>4} words: {milliseconds(packs, texts_of(words)):>8.2f} ms for all that it tells")
    print_speakers_and_victims(packs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"load_packs {loaded * 1000:.0f} ms, all languages {compiled * 1000:.0f} ms, process {memory:.0f} MB")


if __name__ == "__main__":
    main()
