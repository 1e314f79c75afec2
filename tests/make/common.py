"""What every builder counts from."""

from datetime import UTC, datetime
from itertools import count

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
# A Monday morning in November.
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
numbers = count(1)
