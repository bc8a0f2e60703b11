"""What can be wrong with a frame that arrived whole, and with a key."""


class Dc09Error(ValueError):
    """A fault of one frame, one key or one block of data; its text is a sentence for a person."""


class KeyMalformed(Dc09Error):
    """A text that cannot be an AES key. The sentence never repeats the text."""


class WrongKey(Dc09Error):
    """A body that this key does not open: the key is another one, or the body was tampered with."""


class ContentMalformed(Dc09Error):
    """A readable body that breaks the grammar of its format; ``part`` is what could not be read of it."""

    def __init__(self, message: str, part: str = "") -> None:
        self.part = part
        super().__init__(message)
