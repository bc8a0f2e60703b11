"""Grants: from the opportunity to the closeout, and every dollar to what it was for."""
