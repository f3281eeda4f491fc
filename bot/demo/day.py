"""The invented day that the demo's news site publishes, in the form in which newsrooms keep a chronology of a war.

Country, towns, people and outlet are made up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

OUTLET = "Norvale Post"
ZONE = "Asia/Tbilisi"
"""IANA name of the zone in which the outlet prints its clock times; it prints no zone, as most do not."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One update as the outlet prints it."""

    text: str
    """Its paragraphs, joined by blank lines; the clock time is printed before the first."""
    heading: str | None = None
    """Printed on a line of its own, above the time."""
    at: time | None = None
    """Clock time in the outlet's zone; ``None`` prints none."""

    def stamped(self, at: time) -> Paragraph:
        """The same with that clock time."""
        return replace(self, at=at)

    @property
    def lines(self) -> tuple[str, ...]:
        """The paragraphs as printed, the clock time in front."""
        stamp = f"{clock_words(self.at)}: " if self.at is not None else ""
        return tuple(f"{stamp}{self.text}".split("\n\n"))


def clock_words(at: time) -> str:
    """A clock time as newspapers print it: ``8:55 a.m.``, ``11 a.m.``, ``12:05 p.m.``."""
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes} {'a.m.' if at.hour < 12 else 'p.m.'}"


INTRO = (
    (
        "As the shelling of Karst and Tarvin went on for a third night, the State Emergency Service of Karvelia said "
        "that shells of a kind banned by treaty had fallen on the old market of Karst."
    ),
    "Here is a chronology of the day's official statements.",
)

PROMO = (
    "The Long Read: The Bakers of Tarvin",
    (
        "Nobody in the cellar on Mill Street has slept for three days, and every morning there is bread. A family "
        "tells how it keeps the last oven of the town alight."
    ),
)

FOOTER = "Norvale Post is paid for by its readers. Write to the newsroom, or follow our channel for more."

MORNING = (
    Paragraph(
        "According to the State Emergency Service of Karvelia, the night was calm in most settlements, but before "
        "dawn enemy forces shelled the town of Tarvin with rocket launchers. Nobody was hurt.",
    ),
    Paragraph(
        "According to the Karvelian Defense Ministry, army units fought defensive battles along the eastern front "
        "line and pushed back two attacks near the Norvale heights.\n\n"
        "In the south the front line did not move. Three enemy vehicles were destroyed.",
    ),
    Paragraph(
        "President Ilma Sorvan spoke by telephone with the Austrian foreign minister. Both called for an immediate "
        "ceasefire and for talks under the mediation of the Lake Group.",
        heading="Sorvan Speaks With Austrian Foreign Minister",
    ),
)
"""What stands on the page when the bot first reads it."""


def morning_of(now: datetime) -> tuple[Paragraph, ...]:
    """:data:`MORNING` with clock times before ``now``, the outlet's wall clock, and never before its midnight."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    step = min((now - midnight) / (len(MORNING) + 1), timedelta(minutes=75))
    left = range(len(MORNING), 0, -1)
    return tuple(paragraph.stamped((now - count * step).time()) for count, paragraph in zip(left, MORNING, strict=True))


SHELLING = Paragraph(
    "According to the State Emergency Service of Karvelia, enemy forces are shelling Karst with heavy rockets. "
    "At least two people were wounded and taken to the hospital of Tarvin. The service asks everybody to stay in the "
    "cellars.\n\n"
    "Two houses on Mill Street are burning. Rescue teams cannot reach the upper town while the shelling goes on.",
    heading="Karst Under Rocket Fire Again",
)

REFUGEES = Paragraph(
    "Karvelia's ombudsman Teres Oldan said that more than 4,000 people have fled the district of Karst since "
    "Monday. Most of them are refugees for the second time and are staying in the schools of Norvale.",
    heading="Four Thousand Flee Karst District",
)

SECOND_STRIKE = Paragraph(
    "The mayor of Tarvin, Aram Veld, said that missiles have hit the town's power station. Tarvin is without "
    "electricity and water. Shelling of the station road continues.",
    heading="Missiles Hit Tarvin Power Station",
)

AFTERNOON = (
    SHELLING,
    REFUGEES,
    SECOND_STRIKE,
    Paragraph(
        "The Karvelian Defense Ministry said that its air defense shot down two drones over the Norvale heights. "
        "Fighting along the eastern front line continues.",
    ),
    Paragraph(
        "The foreign ministers of the Lake Group will meet in Geneva on Thursday to discuss a humanitarian "
        "ceasefire, the group's secretariat said.",
        heading="Lake Group to Meet in Geneva",
    ),
    Paragraph(
        "According to the State Emergency Service of Karvelia, the fire at the Tarvin power station has been put "
        "out. Drinking water is handed out at the railway station.",
    ),
)
"""What the outlet adds while the bot is watching, in order."""

CORRECTION = ("At least two people", "At least three people")
"""What the outlet changes in :data:`SHELLING` later on: the words before and after."""
