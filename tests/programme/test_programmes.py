import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

import ocop
from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, DocumentError, UnknownIdError
from ocop.programme.portfolio import LISTS, Portfolio, read_portfolio
from ocop.programme.programmes import (
    PACKAGED,
    Programme,
    ProgrammePlace,
    Programmes,
    check_programme,
    programme,
    programmes,
    read_programme,
)
from ocop.text import Label
from portfolio_makers import full

PACKAGE = Path(ocop.__file__).parent
DATA = PACKAGE / "data" / "programmes"
IDS = (
    "bac-lieu-2019-2030",
    "binh-duong-2018-2020",
    "binh-duong-2021-2025",
    "hai-duong-2018-2030",
    "huong-tra-2019-2020",
)
PROMISES = """
binh-duong-2018-2020 participants about 500 2020
binh-duong-2018-2020 products-3-star at-least 5 2020
binh-duong-2018-2020 fairs at-least 1 2020
binh-duong-2018-2020 mark-registered done - 2020
huong-tra-2019-2020 product-per-commune at-least 1 2020
binh-duong-2021-2025 recognition-events at-least 380 2025
binh-duong-2021-2025 recognised-products about 240 2025
binh-duong-2021-2025 share-4-star at-least 10% 2025
binh-duong-2021-2025 advanced-communes-2023 at-least 23 2023
binh-duong-2021-2025 consolidated-or-upgraded at-least 50% 2025
binh-duong-2021-2025 cooperatives at-least 40% 2025
binh-duong-2021-2025 small-enterprises at-least 30% 2025
binh-duong-2021-2025 circular-chains at-least 30% 2025
binh-duong-2021-2025 craft-villages at-least 50% 2025
binh-duong-2021-2025 trained-workers at-least 20% 2025
binh-duong-2021-2025 headed-by-women at-least 40% 2025
binh-duong-2021-2025 run-by-ethnic-minorities exists - 2025
binh-duong-2021-2025 modern-channels at-least 50% 2025
binh-duong-2021-2025 sales-points at-least 1 2025
binh-duong-2021-2025 database done - 2025
binh-duong-2021-2025 digital-dossiers equal 100% 2025
bac-lieu-2019-2030 products-2020 at-least 34 2020
bac-lieu-2019-2030 products-2025 at-least 24 2025
bac-lieu-2019-2030 products-2030 at-least 13 2030
bac-lieu-2019-2030 organisations-2020 at-least 20 2020
bac-lieu-2019-2030 five-star-2025 at-least 5 2025
bac-lieu-2019-2030 five-star-2030 increment 10 2030
bac-lieu-2019-2030 managers-trained-2020 equal 100% 2020
bac-lieu-2019-2030 leaders-trained-2020 equal 100% 2020
bac-lieu-2019-2030 sales-points-2020 at-least 1 2020
bac-lieu-2019-2030 sales-points-2025 at-least 2 2025
bac-lieu-2019-2030 sales-points-2030 at-least 3 2030
hai-duong-2018-2030 trained-2020 equal 100% 2020
hai-duong-2018-2030 organisations-2020 at-least 10 2020
hai-duong-2018-2030 standardised-2020 at-least 30% 2020
hai-duong-2018-2030 promoted-2020 equal 20 2020
hai-duong-2018-2030 marks-2020 equal 14 2020
hai-duong-2018-2030 five-star-2020 at-least 3 2020
hai-duong-2018-2030 projects-2020 equal 8 2020
hai-duong-2018-2030 centre-2020 equal 1 2020
hai-duong-2018-2030 five-star-yearly range-mean-per-year 1-2 2030
hai-duong-2018-2030 organisations-yearly range-per-year 3-5 2030
hai-duong-2018-2030 tourism-points-2030 increment 12 2030
"""
"""What the sources promise, written by hand: programme, target, comparator, numbers, year of the deadline."""


