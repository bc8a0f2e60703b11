"""Choices that a form keeps apart in ``itemsets.csv``, as XLSForm's ``select_one_external`` does.

pyxform writes ``<input query="instance('cities')/root/item[state= /data/state ]">`` and leaves the choices to
the file, of which the rows with ``cities`` as their ``list_name`` are meant. Only ODK Collect knows that
(``ItemsetDao`` in its source); here such a question is a choice of one like any other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from .definition import Definition, Element, Itemset, Source, Text, Wording

FILE = "itemsets.csv"
"""The name under which Collect looks for the choices."""
LIST, VALUE, LABEL, TEXT = "list_name", "name", "label", "itextId"
_ADDRESS = f"jr://file-csv/{FILE}"
_QUERY = re.compile(
    r"""\s*instance\(\s*(?P<mark>['"])(?P<list>[^'"]+)(?P=mark)\s*\)(?P<rest>.*)\Z""", re.DOTALL
)
_ALIASES = {"list name": LIST, "value": VALUE, "caption": LABEL}
"""What pyxform takes for a column's name as well, and Collect does not."""


def address_of(list_name: str) -> str:
    """Where the choices of a list lie."""
    return f"{_ADDRESS}#{list_name}"


def list_of(address: str) -> str:
    """The list at an address; empty where it is that of a file as a whole."""
    return address.partition("#")[2] if address.startswith(f"{_ADDRESS}#") else ""


def list_asked(query: str) -> str:
    """The list that a query takes its choices from; empty where it names none."""
    match = _QUERY.match(query)
    return match["list"] if match else ""


def instance_of_list(list_name: str) -> str:
    """The id of a list among the instances: no other has a blank in it, whatever it is called."""
    return f"{FILE} {list_name}"


def query_for(query: str, identifier: str) -> str:
    """The same query of the instance with another id."""
    match = _QUERY.match(query)
    return query if match is None else f"instance('{identifier}'){match['rest']}"


def list_offered(itemset: Itemset | None) -> str:
    """The list that a question takes its choices from; empty where they are not kept apart."""
    found = "" if itemset is None else list_asked(itemset.nodeset.text)
    name = found.removeprefix(f"{FILE} ")
    return name if name != found else ""


def itemset_of(query: str, languages: list[str], where: str) -> Itemset:
    """The choices that a query asks for, of the instance of its list."""
    nodeset = query_for(query, instance_of_list(list_asked(query)))
    label = LABEL if languages == [""] else f"jr:itext({TEXT})"
    return Itemset(
        nodeset=Source(nodeset, f"{where} (query)"),
        value=Source(VALUE, f"{where} (query value)"),
        label={"": Wording([Source(label, f"{where} (query label)")])},
    )


def items_of(root: Element, list_name: str, languages: list[str]) -> tuple[Element, dict[str, Text]]:
    """The choices of a list, from the rows of the file; and their labels, where the form has translations.

    A label is that of the column ``label::LANGUAGE``, or else of ``label``, as in Collect; the first column
    of labels where there is none. Raises ``ValueError`` for a file that has no such list.
    """
    rows = [{each.name: str(each.content) for each in row.elements} for row in root.elements]
    columns = {name for row in rows for name in row}
    for needed in (LIST, VALUE):
        if rows and needed not in columns:
            raise ValueError(f"it has no column {needed}")
    own = [row for row in rows if row.get(LIST) == list_name and row.get(VALUE)]
    if not own:
        raise ValueError(f"it has no rows of the list {list_name}")
    texts: dict[str, Text] = {}
    items = []
    for number, row in enumerate(own):
        labels = {name.partition("::")[2].strip(): told for name, told in row.items() if _is_label(name)}
        plain = labels.pop("", "") or next(iter(labels.values()), "")
        told = {name: cell for name, cell in row.items() if not _is_label(name) and name != LIST}
        if languages == [""]:
            told[LABEL] = plain
        else:
            told[TEXT] = f"{FILE} {list_name} {number}"
            texts[told[TEXT]] = {
                "": Wording([plain]),
                **{language: Wording([labels[language]]) for language in languages if labels.get(language)},
            }
        items.append(Element("item", [Element(name, cell) for name, cell in told.items()]))
    return Element("root", items), texts


def _is_label(column: str) -> bool:
    return column.partition("::")[0].strip() == LABEL


def put_in(definition: Definition, identifier: str, root: Element) -> None:
    """Put the choices of a list into a definition, with their labels. Raises ``ValueError``."""
    list_name = list_of(definition.external[identifier])
    definition.instances[identifier], texts = items_of(root, list_name, definition.languages)
    definition.texts.update(texts)


def sheet_as_file(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The sheet external_choices as the file, under the names that Collect knows.

    Not pyxform's own: it leaves empty cells out, and what follows one stands in the wrong column.
    """
    names = {column: _ALIASES.get(column.strip().lower(), column.strip()) for column in columns}
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(names.values())
    writer.writerows([str(row.get(column) or "") for column in names] for row in rows if row)
    return out.getvalue().encode()


def rows_of_file(content: bytes) -> list[dict[str, str]]:
    """The file as rows of a sheet external_choices."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
