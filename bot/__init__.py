"""Sitrep: a self-hosted Telegram bot that delivers conflict and crisis update alerts."""
