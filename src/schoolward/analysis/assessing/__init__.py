"""Assessing a site: what is asked, what the answers say, what changed, and whether a fix helped.

Pure: files, answers and days in, numbers out. `instrument` reads what is asked (`shapes` are its parts,
`yaml_parts` how every fault is named), `crosswalk` what is the same in another version or instrument.
`scoring` and `risk` judge one walk, `agreement` two assessors of it, `change` two walks. `fix_effect` is
measure M13, by the exact comparison of `conditional`. `reference` writes the page of what is shipped.
"""
