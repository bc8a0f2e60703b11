"""One concern each, no domain knowledge."""
