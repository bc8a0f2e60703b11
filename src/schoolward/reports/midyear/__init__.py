"""The comprehensive mid-year report: what the audit found and what came of it, part by part."""
