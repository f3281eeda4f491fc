"""HTTP fetching: the only place that asks a publisher for anything."""
