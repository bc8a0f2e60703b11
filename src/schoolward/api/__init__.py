"""Assembles the domains' routers into ``/api/v1``: sign-in by session or token, problems, OpenAPI 3.1."""
