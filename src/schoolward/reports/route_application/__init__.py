"""The tables of a Safe Routes grant application as one paper."""
