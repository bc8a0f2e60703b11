"""What happened: police records and entries by hand, attributed to campuses, counted without waiting."""
