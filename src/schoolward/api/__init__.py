"""Assembles the domains' routers to /api/v1: tokens, OpenAPI, errors as problem details."""
