"""The ports that the use cases talk to; the shell implements them and ``bot.app`` plugs them in.

Every expected outcome is a value of a closed union, matched exhaustively; an exception from a port is a bug or
a broken machine (:mod:`bot.core.errors`).
"""
