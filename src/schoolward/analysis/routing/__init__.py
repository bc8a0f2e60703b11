"""Safe routes to school over a pedestrian street network: network, stress, safest paths, and what to mend.

Pure: arrays in, arrays out. Nothing here stores an address or knows of a database.
"""
