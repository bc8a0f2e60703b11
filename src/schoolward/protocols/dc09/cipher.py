"""AES as DC-09 uses it: CBC under an initialization vector of zeros, hexadecimal digits on the wire.

Setting up a cipher costs ten times what a frame's blocks cost. So a key is prepared once and kept.
"""

from __future__ import annotations

import os
import re
from typing import Final, Literal

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from schoolward.protocols.dc09.errors import KeyMalformed

BLOCK: Final = 16
"""Bytes in a block of AES."""

_ZEROS: Final = bytes(BLOCK)
_HEX: Final = re.compile(r"[0-9A-Fa-f]+")
_HEX_LENGTHS: Final = (32, 48, 64)
_ASCII_LENGTHS: Final = (16, 24, 32)
# A pad may hold any character but | [ ]. Sixty-four letters and digits keep it readable in a trace.
_LETTERS: Final = (b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-" * 4)[:256]


class Key:
    """One account's AES key, ready for use. Threads may share it."""

    __slots__ = ("_block_decryptor", "_cipher", "_encryptors", "bits")

    def __init__(self, secret: bytes) -> None:
        self.bits = 8 * len(secret)
        algorithm = algorithms.AES(secret)
        # In ECB no state passes from call to call, so one decryptor serves every frame; CBC is then one XOR.
        self._block_decryptor: CipherContext = Cipher(algorithm, modes.ECB()).decryptor()  # noqa: S305
        self._cipher = Cipher(algorithm, modes.CBC(_ZEROS))
        self._encryptors: list[tuple[CipherContext, bytes]] = []

    def __repr__(self) -> str:
        return f"<Key AES-{self.bits}>"

    def decrypt(self, blocks: bytes) -> bytes:
        """Return the plaintext of whole blocks, pad and all."""
        size = len(blocks)
        plain = int.from_bytes(self._block_decryptor.update(blocks), "big")
        return (plain ^ int.from_bytes(blocks[:-BLOCK], "big")).to_bytes(size, "big")

    def encrypt(self, blocks: bytes) -> bytes:
        """Return the ciphertext of whole blocks of plaintext."""
        # A used encryptor goes on from its last block of ciphertext. With that XORed into the first block of
        # plaintext it does what a new one would do from zeros. It is taken out of the list while in use.
        try:
            encryptor, last = self._encryptors.pop()
        except IndexError:
            encryptor, last = self._cipher.encryptor(), _ZEROS
        first = int.from_bytes(blocks[:BLOCK], "big") ^ int.from_bytes(last, "big")
        sealed = encryptor.update(first.to_bytes(BLOCK, "big") + blocks[BLOCK:])
        self._encryptors.append((encryptor, sealed[-BLOCK:]))
        return sealed


def prepare_key(text: str, form: Literal["hex", "ascii", "either"] | str = "either") -> Key:
    """Make a key from its text: 32, 48 or 64 hexadecimal digits, or 16, 24 or 32 characters of its own.

    Under "either", 32 characters that are all hexadecimal digits are taken as digits (AES-128). Raises
    KeyMalformed.
    """
    text = text.strip()
    if form not in ("hex", "ascii", "either"):
        raise ValueError(f'{form!r} is no form of a key: it is "hex", "ascii" or "either"')
    if form != "ascii" and len(text) in _HEX_LENGTHS and _HEX.fullmatch(text):
        return Key(bytes.fromhex(text))
    if form != "hex" and len(text) in _ASCII_LENGTHS and text.isascii():
        return Key(text.encode("ascii"))
    wanted = {
        "hex": "32, 48 or 64 hexadecimal digits",
        "ascii": "16, 24 or 32 ASCII characters",
        "either": "32, 48 or 64 hexadecimal digits, or 16, 24 or 32 ASCII characters",
    }[form]
    others = "" if form == "ascii" or _HEX.fullmatch(text) else ", not all of them hexadecimal digits"
    raise KeyMalformed(f"A key is {wanted}; this one has {len(text)} characters{others}.")


def pad(content: bytes) -> bytes:
    """Put a random pad of 16 to 31 bytes before "|" and the content, so that the whole fills its blocks.

    The edition of 2026 asks for so many; earlier ones, which said 1 to 16, take them too.
    """
    try:
        letters = _pads.pop()
    except IndexError:
        letters = _random_letters()
    return b"%b|%b" % (letters[: BLOCK + -(len(content) + 1) % BLOCK], content)


_LONGEST_PAD: Final = 2 * BLOCK - 1
_pads: list[bytes] = []
# Two processes must not go on with the same pads.
os.register_at_fork(after_in_child=_pads.clear)


def _random_letters() -> bytes:
    """Return one pad and put more into store: to ask the kernel each time would cost more than AES does."""
    letters = os.urandom(128 * _LONGEST_PAD).translate(_LETTERS)
    _pads.extend(letters[at : at + _LONGEST_PAD] for at in range(_LONGEST_PAD, len(letters), _LONGEST_PAD))
    return letters[:_LONGEST_PAD]
