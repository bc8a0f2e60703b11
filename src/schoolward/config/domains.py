"""The partnership's domains, bottom first.

A new domain is one folder under ``schoolward/domains``, one name here, and one name in the
import contract in ``pyproject.toml``.
"""

DOMAINS: tuple[str, ...] = (
    "places",
    "people",
    "privacy",
    "work",
    "programs",
    "assessments",
    "alarms",
    "incidents",
    "initiatives",
    "grants",
    "routes",
    "cases",
    "funding",
)

DOMAIN_APPS: tuple[str, ...] = tuple(f"schoolward.domains.{name}" for name in DOMAINS)
