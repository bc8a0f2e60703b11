"""Write the JSON Schemas of the funding plan's instance and answer into `docs/reference/`.

python scripts/write_plan_reference.py
"""

from __future__ import annotations

import json
from pathlib import Path

from schoolward.analysis.portfolio import schemas

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"


def pages() -> dict[Path, str]:
    """Return the files as the declarations are now."""
    return {
        FOLDER / f"funding-plan.{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
