"""What an approved funding plan writes: a letter about each award that pays, and the item for the board."""
