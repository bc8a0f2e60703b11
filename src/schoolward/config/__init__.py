"""Composition root: settings from the environment, the ordered list of domains, URLs, ASGI and WSGI."""
