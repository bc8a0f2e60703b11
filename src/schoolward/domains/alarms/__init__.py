"""Alarms: received, never lost, made into cases, answered, explained, and made fewer."""
