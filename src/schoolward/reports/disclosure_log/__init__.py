"""Who read what is kept about one person, as a paper for that person or the parents."""
