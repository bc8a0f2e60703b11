"""Schoolward: a safe-schools partnership, from what happens to an account of it."""
