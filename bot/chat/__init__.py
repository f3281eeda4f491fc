"""Telegram: the only place that knows python-telegram-bot."""

import os

# Opts into the library's coming form of time spans: without it, every 429 raises a deprecation warning on its way up.
os.environ.setdefault("PTB_TIMEDELTA", "true")
