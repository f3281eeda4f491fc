"""A Telegram server and a news site on loopback, and a scripted tour; nothing of the bot is imported here."""
