"""The raw files of a packaged edition, read without the library, and the words that they look up."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from attrs import frozen

import ocop

EDITIONS: Final = Path(ocop.__file__).parent / "data" / "editions"

Json = dict[str, Any]


@frozen
class RawEdition:
    """The JSON of one edition."""

    id: str
    edition: Json
    sets: dict[str, Json]
    """By the name of the file."""
    labels: dict[str, dict[str, dict[str, str]]]
    """By language, kind and key."""

    @property
    def folder(self) -> Path:
        return EDITIONS / self.id

    @classmethod
    def read(cls, edition_id: str) -> "RawEdition":
        folder = EDITIONS / edition_id
        return cls(
            edition_id,
            _json(folder / "edition.json"),
            {path.stem: _json(path) for path in sorted((folder / "sets").iterdir())},
            {lang: _json(folder / "labels" / f"{lang}.json") for lang in ("vi", "en")},
        )

    def every_label(self) -> Iterator[tuple[str, str, str, str]]:
        for lang, tables in self.labels.items():
            for kind, table in tables.items():
                for key, text in table.items():
                    yield lang, kind, key, text

    def used_label_keys(self) -> dict[str, set[str]]:
        """Collect the keys that some node looks its label up with."""
        used: dict[str, set[str]] = defaultdict(set)
        used["sources"].add(self.edition["source"]["slug"])
        used["parts"].update(part["slug"] for part in self.edition["parts"])
        for amendment in self.edition.get("amendments", ()):
            used["amendments"].add(amendment["slug"])
        for group in self.edition["groups"]:
            used["groups"].add(group["slug"])
            for subgroup in group["subgroups"]:
                used["subgroups"].add(subgroup["slug"])
                for entry in subgroup["sets"]:
                    used["sets"].add(entry["slug"])
                    for ministry in entry.get("ministries", ()):
                        used["ministries"].add(ministry["slug"])
        for document in self.sets.values():
            used["sets"].add(document["id"].split("/")[1])
            if "provenance" in document:
                used["sources"].add(document["provenance"]["slug"])
            for part in document["parts"]:
                used["parts"].add(part["slug"])
                for node in _nodes(part):
                    used["criteria" if "options" in node else "sections"].add(node["slug"])
                    for option in node.get("options", ()):
                        used["options"].add(f"{node['slug']}/{option['slug']}")
                        if "case" in option:
                            used["cases"].add(f"{node['slug']}/{option['case']}")
            for rule in document.get("rules", ()):
                if "cause" in rule:
                    used["causes"].add(rule["cause"])
            for kind, name in (("errata", "why"), ("remarks", "remark"), ("open_issues", "remark")):
                for note in document.get(kind, ()):
                    used[kind.replace("_", "-")].add(note[name])
        return used


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"), object_pairs_hook=_refusing_repeats)


def _refusing_repeats(pairs: list[tuple[str, Any]]) -> Json:
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"a key comes twice: {keys}"
    return dict(pairs)


def _nodes(node: Json) -> Iterator[Json]:
    """Yield the sections and criteria below a part or section."""
    for item in node.get("items", ()):
        yield item
        yield from _nodes(item)


def raw_criteria(document: Json) -> list[Json]:
    return [node for part in document["parts"] for node in _nodes(part) if "options" in node]
