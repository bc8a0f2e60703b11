"""Lists about records of persons, and about how long they are kept."""
