"""Telling open pages what has changed, as it changes: topics, and the stream that carries them."""
