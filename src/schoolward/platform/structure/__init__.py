"""The tables of an empty SQLite database, made from one file instead of one migration after the other."""
