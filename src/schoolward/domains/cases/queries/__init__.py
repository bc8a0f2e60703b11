"""Reads about young people, each narrowed to the viewer and put on the record."""
