"""Routers that span domains.

A package of their own: a ``measures.py`` right below an app would be taken for its measures and read at
every start, and with it all of Ninja.
"""
