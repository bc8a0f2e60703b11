"""The corrective-action plan: what is to be mended, of one campus or of all, by trade and area."""
