"""The schemas of the OpenAPI document: the components, and the schema and example of each body type.

msgspec's schemas are rewritten for linters and client generators: unions of tagged structs become named `oneOf`
components, `anyOf` of a plain type and null becomes `type: [..., "null"]`, integers get a `format`, and patterns lose
look-aheads, which other engines do not support.
"""

import inspect
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

import msgspec
from msgspec import Meta, Struct
from msgspec import inspect as types

from service.core.citations import AnySelector
from service.core.differences import Json
from service.core.facts import AnyAssert, AnyFact, AnyVersion
from service.web.contract import Contract, Header
from service.web.problems import Problem

Fields = dict[str, Json]

_UNIONS: Mapping[str, tuple[object, str]] = {
    "Fact": (AnyFact, "A fact of any kind: what is known, since when, and where it says so."),
    "Assertion": (AnyAssert, "One assertion of a fact of any kind."),
    "Version": (AnyVersion, "A version of a fact: an assertion of its kind, or a retraction."),
    "Selector": (AnySelector, "Where in a source the passage or entry stands."),
}
_INT32 = 2**31 - 1


class Schemas:
    """The document's components, and the schema of each body type."""

    def __init__(self, contract: Contract) -> None:
        wanted = _wanted(contract)
        self._unions = {**_UNIONS, **contract.unions}
        named = [union for union, _ in self._unions.values()]
        raw, components = msgspec.json.schema_components(
            [*wanted, *named], ref_template="#/components/schemas/{name}"
        )
        structs = {struct.__name__: struct for struct in _structs([*wanted, *named])}
        self._union_names = {
            _members(schema): name for name, schema in zip(self._unions, raw[len(wanted) :], strict=True)
        }
        self._by_type = {
            id(one): self._tidied(schema) for one, schema in zip(wanted, raw[: len(wanted)], strict=True)
        }
        self.components: Fields = {
            name: self._component(cast("Fields", schema), structs.get(name))
            for name, schema in components.items()
        }
        for (name, (_, description)), schema in zip(self._unions.items(), raw[len(wanted) :], strict=True):
            self.components[name] = {"description": description, **_one_of(cast("Fields", schema))}
        for name, struct in contract.members.items():
            added = cast("Fields", self.components[struct.__name__])
            properties = cast("Fields", cast("Fields", self.components[name])["properties"])
            properties.update(cast("Fields", added["properties"]))
        for struct in set(contract.members.values()):
            del self.components[struct.__name__]
        self.examples: Fields = {}
        self.headers: Fields = {}

    def of(self, wanted: object) -> Json:
        """The schema of a body type."""
        return self._by_type[id(wanted)]

    def content(self, wanted: object) -> Fields:
        """Schema and example of a JSON body."""
        schema = self.of(wanted)
        name = _referred(schema)
        if name is None:
            return {"schema": schema}
        if name not in self.examples:
            self.examples[name] = {
                "summary": _sentence(self.components[name]),
                "value": self.example(schema),
            }
        return {"schema": schema, "examples": {name: {"$ref": f"#/components/examples/{name}"}}}

    def members(self, schema: Json) -> Fields:
        """An example of each member of a named union, by the member's name; empty for any other schema."""
        name = _referred(schema)
        if name is None or name not in self._unions:
            return {}
        members = cast("list[Json]", cast("Fields", self.components[name])["oneOf"])
        return {
            str(_referred(member)): {
                "summary": _sentence(self.components[str(_referred(member))]),
                "value": self.example(member),
            }
            for member in members
        }

    def header(self, name: str, header: Header) -> Json:
        """Add a header component; returns a reference to it."""
        component = header.component or name.replace("-", "")
        self.headers[component] = {
            "description": header.description,
            "required": header.required,
            "schema": self._tidied(dict(header.schema)),
        }
        return {"$ref": f"#/components/headers/{component}"}

    def example(self, schema: Json) -> Json:
        """An example for a schema: the recorded one, else the declared one, else one composed of its properties' examples."""
        if not isinstance(schema, Mapping):
            return None
        if (name := _referred(schema)) is not None:
            recorded = _recorded()
            return recorded[name] if name in recorded else self.example(self.components[name])
        for given in (schema.get("examples"), schema.get("enum")):
            if isinstance(given, list) and given:
                return given[0]
        if "default" in schema:
            return schema["default"]
        return self._composed(schema)

    def parameters(self, struct: type[Struct]) -> Fields:
        """The schemas of a struct's fields, by name, for use as parameters; inherited ones (such as times) come last."""
        _, components = msgspec.json.schema_components([struct])
        described = self._component(cast("Fields", components[struct.__name__]), struct)
        properties = cast("Fields", described.get("properties", {}))
        return {name: properties[name] for name in _own_first(struct)}

    def _composed(self, schema: Mapping[str, Json]) -> Json:
        for word in ("oneOf", "anyOf"):
            choices = schema.get(word)
            if isinstance(choices, list):
                return self.example(choices[0])
        properties, items = schema.get("properties"), schema.get("items")
        if isinstance(properties, Mapping):
            required = schema.get("required", [])
            return {
                name: self.example(one)
                for name, one in properties.items()
                if isinstance(required, list) and (name in required or _has_example(one))
            }
        return [self.example(items)] if items is not None else None

    def _component(self, schema: Fields, struct: type[Struct] | None) -> Fields:
        tidied = cast("Fields", self._tidied(schema))
        if struct is None:
            return tidied
        tidied["description"] = _prose(struct.__doc__ or "")
        properties = cast("dict[str, Fields]", tidied.get("properties", {}))
        for field, meta in _outer(struct).items():
            told = properties[field]
            if meta.description is not None:
                told["description"] = meta.description
            if meta.examples is not None:
                told["examples"] = cast("list[Json]", meta.examples)
        config = struct.__struct_config__
        if config.tag_field is not None:
            told = properties[config.tag_field]
            told["description"] = f"Tells that it is a `{config.tag}`."
            told["examples"] = [config.tag]
        return tidied

    def _tidied(self, schema: Json) -> Json:
        if isinstance(schema, list):
            return [self._tidied(one) for one in schema]
        if not isinstance(schema, Mapping):
            return schema
        if (name := self._union_names.get(_members(schema))) is not None:
            kept = {word: value for word, value in schema.items() if word not in {"anyOf", "discriminator"}}
            return {**kept, "$ref": f"#/components/schemas/{name}"}
        found: Fields = {
            word: {name: self._tidied(one) for name, one in value.items()}
            if word in {"properties", "$defs"} and isinstance(value, Mapping)
            else value
            if word in {"examples", "default", "enum", "const"}
            else self._tidied(value)
            for word, value in schema.items()
            if word != "title"
            and not (word == "default" and value is None)
            and not (word == "required" and not value)
        }
        return _exampled(_nullable(_plain(_one_of(found))))


