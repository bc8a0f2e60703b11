"""Pages about the way to school."""
