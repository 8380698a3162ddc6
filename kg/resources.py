"""Finds the data files of `ontology/` (and a user's overlays) and reads them with located errors.

YAML is read by the safe loader under YAML 1.2's core rules, because language data is full of words
that YAML 1.1 turns into something else: `no`, `on`, `off` stay text, and so do `12:30`, `010` and
`2024-11-23`. A repeated key is an error, not a silent replacement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args, get_origin

import msgspec
import yaml
from msgspec import inspect

from kg.errors import ResourceError

Key = str | int
_STEP = re.compile(r"\.([^.\[\]`]+)|\[(\d+)\]|\[\.\.\.\]")


def _ontology_root() -> Path:
    """The folder inside an installed wheel (`kg/ontology`), else the one beside `kg/`."""
    package = Path(__file__).resolve().parent
    for root in (package / "ontology", package.parent / "ontology"):
        if root.is_dir():
            return root
    raise ResourceError("the ontology/ folder is missing from this installation")


def ontology_path(*parts: str) -> Path:
    """The path of a shipped file or folder; it need not exist.

    Raises `ResourceError` when `parts` lead out of the ontology folder, so that a name typed by a
    user can be passed on as it is.
    """
    root = _ontology_root()
    path = root.joinpath(*parts)
    if not path.resolve().is_relative_to(root):
        raise ResourceError("the name leads out of the ontology folder", "/".join(parts))
    return path


def read_text(*parts: str) -> str:
    """The text of a shipped file. Raises `ResourceError` when it is missing or not UTF-8."""
    return read_file(ontology_path(*parts))


def read_file(path: Path) -> str:
    """The text of a file. Raises `ResourceError` when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ResourceError(error.strerror or "cannot be read", _shown(path)) from error
    except UnicodeDecodeError as error:
        raise ResourceError("is not UTF-8 text", _shown(path)) from error


def resource_files(folder: str, pattern: str, overlays: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Files of `folder` by name: the shipped ones, then those of each overlay in the given order.

    An overlay is a folder laid out like `ontology/`; it may leave out what it does not extend.
    Raises `ResourceError` when an overlay is not a folder.
    """
    for overlay in overlays:
        if not overlay.is_dir():
            raise ResourceError("the overlay is not a folder", str(overlay))
    folders = [ontology_path(folder), *(overlay / folder for overlay in overlays)]
    return tuple(path for each in folders for path in sorted(each.glob(pattern)))


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file that has been read: its plain value, and the line of each part of it."""

    path: Path
    value: Any
    node: yaml.Node | None

    def line(self, *keys: Key) -> int:
        """The line (from 1) of the entry under `keys`; of the nearest parent that exists."""
        node, line = self.node, 1
        for key in keys:
            step = _child(node, key)
            if step is None:
                break
            line, node = step
        return line

    def where(self, *keys: Key) -> str:
        """`file:line` of the entry under `keys`, as findings and errors print it."""
        return f"{_shown(self.path)}:{self.line(*keys)}"

    def convert[T](self, kind: type[T]) -> T:
        """The value as `kind`. Raises `ResourceError` at the line of the first wrong entry."""
        for keys in _unknown(self.value, _fields(cast("Hashable", kind)), ()):
            raise ResourceError(f"unknown key `{keys[-1]}`", self.where(*keys))
        try:
            return msgspec.convert(self.value, kind, str_keys=True)
        except msgspec.ValidationError as error:
            keys, message = _locate(self.value, kind, error)
            raise ResourceError(message, self.where(*keys)) from error


def read_yaml(path: Path) -> YamlFile:
    """Reads one YAML document. Raises `ResourceError` (`file:line`) when it is not valid YAML."""
    loader = _Loader(read_file(path))
    try:
        node = loader.get_single_node()
        value = None if node is None else _value(node, set())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ResourceError(str(error.problem), f"{_shown(path)}:{line}") from error
    except yaml.YAMLError as error:
        raise ResourceError(str(error).replace("\n", " "), _shown(path)) from error
    finally:
        loader.dispose()
    return YamlFile(path, value, node)


def load_yaml[T](path: Path, kind: type[T]) -> T:
    """Reads `path` as `kind` (msgspec struct, dataclass or containers of them).

    Raises `ResourceError` with `file:line` for bad YAML, a wrong type, a missing or unknown key.
    """
    return read_yaml(path).convert(kind)


_PLAIN = re.compile(
    r"(?P<null>~|null|)|(?P<bool>true|false)"
    r"|(?P<int>[-+]?(?:0|[1-9][0-9]*))|(?P<float>[-+]?(?:0|[1-9][0-9]*)\.[0-9]+)"
)
_PLAIN_FIRST = frozenset("~ntf-+0123456789")
_TAG = "tag:yaml.org,2002:"


class _Loader(yaml.CSafeLoader):
    """The safe parser with YAML 1.2's plain scalars; it only builds nodes, `_value` the rest."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node that names none: text unless a plain scalar reads otherwise."""
        if kind is not yaml.ScalarNode:
            return _TAG + ("seq" if kind is yaml.SequenceNode else "map")
        if implicit[0] and (not value or value[0] in _PLAIN_FIRST):
            match = _PLAIN.fullmatch(value)
            return f"{_TAG}{match.lastgroup if match else 'str'}"
        return _TAG + "str"


_SCALARS: dict[str, Callable[[str], Any]] = {
    _TAG + "str": str,
    _TAG + "null": lambda _: None,
    _TAG + "bool": lambda text: text == "true",
    _TAG + "int": int,
    _TAG + "float": float,
}


def _value(node: yaml.Node, seen: set[int]) -> Any:
    """Plain data of a node. Tags, aliases (endless or exploding data) and odd keys are refused."""
    if isinstance(node, yaml.ScalarNode):
        convert = _SCALARS.get(node.tag)
        if convert is None:
            raise _problem(f"the tag {node.tag} is not allowed", node)
        return convert(node.value)
    if id(node) in seen:
        raise _problem("aliases are not allowed", node)
    if node.tag not in (_TAG + "seq", _TAG + "map"):
        raise _problem(f"the tag {node.tag} is not allowed", node)
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, seen) for item in node.value]
    mapping: dict[str, Any] = {}
    for key, item in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _problem("a key must be plain text", key)
        if key.value in mapping:
            raise _problem(f"the key `{key.value}` is given twice", key)
        mapping[key.value] = _value(item, seen)
    return mapping


