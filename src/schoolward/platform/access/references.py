"""Names of protected records: ``"app.Model:number"``."""

from __future__ import annotations

import re

from django.apps import apps
from django.utils.translation import gettext as _

from schoolward.platform.access.models.protected import ProtectedRecord
from schoolward.platform.access.refusal import Refusal

SHAPE = re.compile(r"[a-z_]+\.[A-Za-z]+:[1-9][0-9]{0,17}")
LONGEST = 120


def protected_models() -> dict[str, type[ProtectedRecord]]:
    """Every protected table by its label."""
    return {m._meta.label: m for m in apps.get_models() if issubclass(m, ProtectedRecord)}


def reference(record: ProtectedRecord) -> str:
    """The name of a record."""
    return f"{record._meta.label}:{record.pk}"


def fit_subject(text: str, *, field: str = "subject") -> str:
    """Whom something is about, as it is written everywhere. Raises :class:`Refusal`."""
    text = text.strip()
    if not SHAPE.fullmatch(text) or len(text) > LONGEST:
        raise Refusal(
            _("Give the reference as it stands on the record, such as “access.Consent:12”."), field=field
        )
    return text


def model_of(text: str, *, field: str = "record") -> tuple[type[ProtectedRecord], int]:
    """The protected table and number that a reference names. Raises :class:`Refusal`."""
    label, _colon, number = fit_subject(text, field=field).partition(":")
    model = protected_models().get(label)
    if model is None:
        raise Refusal(_("There are no protected records of this kind."), field=field)
    return model, int(number)
