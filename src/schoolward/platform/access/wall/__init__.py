"""The second wall: the database itself refuses what the policies would never ask for.

On PostgreSQL row-level security hides rows of other agencies and sealed ones from a query that forgot to ask;
on both databases triggers keep what was signed, sealed or judged as it is. ``standing.missing`` tells what is
not there; the suite and ``schoolward doctor`` fail on any.
"""

from schoolward.platform.access.wall.context import OutsideTheWall as OutsideTheWall
from schoolward.platform.access.wall.context import within as within
