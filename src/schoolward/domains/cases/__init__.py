"""Young people whom programs serve: as little of them as that needs, for those who work with them."""
