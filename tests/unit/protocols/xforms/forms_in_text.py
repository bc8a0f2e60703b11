"""Small XForms for tests, from a few lines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from schoolward.protocols.xforms.compiling import compile_form
from schoolward.protocols.xforms.reading import read_form
from schoolward.protocols.xforms.session import Program, Session, Sources

NOW = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Test</h:title><model>'
)


def xform(instance: str, binds: str = "", body: str = "", more: str = "") -> bytes:
    """An XForm: what is in <data>, binds, body, and what else is in the model."""
    return (
        f'{HEAD}<instance><data id="test" version="1">{instance}</data></instance>{more}{binds}'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    ).encode()


def bind(path: str, kind: str = "string", **facets: str) -> str:
    """A bind of /data/PATH."""
    told = "".join(f" {name}={quoteattr(text)}" for name, text in facets.items())
    return f'<bind nodeset="/data/{path}" type="{kind}"{told}/>'


def asked(*paths: str) -> str:
    """Text questions for /data/PATH."""
    return "".join(f'<input ref="/data/{path}"><label>{path}</label></input>' for path in paths)


def compiled(*parts: str) -> dict[str, Any]:
    """What an XForm of these parts compiles to."""
    return compile_form(read_form(xform(*parts)))


def begun(*parts: str, **sources: Any) -> Session:
    """A session on an XForm of these parts."""
    return Session(Program(compiled(*parts)), Sources(NOW, **sources))


def values(session: Session) -> dict[str, str]:
    """Every value by its path below /data, but for the instance's id."""
    return {
        path.removeprefix("/data/"): state["value"]
        for path, state in session.nodes().items()
        if not path.startswith("/data/meta/")
    }
