"""Pages of the way to school."""
