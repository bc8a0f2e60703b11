"""One folder a report; an edition freezes every number with its records."""
