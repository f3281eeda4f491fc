"""Who says it: speakers lifted from the text, or none. Nothing is ever invented.

text ─tokens▶ sentences ─cues▶ where somebody speaks ─phrases▶ who ─find▶ names, lead speaker first
"""
