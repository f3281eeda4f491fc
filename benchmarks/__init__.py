"""Figures that the project promises, each measured by one file."""
