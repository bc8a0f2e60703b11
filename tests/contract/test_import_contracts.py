"""Every import contract holds, and each has been seen to fail when it is broken on purpose.

A contract that cannot fail is worse than none. So the package is copied, one import that the contract
forbids is added to the copy, and the linter must name that contract.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "schoolward"


def _contracts() -> list[dict[str, Any]]:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = configuration["tool"]["importlinter"]["contracts"]
    return contracts


@dataclass(frozen=True)
class Breach:
    """An import that must not be: ``line`` is added to ``module`` (a path in the package)."""

    contract: str
    module: str
    line: str


BREACHES = [
    Breach("storeys", "platform/jobs/progress.py", "from schoolward.domains.places import models"),
    Breach("storeys", "domains/places/hooks.py", "import schoolward.home"),
    Breach("storeys", "reports/registry.py", "import schoolward.api"),
    Breach("storeys", "cli/terminal.py", "import schoolward.config"),
    Breach("storeys", "newcomer/__init__.py", ""),  # a package without a storey
    Breach("domains", "domains/work/states.py", "import schoolward.domains.initiatives"),
    Breach("domains", "domains/places/hooks.py", "import schoolward.domains.people"),
    Breach("domains", "domains/newcomer/__init__.py", ""),  # a domain without a place in the order
    Breach("inside-a-domain", "domains/work/models.py", "import schoolward.domains.work.queries"),
    Breach("inside-a-domain", "domains/work/queries.py", "import schoolward.domains.work.actions"),
    Breach("platform", "platform/audit/chain.py", "import schoolward.platform.access"),
    Breach("platform", "platform/jobs/progress.py", "import schoolward.platform.exchange"),
    Breach("pure-ground", "analysis/addresses.py", "from django.db import models"),
    Breach("pure-ground", "protocols/__init__.py", "import socket"),
    Breach(
        "receiver", "domains/alarms/receiver/storing/__init__.py", "import schoolward.domains.alarms.models"
    ),
    Breach("receiver", "domains/alarms/journal.py", "from django.db import models"),
    Breach(
        "inside-a-domain", "domains/alarms/actions/testing.py", "import schoolward.domains.alarms.builder"
    ),
    Breach("no-knots", "platform/jobs/schedule.py", "import schoolward.platform.jobs.definition"),
    *(
        Breach(f"models-of-{name}", "home/__init__.py", f"import schoolward.domains.{name}.models")
        for name in settings.DOMAINS
        if (PACKAGE / "domains" / name / "models.py").exists()
        or (PACKAGE / "domains" / name / "models").is_dir()
    ),
]


def _lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the linter over the copy in the folder."""
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", linter, "--no-cache", "--config", str(folder / "pyproject.toml"), *options],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the package's Python files beside a copy of the configuration."""

    def only_python(folder: str, names: list[str]) -> set[str]:
        return {name for name in names if (Path(folder) / name).is_file() and not name.endswith(".py")}

    shutil.copytree(PACKAGE, tmp_path / "schoolward", ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("breach", BREACHES, ids=lambda b: f"{b.contract}: {b.module}")
def test_a_broken_contract_is_named(breach: Breach, copied: Path) -> None:
    module = copied / "schoolward" / breach.module
    module.parent.mkdir(exist_ok=True)
    before = module.read_text(encoding="utf-8") if module.exists() else ""
    module.write_text(f"{before}\n{breach.line}\n", encoding="utf-8")

    result = _lint(copied, "--contract", breach.contract)

    title = next(contract["name"] for contract in _contracts() if contract["id"] == breach.contract)
    said = re.sub(r"\s+", " ", result.stdout)
    assert result.returncode != 0
    assert f"{title} BROKEN" in said, result.stdout + result.stderr


def test_the_unbroken_copy_keeps_every_contract(copied: Path) -> None:
    result = _lint(copied)
    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(_contracts())} kept, 0 broken." in result.stdout


def test_every_contract_has_been_seen_failing() -> None:
    assert {breach.contract for breach in BREACHES} == {contract["id"] for contract in _contracts()}


def test_every_domain_stands_in_every_contract() -> None:
    by_id = {contract["id"]: contract for contract in _contracts()}
    lines = {name for line in by_id["domains"]["layers"] for name in re.findall(r"\w+", line)}
    insides = {path.rpartition(".")[2] for path in by_id["inside-a-domain"]["containers"]}
    assert lines == insides == set(settings.DOMAINS)
