"""Pages that span domains: morning page, district overview, map, search, trace."""
