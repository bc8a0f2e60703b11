"""What the OpenAPI document says of answers that are no success: the same everywhere, so it is said once."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from schoolward.api.problems import CONTENT_TYPE


class FieldError(Schema):
    """One thing that was sent and has to be mended."""

    field: str
    error: str = ""


class Problem(Schema):
    """Why it was not done (RFC 9457). ``detail`` is a sentence with the mend."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldError] = []
    permission: str = ""


OF_EVERY_OPERATION = {
    401: "Nobody is signed in, or the token is unknown, ended or past its day",
    403: "The role, or the token, does not carry the permission that is named",
    422: "Something that was sent has to be mended; each field is named",
    429: "Too many calls in a minute",
    503: "The audit's anchor is lost, and nothing is done that has to be on record",
}
NOT_THERE = "Nothing there that the caller may see"
NOT_NOW = "The record does not stand where this step begins"


def add_problems(document: dict[str, Any]) -> None:
    """Give every operation of an OpenAPI document its answers that are no success."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas = document["components"]["schemas"]
    schemas.update(schema.pop("$defs", {}))
    schemas["Problem"] = schema
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path, item in document["paths"].items():
        for method, operation in item.items():
            told = dict(OF_EVERY_OPERATION)
            if "{" in path or any(asked["name"] == "site" for asked in operation.get("parameters", ())):
                told[404] = NOT_THERE
            if "{" in path and method != "get":
                told[409] = NOT_NOW
            for status, words in sorted(told.items()):
                operation["responses"].setdefault(status, {"description": words, "content": content})
