"""The site security profile: one record set of a campus, four copies of it."""
