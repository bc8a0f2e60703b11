"""Numbers about alarms. The modules register their own.

How many were false, how often and how often police were sent (M4 to M7); what set the false ones off; whether
what was done about it helped; and what the city asks for them.
"""

from schoolward.domains.alarms.measures import causes, corrections, fees, rates  # noqa: F401 - they register
