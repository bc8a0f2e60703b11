"""Making a network of streets known to the installation, and the one that plans are made on."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from schoolward.domains.routes.actions.recording import RouteRefused, audit
from schoolward.domains.routes.models import StreetNetwork
from schoolward.domains.routes.queries.networks import folder_of
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer


def register_network(
    *,
    folder: str | os.PathLike[str],
    by: Viewer,
    at: datetime,
    title: str = "",
    stress_text: str = "",
    invented: bool = False,
) -> StreetNetwork:
    """Take in a network that `schoolward routes build` made, and let plans be made on it from now on.

    Its files are copied into the data folder under their digest; earlier networks stay, because plans were
    made on them. The same network again only becomes the current one.

    Args:
        folder: the network's folder; every file of it is held against its digest.
        by: who acts; needs `routes.plan`.
        at: the clock.
        title: what pages call it; by default the file that it was made of.
        stress_text: the stress model that it was made with (TOML), where that is none of the shipped ones.
        invented: whether it is invented for a demonstration.

    Raises:
        RouteRefused: the folder holds no network or a damaged one, or its stress model is not known.
        AccessDenied: without the permission.
    """
    from schoolward.analysis.routing.saved import SavedProblem, load

    check(by, "routes.plan")
    try:
        made = load(folder)
    except SavedProblem as problem:
        raise RouteRefused(str(problem), field="folder") from None
    about = made.about
    if not len(made.network.ends):
        raise RouteRefused(
            _("%(folder)s: the network has no street; build it again.") % {"folder": folder}, field="folder"
        )
    _check_model(about, stress_text)
    digest = digest_of(folder)
    _put(Path(folder), folder_of(digest))
    with transaction.atomic():
        known = StreetNetwork.objects.select_for_update().filter(digest=digest).first()
        StreetNetwork.objects.filter(current=True).exclude(digest=digest).update(current=False)
        if known is None:
            source = str(about["source"]["name"])
            known = StreetNetwork.objects.create(
                key=_free_key(title or source),
                title=(title or source)[:120],
                digest=digest,
                source=source[:200],
                attribution=str(about["attribution"])[:200],
                license_url=str(about.get("license_url", ""))[:200],
                made_at=datetime.fromisoformat(about["made_at"]),
                registered_at=at,
                nodes=len(made.network.node_ids),
                edges=len(made.network.ends),
                length_m=float(made.network.length_m.sum()),
                about=about,
                stress_version=str(about["stress_model"]["version"]),
                stress_text=stress_text,
                current=True,
                invented=invented,
            )
        elif not known.current:
            known.current = True
            known.save(update_fields=["current"])
        audit("network_used", known, by=by, nodes=known.nodes, edges=known.edges, digest=digest)
    return known


def digest_of(folder: str | os.PathLike[str]) -> str:
    """What a network is known by: SHA-256 over the digests of its files, whenever it was built."""
    from schoolward.analysis.routing.saved import DESCRIPTION

    described = json.loads((Path(folder) / DESCRIPTION).read_text(encoding="utf-8"))
    told = json.dumps(described["files"], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _check_model(about: dict[str, Any], stress_text: str) -> None:
    from schoolward.analysis.routing.stress_model import ModelProblem, read_model, stress_model

    wanted = about["stress_model"]
    try:
        found = read_model(stress_text) if stress_text else stress_model(str(wanted["version"]))
    except ModelProblem as problem:
        if stress_text:
            raise RouteRefused(str(problem), field="stress") from None
        found = None
    if found is None or found.sha256 != wanted["sha256"]:
        raise RouteRefused(
            _(
                "The network was made with stress model %(version)s, which is not the one at hand. Give the "
                "file that it was built with, or build the network again."
            )
            % {"version": wanted["version"]},
            field="stress",
        )


def _put(folder: Path, place: Path) -> None:
    """Copy a network to its place, where it is not there whole already."""
    from schoolward.analysis.routing.saved import SavedProblem, load

    if place.exists():
        try:
            load(place)
        except SavedProblem:
            shutil.rmtree(place)
        else:
            return
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f".{place.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        shutil.copytree(folder, beside)
        beside.rename(place)
    except OSError:
        if not place.exists():  # another process may have been as quick
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _free_key(title: str) -> str:
    wanted = slugify(title)[:50] or "network"
    key, number = wanted, 1
    while StreetNetwork.objects.filter(key=key).exists():
        number += 1
        key = f"{wanted}-{number}"
    return key
