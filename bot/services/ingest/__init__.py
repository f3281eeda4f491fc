"""Reads a feed once and stores what came of it: updates, revisions, topics and what is to be sent, together."""

from bot.services.ingest.ingest import Ingest
from bot.services.ingest.plan import Plan, Verdict
from bot.services.ingest.report import DryRun, PollOutcome, PollReport

__all__ = ["DryRun", "Ingest", "Plan", "PollOutcome", "PollReport", "Verdict"]
