"""Named measures whose value and records come from the same query."""
