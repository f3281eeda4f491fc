"""Source formats: bytes in, a Document of Entries and Blocks out. Only the core and parser libraries are used here."""
