"""The loops that are compiled. What their arrays hold is said where they are called from."""