def test_the_numbers_are_those_of_the_sources() -> None:
    found = []
    for each in programmes():
        for target in each.targets:
            number = "-" if target.value is None else str(target.value)
            number += f"-{target.most}" if target.most is not None else "%" if target.percent else ""
            found.append((each.id, target.id, target.comparator.value, number, str(target.deadline.year)))
    assert sorted(found) == sorted(tuple(line.split()) for line in PROMISES.split("\n") if line)
    assert len(found) == 43


def test_every_deadline_is_a_year_s_end_and_every_start_in_its_programme() -> None:
    for each in programmes():
        for target in each.targets:
            assert (target.deadline.month, target.deadline.day) == (12, 31)
            assert each.start <= target.start <= target.deadline <= each.end


def test_the_targets_of_the_conference_begin_on_its_day() -> None:
    assert {each.start for each in programme("binh-duong-2018-2020").targets} == {date(2020, 7, 30)}


def test_the_increments_follow_one_another() -> None:
    bac_lieu = programme("bac-lieu-2019-2030")
    assert [bac_lieu.target(f"products-{year}").start.year for year in (2020, 2025, 2030)] == [2019, 2021, 2026]


def test_about_is_within_a_tenth_and_more_is_met() -> None:
    for name, target in (("binh-duong-2018-2020", "participants"), ("binh-duong-2021-2025", "recognised-products")):
        found = programme(name).target(target)
        assert (found.tolerance, found.or_more) == (Fraction(1, 10), True)


@pytest.mark.parametrize(
    ("name", "then", "now"),
    [
        ("binh-duong-2018-2020", "Bình Dương", "Hồ Chí Minh"),
        ("huong-tra-2019-2020", "Thừa Thiên Huế", "Huế"),
        ("binh-duong-2021-2025", "Bình Dương", "Hồ Chí Minh"),
        ("bac-lieu-2019-2030", "Bạc Liêu", "Cà Mau"),
        ("hai-duong-2018-2030", "Hải Dương", "Hải Phòng"),
    ],
)
def test_where_a_programme_is_then_and_now(name: str, then: str, now: str) -> None:
    place = programme(name).place
    assert place.then is not None
    assert (place.then.name.vi, place.now.name.vi) == (then, now)


def test_a_programme_of_today_has_no_place_before() -> None:
    place = ProgrammePlace(name=Label("thành phố Huế", "Huế city"), province="46")
    assert (place.then, place.now.name.vi) == (None, "Huế")


def test_every_doubt_in_the_sources_is_told() -> None:
    told = {
        ("binh-duong-2018-2020", "participants"): "national figure",
        ("binh-duong-2021-2025", "recognition-events"): "240 products",
        ("binh-duong-2021-2025", "small-enterprises"): "govern",
        ("bac-lieu-2019-2030", "products-2025"): "34, 24, 13",
        ("hai-duong-2018-2030", "promoted-2020"): "taken as met",
    }
    for (name, target), words in told.items():
        assert words in programme(name).target(target).remark.en


def test_the_packaged_programmes_are_consistent() -> None:
    assert PACKAGED.ids == IDS
    assert [each.id for each in programmes()] == [
        "binh-duong-2018-2020",
        "hai-duong-2018-2030",
        "huong-tra-2019-2020",
        "bac-lieu-2019-2030",
        "binh-duong-2021-2025",
    ]
    for each in programmes():
        assert check_programme(each).problems == ()
        assert programme(each.id) is each
    assert "Programmes(" in repr(PACKAGED)


@pytest.mark.parametrize("name", IDS)
def test_a_programme_goes_to_json_and_back(name: str) -> None:
    data = plain(programme(name))
    assert structured(make_converter(), json.loads(json.dumps(data)), Programme) == programme(name)
    assert {"kind": "programme", "version": 1, **data} == json.loads((DATA / f"{name}.json").read_text("utf-8"))


