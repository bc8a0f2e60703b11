"""Grants as arithmetic: dated rules, four balances, burn and lapse, deadlines, positions and their cliff.

Money is whole cents, days are dates, and nothing here knows of a database.
"""
