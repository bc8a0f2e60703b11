"""An append-only, hash-chained record of writes, denials, exports and protected reads."""