def _wanted(contract: Contract) -> list[object]:
    """Every type of a request or response body."""
    found: dict[int, object] = {id(Problem): Problem}
    for operation in contract.documented:
        answers = [wanted for answer in operation.answers.values() for wanted in (answer.type, answer.line)]
        for wanted in (operation.body, *answers):
            if wanted is not None and wanted is not bytes:
                found[id(wanted)] = wanted
    found |= {id(struct): struct for struct in contract.members.values()}
    return list(found.values())


def _structs(wanted: Sequence[object]) -> Iterator[type[Struct]]:
    """Every struct reachable from these types."""
    seen: set[int] = set()
    waiting = list(types.multi_type_info(cast("list[type]", wanted)))
    while waiting:
        info = waiting.pop()
        if id(info) in seen:
            continue
        seen.add(id(info))
        match info:
            case types.StructType():
                yield info.cls
                waiting += [field.type for field in info.fields]
            case types.Metadata():
                waiting.append(info.type)
            case types.UnionType():
                waiting += info.types
            case types.ListType():
                waiting.append(info.item_type)
            case types.DictType():
                waiting += [info.key_type, info.value_type]
            case _:
                pass


def _own_first(struct: type[Struct]) -> list[str]:
    """The encoded names of a struct's fields: its own first, inherited ones last."""
    names = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
    order = [name for one in struct.__mro__ for name in vars(one).get("__annotations__", {}) if name in names]
    return [names[name] for name in dict.fromkeys(order)]  # a field that a class describes anew is its own


