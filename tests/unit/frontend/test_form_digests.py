"""The hashes of the form runtime in JavaScript against Python's, around every border of a block."""

from __future__ import annotations

import base64
import hashlib

import pytest
from bench.assessments.javascript import running
from bench.assessments.paths import REPLAY

ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
LENGTHS = [*range(3), *range(53, 67), *range(109, 131), 240, 241, 1000]


def form_of(algorithm: str) -> dict[str, object]:
    text = ["path", "/", ["child", "data"], ["child", "text"]]
    return {
        "format": 1,
        "id": "digests",
        "nodes": [
            {"path": "/data", "name": "data", "kind": "group"},
            {"path": "/data/text", "name": "text", "parent": 0, "kind": "value"},
            {"path": "/data/hex", "name": "hex", "parent": 0, "kind": "value"},
            {"path": "/data/base64", "name": "base64", "parent": 0, "kind": "value"},
        ],
        "blank": ["data", ""],
        "facets": [
            {
                "node": node,
                "facet": "calculate",
                "expr": ["call", "digest", text, ["str", algorithm], *rest],
                "reads": [[1, 0]],
            }
            for node, rest in ((2, [["str", "hex"]]), (3, []))
        ],
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_hashes_are_those_of_python(algorithm: str) -> None:
    with running(REPLAY) as node:
        node.ask({"load": algorithm, "form": form_of(algorithm)})
        for length in LENGTHS:
            text = ("é" + "abc" * length)[:length]
            steps = [{"set": "/data/text", "value": text}]
            told = node.ask({"form": algorithm, "now": "2026-11-26T08:00:00.000+00:00", "steps": steps})
            expected = hashlib.new(ALGORITHMS[algorithm], text.encode())
            assert told["nodes"]["/data/hex"]["value"] == expected.hexdigest()
            assert told["nodes"]["/data/base64"]["value"] == base64.b64encode(expected.digest()).decode()
