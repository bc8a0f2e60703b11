"""Digests and encodings."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from typing import Any

from schoolward.protocols.xforms.session.closures import Closures
from schoolward.protocols.xforms.session.environment import Environment, Evaluated

Arguments = list[Any]
_ALGORITHMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _digest(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    text, algorithm = (closures.text(argument, context) for argument in arguments[:2])
    encoding = closures.text(arguments[2], context) if len(arguments) > 2 else None

    def compute(node: Any, env: Environment) -> str:
        name = _ALGORITHMS.get(algorithm(node, env))
        wanted = "base64" if encoding is None else encoding(node, env)
        if name is None or wanted not in ("base64", "hex"):
            return ""
        digest = hashlib.new(name, text(node, env).encode(), usedforsecurity=False).digest()
        return digest.hex() if wanted == "hex" else base64.b64encode(digest).decode("ascii")

    return compute


def _base64_decode(closures: Closures, arguments: Arguments, context: int | None) -> Evaluated:
    text = closures.text(arguments[0], context)

    def decode(node: Any, env: Environment) -> str:
        encoded = "".join(text(node, env).split())
        try:
            padding = "=" * (-len(encoded) % 4)
            return base64.b64decode(encoded + padding, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""

    return decode


BUILDERS: dict[str, Callable[..., Evaluated]] = {"digest": _digest, "base64-decode": _base64_decode}
