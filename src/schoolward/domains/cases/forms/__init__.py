"""Forms about young people. None has room for what nobody may keep."""
