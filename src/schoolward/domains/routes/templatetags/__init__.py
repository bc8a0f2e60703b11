"""Words of travel and barriers for templates."""
