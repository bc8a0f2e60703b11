"""Texts of panels: the standard's UTF-8, or the cp1252 of older ones."""

from __future__ import annotations


def read_text(text: bytes, charset: str = "utf-8") -> str:
    """Return bytes as text. It never fails: what is not UTF-8 is read as cp1252, what is neither replaced."""
    if charset == "utf-8":
        try:
            return text.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return text.decode("cp1252", "replace")
