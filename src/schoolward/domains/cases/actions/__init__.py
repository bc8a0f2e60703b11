"""Writes about young people: each checks permission, purpose and relation, and leaves one audit event."""
