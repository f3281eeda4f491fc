"""The scheduler: the only place that knows APScheduler."""