def _problem(message: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=message, problem_mark=node.start_mark)


def _shown(path: Path) -> str:
    """Shipped files as `ontology/...` wherever they are installed, others as the user gave them."""
    root = _ontology_root()
    return f"ontology/{path.relative_to(root)}" if path.is_relative_to(root) else str(path)


def _child(node: yaml.Node | None, key: Key) -> tuple[int, yaml.Node] | None:
    """Line and node of one entry of a mapping or a list."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item = node.value[key]
        return item.start_mark.line + 1, item
    return None


@cache
def _fields(kind: Hashable) -> inspect.Type:
    """What msgspec knows of a type, which takes longer to find out than a file to read."""
    return inspect.type_info(kind)


def _unknown(value: Any, kind: inspect.Type, keys: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
    """Paths of the keys that the type does not have; msgspec lets them pass in dataclasses."""
    for key, item, inner in _entries(value, kind):
        if inner is None:
            yield (*keys, key)
        else:
            yield from _unknown(item, inner, (*keys, key))


def _entries(value: Any, kind: inspect.Type) -> Iterable[tuple[Key, Any, inspect.Type | None]]:
    """The entries of a container with the type each should have, `None` for a key it lacks."""
    match kind:
        case inspect.UnionType(types=types):
            yield from (entry for each in types for entry in _entries(value, each))
        case inspect.StructType(fields=fields) | inspect.DataclassType(fields=fields):
            known = {field.encode_name: field.type for field in fields}
            if isinstance(value, dict):
                yield from ((key, item, known.get(key)) for key, item in value.items())
        case inspect.DictType(value_type=inner) if isinstance(value, dict):
            yield from ((key, item, inner) for key, item in value.items())
        case inspect.ListType(item_type=inner) | inspect.VarTupleType(item_type=inner):
            if isinstance(value, list):
                yield from ((index, item, inner) for index, item in enumerate(value))


def _locate(value: Any, kind: Any, error: Exception) -> tuple[tuple[Key, ...], str]:
    """The keys that lead to msgspec's complaint, and its message without the path.

    msgspec does not name the key of a plain dict, so the entries are tried one by one.
    """
    if get_origin(kind) is dict and isinstance(value, dict):
        key_kind, item_kind = get_args(kind)
        for key, item in value.items():
            for part, part_kind in ((key, key_kind), (item, item_kind)):
                try:
                    msgspec.convert(part, part_kind, str_keys=True)
                except msgspec.ValidationError as inner:
                    keys, message = _locate(part, part_kind, inner)
                    return (key, *keys), message
    message, _, path = str(error).partition(" - at ")
    return tuple(_steps(path)), message


def _steps(path: str) -> Iterator[Key]:
    for step in _STEP.finditer(path):
        if step[0] == "[...]":
            return
        yield step[1] if step[1] is not None else int(step[2])
