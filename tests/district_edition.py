"""An edition with a district level, made of the packaged one: districts 3 stars, provinces 4, the ministry 5."""

import json
from pathlib import Path
from typing import Any

from ocop.criteria.catalog import PACKAGED, Catalog

ID = "qd148-2023"


def district_procedure() -> dict[str, Any]:
    """Return the procedure of three councils, one above the other."""
    transitions: list[dict[str, Any]] = [
        {"state": "handed-in", "event": "find-complete", "to": "district-council", "by": "agency", "level": "district"},
        {"state": "district-council", "event": "rank", "to": "district-ranked", "by": "council", "ranks": True},
        {"state": "district-ranked", "event": "recognise", "to": "recognised", "by": "head", "stars": [3]},
        {"state": "district-ranked", "event": "send-up", "to": "province-council", "by": "committee", "stars": [4, 5]},
        {"state": "province-council", "event": "rank", "to": "province-ranked", "by": "council", "ranks": True},
        {"state": "province-ranked", "event": "recognise", "to": "recognised", "by": "head", "stars": [4]},
    ]
    return {
        "id": ID,
        "levels": [{"level": each, "article": "4"} for each in ("district", "province", "ministry")],
        "stages": {
            "start": {"event": "hand-in", "state": "handed-in", "by": "subject", "article": "5"},
            "states": [
                {"slug": each}
                for each in (
                    *("handed-in", "district-council", "district-ranked"),
                    *("province-council", "province-ranked", "recognised"),
                )
            ],
            "transitions": [{"article": "5", **each} for each in transitions],
        },
        "rounds": [],
        "deadlines": [
            {
                "slug": "recall",
                "level": "district",
                "article": "9",
                "states": [],
                "since": [],
                "stars": [3],
                "days": 3,
                "unit": "working-days",
            },
            {"slug": "recall", "level": "province", "article": "9", "states": [], "since": [], "stars": [4]},
        ],
        "certificate": {
            "months": 36,
            "article": "4",
            "window": {"opens": 90, "closes": 30, "article": "6"},
        },
        "recall": {"article": "9", "deadline": "recall", "causes": [{"slug": "other-finding"}]},
    }


def district_catalog(folder: Path, *, procedure: bool = True) -> Catalog:
    """Write the edition below `folder`, and return a catalogue that has it alone."""
    edition = PACKAGED.json("qd26-2026", "edition.json")
    edition |= {"id": ID, "issued": "2023-02-24", "in_force_from": "2023-02-24", "decision": "148/QĐ-TTg"}
    for band, level in zip(edition["bands"][2:], ("district", "province", "ministry"), strict=True):
        band["recognised_by"] = level
    files = {"edition.json": edition, "labels/vi.json": {"states": {"handed-in": "Đã nộp"}}, "labels/en.json": {}}
    if procedure:
        files["procedure.json"] = district_procedure()
    (folder / ID / "labels").mkdir(parents=True)
    for name, data in files.items():
        (folder / ID / name).write_text(json.dumps(data), "utf-8")
    return Catalog(str(folder))
