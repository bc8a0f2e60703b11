"""Sheets: papers made of facts and tables alone, from one description as page, PDF, CSV and JSON."""
