"""The tests of Sitrep."""
