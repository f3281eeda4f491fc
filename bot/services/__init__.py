"""The use cases: what Sitrep does, in terms of ports. Nothing here knows SQL, HTTP, Telegram or a clock's make."""
