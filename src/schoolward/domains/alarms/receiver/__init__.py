"""The alarm receiver: a process beside the web application that never loses an acknowledged signal.

Nothing in here needs Django while frames are received: the tables are written with statements of its own
(`storing`), so that a receiver goes on while the web application is down.
"""
