"""The ``schoolward`` command. Nothing here imports Django before a command needs it: help must be instant."""
