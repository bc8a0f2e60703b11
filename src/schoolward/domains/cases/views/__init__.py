"""Pages about young people. Names stand in the page's body and never in an address or a title of a list."""