def labels(value: Any) -> list[Label]:
    if isinstance(value, Label):
        return [value]
    if isinstance(value, tuple):
        return [label for each in value for label in labels(each)]
    if attrs.has(type(value)):
        return [label for each in attrs.fields(type(value)) for label in labels(getattr(value, each.name))]
    return []


@pytest.mark.parametrize("name", IDS)
def test_every_label_is_in_both_languages_and_short(name: str) -> None:
    for label in labels(programme(name)):
        assert bool(label.vi) is bool(label.en)
        assert len(label.vi) <= 320
    for target in programme(name).targets:
        assert len(target.label.vi) <= 70
        assert target.source


def test_unknown_programmes_and_targets_name_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'binh-duong-2021-2025'"):
        programme("binh-duong-2021-2026")
    with pytest.raises(UnknownIdError, match="did you mean 'database'"):
        programme("binh-duong-2021-2025").target("databases")


# A place's own


def own(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "programme",
        "version": 1,
        "id": "own-2026",
        "name": {"vi": "Chương trình thử", "en": "Trial programme"},
        "place": {"name": {"vi": "xã thử", "en": "a commune"}, "province": "46"},
        "start": "2026-01-01",
        "end": "2027-12-31",
        "targets": [
            {
                "id": "fairs",
                "label": {"vi": "Hội chợ", "en": "Fairs"},
                "indicator": "fairs",
                "comparator": "at-least",
                "value": 2,
                "unit": {"vi": "hội chợ", "en": "fairs"},
                "start": "2026-01-01",
                "deadline": "2027-12-31",
            }
        ],
    }
    return data | changes


def test_a_place_adds_its_own_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "own-2026.json").write_text(json.dumps(own()), "utf-8")
    (tmp_path / "notes.txt").write_text("no programme", "utf-8")
    folder = Programmes(tmp_path)
    assert folder.ids == ("own-2026",)
    [found] = folder.programmes()
    assert found.progress(Portfolio(fairs=[]), date(2026, 6, 1)).target("fairs").status.value == "on-course"


def test_a_file_of_another_id_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(json.dumps(own()), "utf-8")
    with pytest.raises(DocumentError) as caught:
        Programmes(tmp_path).programme("other")
    assert caught.value.report.codes == ("value-not-allowed",)


