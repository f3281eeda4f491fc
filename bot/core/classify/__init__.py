"""What an update is about: rules over stemmed concepts, sentence by sentence, each with the words that matched.

    text ─words▶ sentences ─lexicon▶ concepts found in each ─expression, rules▶ tags with their reasons

Everything here is compiled from plain values; where those come from (TOML files) is the business of ``bot.packs``.
"""
