"""Pages about protected records."""
