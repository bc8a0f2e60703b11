"""Options of commands that one person does and another one undoes or reviews: who, which, and as what."""

from __future__ import annotations

import click

json_option = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")
number_argument = click.argument("number", type=click.IntRange(min=1, max=2**63 - 1))
as_option = click.option(
    "--as", "email", required=True, help="The e-mail address of the person in whose name it is done."
)
