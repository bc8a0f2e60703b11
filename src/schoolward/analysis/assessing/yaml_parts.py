"""One mapping of a YAML file at a time: values by name, each with its type, and every fault by its place.

Values are read from the text as it is written, by the type that is asked for: `version: 1.10` stays 1.10 and
`label: No` stays No, which YAML's own guesses would make a number and a truth value.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    import yaml

_Value = TypeVar("_Value")
LARGEST_BYTES: Final = 2_000_000
"""No file that people write is larger; reading stops before memory does."""
_DEEPEST: Final = 20
_WHOLE: Final = re.compile(r"-?[0-9]{1,12}")
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_KEY: Final = re.compile(r"[a-z][a-z0-9_-]*")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class InstrumentProblem(ValueError):
    """A file cannot be used. The message names the place in it, the value and the mend."""


class Part:
    """One mapping of the file, its place in it, and which of its names were asked for."""

    def __init__(self, node: "yaml.Node", place: str) -> None:
        import yaml

        self.place = place
        self.line = line_of(node)
        if not isinstance(node, yaml.MappingNode):
            raise InstrumentProblem(
                f"{place or 'The file'} (line {self.line}) must be names with values, as key: value, "
                f"not {shown(node)}."
            )
        self.asked: set[str] = set()
        self.nodes: dict[str, yaml.Node] = {}
        for name_node, value_node in node.value:
            name = name_node.value if isinstance(name_node, yaml.ScalarNode) else shown(name_node)
            if name in self.nodes:
                raise InstrumentProblem(
                    f"{self.at(name)} (line {line_of(name_node)}) stands there twice; keep one of the two."
                )
            self.nodes[name] = value_node

    def at(self, name: str) -> str:
        """Return the place of a name."""
        return f"{self.place}.{name}" if self.place else name

    def has(self, name: str) -> bool:
        """Return whether a value is there (an empty one is not)."""
        return self._get(name) is not None

    def text(self, name: str, default: str | None = None, *, longest: int = 500) -> str:
        """Return a text without spaces around it; without a default it must be there."""
        node = self._get(name)
        if node is None:
            if default is None:
                raise self.missing(name, "a text")
            return default
        value = " ".join(_scalar(node, self.at(name), "a text").split())
        if len(value) > longest:
            raise self.problem(name, f"has {len(value)} characters; write at most {longest}.")
        return value

    def key(self, name: str, default: str | None = None) -> str:
        """Return a key: small letters, digits, _ and -."""
        return self._matching(name, default, _KEY, "small letters, digits, _ and -, beginning with a letter")

    def code(self, name: str) -> str:
        """Return a code: letters, digits, dot, _ and -."""
        return self._matching(name, None, _CODE, "letters, digits, dots, _ and -")

    def number(self, name: str, default: int | None = None, *, least: int, most: int) -> int:
        """Return a whole number between two bounds, both included; without a default it must be there."""
        node = self._get(name)
        what = f"a whole number from {least:,} to {most:,}"
        if node is None:
            if default is None:
                raise self.missing(name, what)
            return default
        written = _scalar(node, self.at(name), what)
        if not _WHOLE.fullmatch(written) or not least <= int(written) <= most:
            raise self.problem(name, f"is {shown(node)}; write {what}.")
        return int(written)

    def maybe_number(self, name: str, *, least: int, most: int) -> int | None:
        """Return a whole number between two bounds, None where it is empty or not there."""
        return self.number(name, least=least, most=most) if self.has(name) else None

    def decimal(self, name: str, default: float, *, most: float) -> float:
        """Return a number from 0 to a bound."""
        node = self._get(name)
        if node is None:
            return default
        what = f"a number from 0 to {most:g}, as 1 or 0.5"
        written = _scalar(node, self.at(name), what)
        if not _DECIMAL.fullmatch(written) or float(written) > most:
            raise self.problem(name, f"is {shown(node)}; write {what}.")
        return float(written)

    def flag(self, name: str, default: bool) -> bool:
        """Return true or false."""
        node = self._get(name)
        if node is None:
            return default
        written = _scalar(node, self.at(name), "true or false")
        if written not in ("true", "false"):
            raise self.problem(name, f"is {shown(node)}; write true or false.")
        return written == "true"

    def day(self, name: str) -> date:
        """Return a day that must be there."""
        node = self._get(name)
        if node is None:
            raise self.missing(name, "a day as 2012-09-06")
        written = _scalar(node, self.at(name), "a day as 2012-09-06")
        try:
            if len(written) != len("2012-09-06"):
                raise ValueError
            return date.fromisoformat(written)
        except ValueError:
            raise self.problem(name, f"is {shown(node)}; write a day as 2012-09-06.") from None

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        """Return one of several words; without a default it must be there."""
        found = self.text(name, default)
        if found not in choices and (default is None or found != default):
            raise self.problem(name, f"is “{found[:60]}”; write one of {', '.join(sorted(choices))}.")
        return found

    def texts(self, name: str, *, longest: int = 200) -> tuple[str, ...]:
        """Return a list of texts, empty where there is none."""
        found = []
        for node, place in self.nodes_of(name):
            value = " ".join(_scalar(node, place, "a text").split())
            if not 0 < len(value) <= longest:
                raise InstrumentProblem(
                    f"{place} (line {line_of(node)}) has {len(value)} characters; write 1 to {longest}."
                )
            found.append(value)
        return tuple(found)

    def parts(self, name: str, read: "Callable[[Part], _Value]") -> tuple[_Value, ...]:
        """Read each mapping of a list."""
        found = []
        for node, place in self.nodes_of(name):
            part = Part(node, place)
            found.append(read(part))
            part.finish()
        return tuple(found)

    def part(self, name: str) -> "Part | None":
        """Return a mapping inside this one, None where there is none."""
        node = self._get(name)
        return None if node is None else Part(node, self.at(name))

    def pairs(self, name: str) -> dict[str, str]:
        """Return a mapping of keys to texts, empty where there is none."""
        part = self.part(name)
        if part is None:
            return {}
        for key in part.nodes:
            if not _KEY.fullmatch(key):
                raise part.problem(
                    key, "is no key; write small letters, digits, _ and -, beginning with a letter."
                )
        return {key: part.text(key, longest=200) for key in part.nodes}

    def nodes_of(self, name: str) -> list[tuple["yaml.Node", str]]:
        """Return the values of a list, each with its place."""
        import yaml

        node = self._get(name)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.problem(name, f"must be a list, each line beginning with -, not {shown(node)}.")
        return [(one, f"{self.at(name)}[{index}]") for index, one in enumerate(node.value, start=1)]

    def finish(self) -> None:
        """Refuse names that nobody asked for: a misspelt rule would be silently without effect."""
        for name in self.nodes:
            if name not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise self.problem(name, f"is not known; here stand: {known}.")

    def problem(self, name: str, says: str) -> InstrumentProblem:
        """Return the fault of one value, with its place and line."""
        node = self.nodes.get(name)
        line = self.line if node is None else line_of(node)
        return InstrumentProblem(f"{self.at(name)} (line {line}) {says}")

    def missing(self, name: str, what: str) -> InstrumentProblem:
        """Return the fault that a value is not there."""
        return self.problem(name, f"is missing; write {what}.")

    def _matching(self, name: str, default: str | None, pattern: re.Pattern[str], what: str) -> str:
        found = self.text(name, default, longest=64)
        if found != default and not pattern.fullmatch(found):
            raise self.problem(name, f"is “{found}”; write {what}.")
        return found

    def _get(self, name: str) -> "yaml.Node | None":
        self.asked.add(name)
        node = self.nodes.get(name)
        return None if node is None or node.tag == "tag:yaml.org,2002:null" else node


def read_yaml(content: bytes) -> Part:
    """Return the top of a YAML file. Raises InstrumentProblem with the line of the fault.

    Aliases are refused: what a file says stands where it is read, and a short file stays short in memory.
    """
    import yaml

    if len(content) > LARGEST_BYTES:
        raise InstrumentProblem(
            f"The file has {len(content):,} bytes; at most {LARGEST_BYTES:,} are read. Split it in two."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InstrumentProblem(f"Byte {error.start + 1:,} is not UTF-8; save the file as UTF-8.") from None
    # The C loader, where PyYAML was built with it, reads the same ten times faster.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                raise InstrumentProblem(f"Line {line_of(event)} holds an alias (*); write the value out.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise InstrumentProblem(
                    f"Line {line_of(event)} is nested deeper than {_DEEPEST} levels; write it flatter."
                )
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = "" if mark is None else f" (line {mark.line + 1}, column {mark.column + 1})"
        raise InstrumentProblem(
            f"The file is not YAML{line}: {error.problem}. Mend that line, or put its text in quotes."
        ) from None
    except yaml.YAMLError as error:
        raise InstrumentProblem(f"The file is not YAML: {str(error).splitlines()[0]}.") from None
    if node is None:
        raise InstrumentProblem("The file is empty; begin with key: and version:.")
    return Part(node, "")


def line_of(found: "yaml.Node | yaml.Event") -> int:
    """Return the line of the file on which a value begins, the first being 1."""
    return 1 if found.start_mark is None else int(found.start_mark.line) + 1


def shown(node: Any) -> str:
    """Return a value as a message shows it."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return f"“{node.value[:60]}”"
    return "a list" if isinstance(node, yaml.SequenceNode) else "names with values"


def _scalar(node: "yaml.Node", place: str, what: str) -> str:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise InstrumentProblem(f"{place} (line {line_of(node)}) is {shown(node)}; write {what}.")
    return str(node.value).strip()
