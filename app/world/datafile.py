"""Read a YAML data file into typed values, and say exactly where it is wrong.

Content is written by people: an error names the file, the line and what was expected
(`scenarios/follow-up/late.yaml:14: steps[1].kind: …`). Floats are refused everywhere, because money is whole
cents and a bare `125.10` has lost its exactness before any check could see it.
"""

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")

_PATH_PART = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SAFE):  # type: ignore[misc]
    """A safe loader for which only `true` and `false` are booleans: `on:` stays a word, as in `on: 2026-05-01`."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rows if tag != "tag:yaml.org,2002:bool"]
        for first, rows in _SAFE.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))


class DataFileError(ValueError):
    """A data file that cannot be used: `str(error)` is one line `path:line: what is wrong`."""

    def __init__(self, path: Path | str, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = str(path), line, message


def load(path: Path, type_: type[T], *, shown_as: str | None = None) -> T:
    """Return the file's content as `type_`. Raises DataFileError (one line, with the line number)."""
    name = shown_as or str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(name, 1, f"cannot be read: {error}") from None
    return loads(text, type_, shown_as=name)


def load_all(folder: Path, pattern: str, type_: type[T], *, shown_as: str) -> list[T]:
    """Return the content of every file of `folder` that `pattern` names, in order of name; `shown_as` is the folder."""
    return [load(path, type_, shown_as=f"{shown_as}/{path.name}") for path in sorted(folder.glob(pattern))]


def loads(text: str, type_: type[T], *, shown_as: str) -> T:
    """As `load`, from text. `shown_as` stands for the file in errors."""
    value, root = parse(text, shown_as=shown_as)
    try:
        return msgspec.convert(value, type_, builtin_types=())
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        raise DataFileError(shown_as, line_of(root, path.rstrip("`")), _sentence(message, path)) from None


def parse(text: str, *, shown_as: str) -> tuple[Any, yaml.Node | None]:
    """Return the plain value and the node tree (for `line_of`). Raises DataFileError on bad YAML or a float."""
    try:
        root = yaml.compose(text, Loader=_Loader)
        value = yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DataFileError(shown_as, mark.line + 1 if mark else 1, f"not YAML: {error.problem}") from None
    except ValueError as error:  # an impossible date such as 2026-02-30
        raise DataFileError(shown_as, 1, f"a value cannot be read: {error}") from None
    if root is not None:
        _refuse_floats_and_repeats(root, shown_as)
    return value, root


def line_of(root: yaml.Node | None, path: str) -> int:
    """Return the 1-based line of a msgspec path such as `$.steps[1].kind` in the composed document."""
    node = root
    for key, index in _PATH_PART.findall(path):
        child = _child(node, key, index)
        if child is None:
            break
        node = child
    return node.start_mark.line + 1 if node is not None else 1


def _child(node: yaml.Node | None, key: str, index: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode) and key:
        return next((v for k, v in node.value if getattr(k, "value", None) == key), None)
    if isinstance(node, yaml.SequenceNode) and index.isdigit() and int(index) < len(node.value):
        child: yaml.Node = node.value[int(index)]
        return child
    return None


def _sentence(message: str, path: str) -> str:
    where = path.rstrip("`").removeprefix("$").removeprefix(".")
    return f"{where}: {message}" if where else message


def _refuse_floats_and_repeats(root: yaml.Node, shown_as: str) -> None:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:float":
            raise DataFileError(shown_as, node.start_mark.line + 1,
                                f"{node.value} is a bare decimal: write whole cents, or put it in quotes")
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        if isinstance(node, yaml.MappingNode):
            _refuse_repeats(node, shown_as)
            waiting.extend(v for _, v in node.value)


def _refuse_repeats(node: yaml.MappingNode, shown_as: str) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        name = str(getattr(key, "value", ""))
        if name in seen:
            raise DataFileError(shown_as, key.start_mark.line + 1, f"{name!r} is written twice")
        seen.add(name)
