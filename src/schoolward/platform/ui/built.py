"""What the front end's build has made, for pages that carry it in themselves."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings


def built_style(entry: str) -> str:
    """The style sheet of a built script, to stand in the page itself: nothing that is shown waits for it.

    Empty without a build, and where the sheet names files of its own, which it would look for elsewhere.
    """
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    try:
        return _style(manifest, manifest.stat().st_mtime_ns, entry)
    except FileNotFoundError:
        return ""


@lru_cache(maxsize=8)
def _style(manifest: Path, _changed: int, entry: str) -> str:
    sheets = json.loads(manifest.read_text("utf-8")).get(entry, {}).get("css", [])
    told = "".join((manifest.parent / sheet).read_text("utf-8") for sheet in sheets).strip()
    return "" if "url(" in told or "</" in told else told
