"""``python -m schoolward`` is the ``schoolward`` command."""

from schoolward.cli.main import main

main()
