"""Writes of cases: each is one transaction and one event, and tells nothing of a child to the audit."""