@cache
def _outer(struct: type[Struct]) -> dict[str, Meta]:
    """The outermost Meta of each field, by encoded name; for a union, msgspec's schema would use the inner one."""
    hints = typing.get_type_hints(struct, include_extras=True)
    names = {field.name: field.encode_name for field in msgspec.structs.fields(struct)}
    found: dict[str, Meta] = {}
    for name, hint in hints.items():
        metas = [one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Meta)]
        if metas and name in names:
            found[names[name]] = metas[-1]
    return found


@cache
def _recorded() -> Mapping[str, Json]:
    """Recorded answers about the sample, by component name."""
    return msgspec.json.decode(
        files("service.web").joinpath("examples.json").read_bytes(), type=dict[str, object]
    )  # type: ignore[return-value]


def _members(schema: Json) -> frozenset[str]:
    """The names of the structs in a raw union schema; empty for any other schema."""
    choices = schema.get("anyOf", schema.get("oneOf")) if isinstance(schema, Mapping) else None
    if not isinstance(choices, list):
        return frozenset()
    names = [_referred(choice) for choice in choices]
    return frozenset(name for name in names if name) if all(names) else frozenset()


def _referred(schema: Json) -> str | None:
    reference = schema.get("$ref") if isinstance(schema, Mapping) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) else None


def _has_example(schema: Json) -> bool:
    return isinstance(schema, Mapping) and "examples" in schema


def _one_of(schema: Fields) -> Fields:
    """Replace `anyOf` by `oneOf` if the union has a discriminator."""
    if "discriminator" in schema and "anyOf" in schema:
        return {"oneOf" if word == "anyOf" else word: value for word, value in schema.items()}
    return schema


def _nullable(schema: Fields) -> Fields:
    """Rewrite `anyOf: [plain type, null]` as one schema with two types, and `anyOf` of several plain types as `oneOf`.

    With `oneOf`, each member keeps its own keywords (such as an integer's `format`), which generators need.
    """
    choices = schema.get("anyOf")
    if not isinstance(choices, list):
        return schema
    words = [_words(choice) for choice in choices]
    if all(words):
        rest = {word: value for word, value in schema.items() if word != "anyOf"}
        return {**rest, "type": "string", "enum": [word for some in words for word in some]}
    merged: Fields = {}
    names: list[Json] = []
    for choice in choices:
        if not isinstance(choice, Mapping) or not isinstance(choice.get("type"), str) or "enum" in choice:
            return schema
        merged |= choice
        names.append(choice["type"])
    outer = {word: value for word, value in schema.items() if word != "anyOf"}
    if len(set(names) - {"null"}) > 1:
        return {**outer, "oneOf": choices}
    return {**merged, **outer, "type": names}


def _words(schema: Json) -> list[Json]:
    """The values of an enumeration; empty for any other schema."""
    words = schema.get("enum") if isinstance(schema, Mapping) else None
    return words if isinstance(words, list) else []


def _exampled(schema: Fields) -> Fields:
    """Add an example to an enumeration or a boolean: its default, else its first value."""
    choices = schema.get("anyOf")
    words = _words(schema) or [w for c in (choices if isinstance(choices, list) else []) for w in _words(c)]
    if "examples" not in schema and (words or schema.get("type") == "boolean"):
        schema["examples"] = [schema["default"] if "default" in schema else words[0] if words else True]
    return schema


def _plain(schema: Fields) -> Fields:
    """Rewrite types, formats, patterns and descriptions for generators and validators in other languages."""
    if "enum" in schema and "type" not in schema:
        schema["type"] = "string"
    if schema.get("type") == "integer":
        low, high = schema.get("minimum", 0), schema.get("maximum", 0)
        small = isinstance(low, int) and isinstance(high, int) and max(-low, high) <= _INT32
        schema["format"] = "int32" if small else "int64"
    pattern, description = schema.get("pattern"), schema.get("description")
    if isinstance(pattern, str):
        # look-aheads exclude a final newline (which `$` allows in Python alone) and the year 0000; engines
        # without look-ahead (RE2, Rust) would refuse the whole pattern
        schema["pattern"] = re.sub(r"\(\?!(\\n|0000)\)", "", pattern)
    if isinstance(description, str):
        schema["description"] = _prose(description)
    return schema


def _prose(text: str) -> str:
    """A docstring with each paragraph on one line."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _sentence(schema: Json) -> str:
    description = schema.get("description") if isinstance(schema, Mapping) else None
    return str(description).split("\n", maxsplit=1)[0]
