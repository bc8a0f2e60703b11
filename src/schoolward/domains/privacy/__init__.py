"""Pages and API of what decides about protected records; the tables are those of ``access``."""
