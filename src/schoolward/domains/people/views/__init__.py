"""Pages about people, their access, and what was done with it."""
