"""Pages of incidents: the list, one incident, the map, trends, entering one, and the site's panel."""

from schoolward.domains.incidents.views.entry import correct, enter
from schoolward.domains.incidents.views.pages import IncidentList, detail, map_page, panel, points
from schoolward.domains.incidents.views.trends import trends

__all__ = ["IncidentList", "correct", "detail", "enter", "map_page", "panel", "points", "trends"]
