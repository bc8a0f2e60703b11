"""Reads for pages that span domains: they ask measures and the domains' queries, never a model."""
