"""A stored update as messages: the alert, the same message edited later, and the reply that tells of a correction.

    StoredNews, Revision, Frame ─▶ clean ─▶ changes ─▶ Draft ─▶ Message

Formatting is entities, never markup; a source's words cannot place formatting, links or direction of their own.
"""

from bot.core.render.alert import render_alert, render_edit
from bot.core.render.clean import clean, clean_line
from bot.core.render.cut import clip, split_lead
from bot.core.render.draft import Draft, utf16_length
from bot.core.render.joined import Joined, Span, joined
from bot.core.render.parts import MAX_LEAD, MAX_VISIBLE, Frame
from bot.core.render.phrases import ENGLISH, Phrases
from bot.core.render.reply import render_reply

__all__ = [
    "ENGLISH",
    "MAX_LEAD",
    "MAX_VISIBLE",
    "Draft",
    "Frame",
    "Joined",
    "Phrases",
    "Span",
    "clean",
    "clean_line",
    "clip",
    "joined",
    "render_alert",
    "render_edit",
    "render_reply",
    "split_lead",
    "utf16_length",
]
