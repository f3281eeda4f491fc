"""``sitrep topics``: the topics, and a check of every pack."""

from __future__ import annotations

import typer

from bot.cli.options import Language
from bot.cli.tag import Directory, Extra

app = typer.Typer(help="The topics, and a check of every pack.", no_args_is_help=True)


@app.command("list")
def list_topics(language: Language = "en", packs: Directory = None, optional: Extra = None) -> None:
    """List every topic: slug, name, short label, hashtag."""
    from bot.packs import load_packs

    for topic in load_packs(packs, optional or ()).topics_in(language or "en"):
        print(f"{topic.slug:<20} {topic.name:<36} {topic.label:<16} {topic.hashtag}")


@app.command("check")
def check(packs: Directory = None) -> None:
    """Compile every pack, run its examples, and name words that share a stem without meaning the same."""
    from bot.packs import load_packs, optional_names

    loaded = load_packs(packs)
    for language in loaded.languages:
        examples = loaded.check(language)
        collisions = loaded.collisions(language)
        print(f"{language}: {examples} examples hold, {len(collisions)} stem collisions")
        for collision in collisions:
            print(f"  {collision}")
    for name in optional_names():
        print(f"{name} (optional): {load_packs(packs, [name]).check_optional(name)} examples hold")
    print(f"{len(loaded.gazetteer.places)} places")
