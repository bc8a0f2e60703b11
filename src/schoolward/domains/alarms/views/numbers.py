"""Telephone numbers of those who may be sent, by agency, as the district's communication protocol lists them.

Facts of Sacramento (published by the agencies). An emergency is 911.
"""

from __future__ import annotations

from schoolward.domains.alarms.models import PoliceAgency

NUMBERS: dict[PoliceAgency, str] = {
    PoliceAgency.CITY_911: "911",
    PoliceAgency.CITY_NON_EMERGENCY: "916-264-5471",
    PoliceAgency.COUNTY_911: "911",
    PoliceAgency.COUNTY_NON_EMERGENCY: "916-874-5115",
}
GUARD = "916-643-7444"
"""The district's security desk, day and night."""
