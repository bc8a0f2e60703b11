"""The map of the ways to one school: what it shows, as plain values, and the page that is printed of it.

Pure: values in, text and bytes out. Nothing here knows of a pupil, of a database, or asks anything of the
outside.
"""
