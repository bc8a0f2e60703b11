"""Commands of the structure."""
