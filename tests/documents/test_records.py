"""Documents of single records: they come back as they were, are looked over, and tell nothing that is private."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given

import ocop
from ocop.convert import make_converter, structured
from ocop.documents.kinds import from_document, to_document
from ocop.documents.record_checks import DOSSIER_KIND, day_of, dossier_problems, eligibility_problems
from ocop.documents.records import CLASSES
from ocop.documents.registry import Registry
from ocop.documents.validate import form_problems, schema
from ocop.errors import ConversionError, DocumentError
from ocop.model.cycle import IdeaEvent, ProductIdea
from ocop.model.products import Product
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.dossier import CommuneReport, Dossier
from ocop.procedure.evidence import EvidenceItem
from ocop.procedure.kinds import DossierKind
from ocop.procedure.recognition import issue
from record_strategies import RECORDS

SUBJECT = Subject(
    "chieng-di",
    "HTX chè Chiềng Đi",
    LegalForm.COOPERATIVE,
    "24781",
    "0100112437",
    "0100112437",
    Representative("Lò Thị Mai", Sex.FEMALE, ethnic_minority=True, disability=False),
    Workforce(20, {"24781": 15}, 12, 8),
    {"2025": 120_000_000},
)
DOSSIER = Dossier("d1", DossierKind.FIRST, "tea", "chieng-di", "qd26-2026/tea", handed_in=date(2026, 9, 1))
CERTIFICATE = issue(
    "c1",
    product="tea",
    star=Star.THREE,
    on=date(2026, 12, 20),
    decision="12/QĐ-UBND",
    level=Level.PROVINCE,
    authority="UBND tỉnh Lâm Đồng",
)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_survives_the_round_trip(kind: str) -> None:
    @given(RECORDS[kind])
    def same(record: Any) -> None:
        for canonical in (False, True):
            assert ocop.loads(ocop.dumps(record, canonical=canonical)) == record
        assert ocop.validate(record).codes == ocop.validate(ocop.dumps(record)).codes

    same()


@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_is_of_the_class_that_its_kind_says(kind: str) -> None:
    @given(RECORDS[kind])
    def same(record: Any) -> None:
        assert to_document(record)["kind"] == kind
        assert type(record) is CLASSES[kind]

    same()


def test_a_dossiers_own_kind_has_a_key_of_its_own() -> None:
    document = to_document(DOSSIER)
    assert (document["kind"], document["dossier_kind"]) == ("dossier", "first")
    inside = to_document(Registry(dossiers=[DOSSIER]))["dossiers"][0]
    assert inside == {key: value for key, value in document.items() if key not in ("kind", "version")}
    registry = {"kind": "registry", "version": 1, "dossiers": [{**inside, "kind": "first"}]}
    assert [(p.code, p.pointer) for p in ocop.validate(registry).problems] == [("key-unknown", "/dossiers/0/kind")]
    with pytest.raises(ConversionError, match='expected the key dossier_kind; got "kind"'):
        from_document(registry)
    with pytest.raises(ConversionError, match="expected an object"):
        from_document({"kind": "registry", "version": 1, "dossiers": [3]})


def test_a_class_of_the_same_name_is_no_record() -> None:
    with pytest.raises(ConversionError, match="no kind of document holds a Subject; known: score-sheet"):
        ocop.dumps(attrs.make_class("Subject", ["id"])("x"))


# What is looked over


@pytest.mark.parametrize(
    ("record", "code", "pointer"),
    [
        (evolve(SUBJECT, place="99999"), "commune-unknown", "/place"),
        (Product("tea", " ", "chieng-di"), "text-empty", "/name"),
        (Product("tea", "Chè", "chieng-di", criteria_set="qd26-2026/tee"), "set-unknown", "/criteria_set"),
        (ProductIdea("i", "Chè", "An", criteria_set="qd26-2026/tee"), "set-unknown", "/criteria_set"),
        (ProductIdea("i", "", "An"), "text-empty", "/name"),
        (evolve(DOSSIER, criteria_set="qd26-2026/tee"), "set-unknown", "/criteria_set"),
        (evolve(DOSSIER, criteria_set="qd26-2026/tee", handed_in=None), "set-unknown", "/criteria_set"),
        (evolve(CERTIFICATE, ends=date(2029, 12, 19)), "certificate-term-wrong", "/ends"),
        (evolve(CERTIFICATE, edition="qd26-2027"), "certificate-edition-unknown", "/edition"),
    ],
)
def test_the_content_of_a_record_is_looked_over(record: Any, code: str, pointer: str) -> None:
    found = ocop.validate(record).problems
    assert next((problem.code, problem.pointer) for problem in found if not problem.note) == (code, pointer)


def test_what_is_right() -> None:
    idea = ProductIdea("i", "Chè", "An", criteria_set="qd26-2026/tea").advance(IdeaEvent.REGISTER, date(2026, 2, 1))
    for record in (SUBJECT, Product("tea", "Chè", "chieng-di", "24781", "qd26-2026/tea"), idea, CERTIFICATE):
        assert ocop.validate(record).ok


# A dossier's own day


def test_a_dossier_is_checked_on_its_own_day() -> None:
    paper = EvidenceItem("production-eligibility", issued=date(2024, 1, 1), expires=date(2026, 9, 15))
    dossier = evolve(DOSSIER, evidence=[paper])
    assert "evidence-expired" not in ocop.validate(dossier).codes
    assert "evidence-expired" in ocop.validate(evolve(dossier, handed_in=date(2026, 9, 16))).codes
    proposed = evolve(dossier, commune_report=CommuneReport(proposed=date(2026, 9, 16)))
    assert str(day_of(proposed)) == "2026-09-16"
    assert "evidence-expired" in ocop.validate(proposed).codes


def test_the_communes_part_is_asked_for_once_the_product_is_proposed() -> None:
    assert "samples-missing" not in ocop.validate(DOSSIER).codes
    reported = evolve(DOSSIER, commune_report=CommuneReport(signed=date(2026, 9, 1)))
    assert "samples-missing" not in ocop.validate(reported).codes
    proposed = evolve(DOSSIER, commune_report=CommuneReport(proposed=date(2026, 9, 10)))
    assert "samples-missing" in ocop.validate(proposed).codes


def test_a_dossier_without_a_day_is_only_noted() -> None:
    report = ocop.validate(evolve(DOSSIER, handed_in=None))
    assert (report.ok, report.codes) == (True, ("dossier-not-checked",))
    assert "medium-missing" in [p.code for p in dossier_problems(evolve(DOSSIER, handed_in=None), on=date(2026, 9, 1))]


class Bare(ocop.Catalog):
    """A catalogue whose edition comes without a procedure, rules on dossiers or a list of subjects."""

    def json(self, *path: str) -> Any:
        if path[-1] in ("procedure.json", "subjects.json"):
            raise FileNotFoundError(path[-1])
        data = super().json(*path)
        return {**data, "kinds": data["kinds"][1:]} if path[-1] == "dossier.json" else data


def test_an_edition_without_rules_on_records() -> None:
    bare = Bare(str(Path(ocop.__file__).parent / "data" / "editions"))
    association = evolve(SUBJECT, legal_form=LegalForm.ASSOCIATION)
    assert eligibility_problems(association, "qd26-2026/tea", bare) == ()
    assert len(eligibility_problems(association, "qd26-2026/tea")) == 1
    (problem,) = dossier_problems(DOSSIER, bare)
    assert (problem.code, problem.pointer) == ("dossier-kind-unknown", "/dossier_kind")


# What is private

SECRETS = ("001200012345", "phụ nữ", "987654321098", "1200012345", "98765432109", "ph\\u1ee5")
PRIVATE = {
    **to_document(SUBJECT),
    "tax_id": 1200012345,
    "business_registration": ["001200012345"],
    "profits": {"2025": "987654321098", "2024": 98765432109.5},
    "representative": {"name": "Lò Thị Mai", "sex": "phụ nữ", "ethnic_minority": "phụ nữ", "disability": "phụ nữ"},
}


def told(document: Any) -> str:
    """Return everything that is said of a document: reports, and the refusals of the converter."""
    said = [
        str(ocop.validate(document)),
        ocop.validate(document).text("en"),
        json.dumps(ocop.validate(document).to_dict()),
    ]
    content = {key: value for key, value in document.items() if key not in ("kind", "version")}
    for refuse in (
        lambda: ocop.loads(json.dumps(document)),
        lambda: from_document(document),
        lambda: structured(make_converter(), content, Subject),
    ):
        with pytest.raises((DocumentError, ConversionError)) as caught:
            refuse()
        error: BaseException | None = caught.value
        while error is not None:
            said.append(str(error))
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(said)


@pytest.mark.parametrize(
    "changed",
    [["tax_id"], ["business_registration"], ["profits"], ["representative"], [*PRIVATE]],
    ids=lambda keys: keys[-1],
)
def test_nothing_private_is_told_of_a_subject_in_a_wrong_form(changed: list[str]) -> None:
    document = to_document(SUBJECT) | {key: PRIVATE[key] for key in changed}
    text = told(document)
    for secret in SECRETS:
        assert secret not in text


@pytest.mark.parametrize("where", ["representative", "profits", "workforce", "local_capital"])
def test_nothing_private_is_told_where_an_object_or_a_list_stands_in_the_wrong_place(where: str) -> None:
    for value in (["001200012345", "phụ nữ"], {"tax_id": "001200012345", "sex": "phụ nữ"}):
        text = told({**to_document(SUBJECT), where: value})
        assert "001200012345" not in text
        assert "phụ nữ" not in text
    registry = {"kind": "registry", "version": 1, "subjects": {"id": "x", "tax_id": "001200012345"}}
    assert "001200012345" not in ocop.validate(registry).text("en")
    (problem,) = form_problems(registry)
    assert (problem.code, problem.got) == ("value-not-list", "{…}")


def test_what_is_not_private_is_still_told() -> None:
    (problem,) = form_problems({**to_document(SUBJECT), "legal_form": "cooperativ"})
    assert (problem.got, problem.hint) == ('"cooperativ"', "cooperative")


def nested(cls: type[Any], data: Any) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    """Yield each field of a class, and of the classes in it, whether its repr shows it, and its schema."""
    attrs.resolve_types(cls)
    fields = {DOSSIER_KIND if cls is Dossier and each.name == "kind" else each.name: each for each in attrs.fields(cls)}
    tags = {"kind", "version"} - {*fields} if "version" in data["properties"] else set()
    assert {*data["properties"]} - tags == {*fields}
    assert {*data.get("required", ())} - tags == {key for key, each in fields.items() if each.default is attrs.NOTHING}
    for key, each in fields.items():
        found = data["properties"][key]
        yield f"{cls.__name__}.{each.name}", bool(each.repr), found
        inner = found.get("items", found)
        for part in walked(each.type):
            if attrs.has(part) and "properties" in inner:
                yield from nested(part, inner)


def walked(kind: Any) -> Iterator[Any]:
    arguments = getattr(kind, "__args__", ())
    if not arguments:
        yield kind
    for argument in arguments:
        yield from walked(argument)


@pytest.mark.parametrize("kind", [kind for kind in RECORDS if kind != "registry"])
def test_a_schema_marks_as_sensitive_what_the_class_leaves_out_of_its_repr(kind: str) -> None:
    for name, seen, found in nested(CLASSES[kind], schema(kind)):
        if name != "ScoreSheet.choices":  # left out because it is long
            assert found.get("x-sensitive", False) is not seen, name


def test_the_registry_holds_the_schemas_of_the_single_records() -> None:
    inner = schema("registry")["$defs"]
    for kind, found in inner.items():
        alone = schema(kind)
        tags = ({"const": kind}, {"type": "integer", "const": 1})
        assert found["properties"] == {key: value for key, value in alone["properties"].items() if value not in tags}
        assert found["required"] == [key for key in alone["required"] if key not in ("kind", "version")]
    assert {*inner} == {*RECORDS} - {"registry", "portfolio", "programme"}


def test_a_share_of_local_capital_is_written_as_a_fraction() -> None:
    assert to_document(evolve(SUBJECT, local_capital=Fraction(3, 4)))["local_capital"] == "3/4"
