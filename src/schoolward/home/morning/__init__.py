"""The morning page: what happened overnight, what is due, what expires; each line with one action."""