TARGET = own()["targets"][0]


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"end": "2025-12-31"}, "period-reversed", "/end"),
        ({"place": {"name": {"vi": "a", "en": "b"}, "province": "74"}}, "programme-place-unknown", "/place/province"),
        ({"place": {"name": {"vi": "a", "en": "b"}}}, "programme-place-unknown", "/place/province"),
        (
            {"place": {"name": {"vi": "a", "en": "b"}, "old_province": "03"}},
            "programme-place-unknown",
            "/place/old_province",
        ),
        ({"targets": [TARGET, TARGET]}, "target-repeated", "/targets/1/id"),
        ({"targets": [TARGET | {"deadline": "2028-01-01"}]}, "target-outside-programme", "/targets/0/deadline"),
        ({"targets": [TARGET | {"start": "2025-12-31"}]}, "target-outside-programme", "/targets/0/start"),
        ({"targets": [TARGET | {"indicator": "fair"}]}, "target-indicator-unknown", "/targets/0/indicator"),
        ({"targets": [TARGET | {"deadline": "2025-01-01"}]}, "period-reversed", "/targets/0/deadline"),
        ({"targets": [TARGET | {"value": "2"}]}, "value-bad-form", ""),
        ({"targets": [TARGET | {"values": 2}]}, "value-bad-form", ""),
        ({"kind": "programmes"}, "value-not-allowed", "/kind"),
    ],
)
def test_an_inconsistent_programme_is_refused(changes: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_programme(json.dumps(own(**changes)))
    assert (code, pointer) in [(each.code, each.pointer) for each in caught.value.report.problems]


def test_the_province_that_holds_an_old_one_is_named() -> None:
    with pytest.raises(DocumentError) as caught:
        read_programme(json.dumps(own(place={"name": {"vi": "a", "en": "b"}, "province": "74"})))
    [problem] = caught.value.report.problems
    assert (problem.got, problem.hint) == ("74", "79")


def test_progress_refuses_an_inconsistent_programme() -> None:
    with pytest.raises(DocumentError) as caught:
        attrs.evolve(programme("huong-tra-2019-2020"), end=date(2018, 1, 1)).progress(Portfolio(), date(2020, 1, 1))
    assert caught.value.report.codes == ("period-reversed", "target-outside-programme")


# The published schemas


def schema(kind: str) -> Any:
    return json.loads((PACKAGE / "documents" / "schemas" / f"{kind}.schema.json").read_text("utf-8"))


def validator(kind: str) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker, validators
    from referencing import Registry

    Draft202012Validator.check_schema(schema(kind))
    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    extend: Any = validators.extend
    strict = extend(Draft202012Validator, type_checker=checker)
    return strict(schema(kind), registry=Registry(), format_checker=FormatChecker(formats=["date"]))


EXAMPLES = sorted(
    path for path in Path("docs/examples").rglob("*.json") if '"portfolio"' in path.read_text("utf-8")[:40]
)


def test_there_is_an_example_for_every_programme() -> None:
    assert [path.relative_to("docs/examples").as_posix() for path in EXAMPLES] == [
        "bac-lieu-2019-2030.json",
        "binh-duong-2018-2020.json",
        "binh-duong-2023/portfolio.json",
        "hai-duong-2018-2030.json",
        "huong-tra-2019-2020.json",
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=str)
def test_the_examples_have_the_published_form(path: Path) -> None:
    assert [*validator("portfolio").iter_errors(json.loads(path.read_text("utf-8")))] == []
    assert "Made up" in read_portfolio(path.read_bytes()).remark


@pytest.mark.parametrize("name", IDS)
def test_the_programmes_have_the_published_form(name: str) -> None:
    assert [*validator("programme").iter_errors(json.loads((DATA / f"{name}.json").read_text("utf-8")))] == []


def everywhere(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all values in a document."""
    below: list[tuple[Any, ...]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        below += everywhere(item, (*path, key))
    return [*below, path]


def changed(value: Any, path: tuple[Any, ...], to: Any) -> Any:
    if not path:
        return to
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], to)
    return copy


def accepts(cls: type[Any], content: Any) -> bool:
    try:
        structured(make_converter(), content, cls)
    except ConversionError:
        return False
    return True


@pytest.mark.parametrize(("kind", "cls"), [("portfolio", Portfolio), ("programme", Programme)])
def test_the_schema_and_the_classes_accept_the_same(kind: str, cls: type[Any]) -> None:
    """Every value of a document that has everything is put out of form, in turn."""
    content = plain(full()) if kind == "portfolio" else plain(programme("binh-duong-2018-2020"))
    known, tried = validator(kind), 0
    others: list[Any] = [None, True, 5.0, "x", []]
    for path in everywhere(content):
        for wrong in others:
            other = changed(content, path, wrong)
            if not isinstance(other, dict):
                continue
            tried += 1
            form = known.is_valid({**other, "kind": kind, "version": 1})
            assert form == accepts(cls, other), (path, wrong)
    assert tried > 400


@pytest.mark.parametrize(("kind", "cls"), [("portfolio", Portfolio), ("programme", Programme)])
def test_a_schema_names_every_field_and_explains_itself(kind: str, cls: type[Any]) -> None:
    found = schema(kind)
    assert set(found["properties"]) == {"kind", "version", *(each.name for each in attrs.fields(cls))}
    assert re.fullmatch(f"urn:ocop:schema:{kind}:1", found["$id"])
    assert " · " in found["title"]
    if kind == "portfolio":
        assert all(" · " in found["properties"][name]["title"] for name in LISTS)
