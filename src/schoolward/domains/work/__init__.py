"""Work from proposal to verified end, with evidence and the two-person rule."""
