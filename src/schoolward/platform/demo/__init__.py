"""The demonstration district: each domain's ``seed.py`` adds its part, in the order of the domains."""
