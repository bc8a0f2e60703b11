"""From the journal to cases: one process reads what receivers have stored and makes signals and cases of it.

``grouping``, ``arming`` and ``losses`` hold the rules and know neither Django nor database; ``decoding``
reads frames; ``known`` remembers systems, zones and plans; ``building`` does one batch in one transaction;
``running`` goes on for ever.
"""
