"""Commands of the measures."""
