"""Tables of the way to school, in and out as CSV and Excel with the same columns."""

from schoolward.domains.routes.exchange import barriers, buses, collisions, crossings, travel

__all__ = ["barriers", "buses", "collisions", "crossings", "travel"]
