"""Youth programs: the catalogue, what is offered where, and what took place. Counts only, no child's
record."""
