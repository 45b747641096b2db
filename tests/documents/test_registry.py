"""A register: how its records go together."""

import pickle
import time
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.documents.references import Ids
from ocop.documents.registry import Registry, check_registry
from ocop.errors import ConversionError, Report
from ocop.model.cycle import IdeaEvent, ProductIdea
from ocop.model.products import Product, ProductCode
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm, Subject
from ocop.procedure.certificate import Certificate, EventKind
from ocop.procedure.dossier import Dossier
from ocop.procedure.kinds import DossierKind
from ocop.procedure.recognition import issue, recall, upgrade
from ocop.text import Label
from record_strategies import registries

TEA = "qd26-2026/tea"
HTX = Subject("htx", "HTX chè Hòa Bình", LegalForm.COOPERATIVE, "24781", "0100112437")
GREEN = Product("green", "Chè xanh", "htx", "24781", TEA, ProductCode.parse("68-24781-1-2026"), ["8938505974194"])
DOSSIER = Dossier("d1", DossierKind.FIRST, "green", "htx", TEA, handed_in=date(2026, 9, 1))
WHO: Any = {"level": Level.PROVINCE, "authority": "UBND tỉnh Lâm Đồng"}
FIRST = issue("c1", product="green", star=Star.THREE, on=date(2026, 12, 20), decision="12/QĐ-UBND", dossier="d1", **WHO)


def registry(**parts: Any) -> Registry:
    return Registry(**{"subjects": [HTX], "products": [GREEN], **parts})


def found(checked: Registry, *, own: bool = False) -> list[tuple[str, str]]:
    """Return codes and pointers; what a dossier lacks by itself is left out."""
    problems = check_registry(checked).problems
    return [(p.code, p.pointer) for p in problems if own or not p.code.endswith("-missing")]


# The class


def test_a_registry_is_frozen_and_takes_lists() -> None:
    made = registry(certificates=[FIRST])
    assert made.certificates == (FIRST,)
    assert hash(made) == hash(registry(certificates=(FIRST,)))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
    wrong: Any = {"subjects": GREEN}
    with pytest.raises(ConversionError, match="expected a list of Subject; got Product"):
        Registry(**wrong)
    wrong = {"subjects": [GREEN]}
    with pytest.raises(ConversionError, match="expected a list of Subject; got Product in it"):
        Registry(**wrong)


def test_events_are_what_the_certificates_tell() -> None:
    old, new = upgrade(FIRST, "c2", star=Star.FOUR, on=date(2027, 6, 20), decision="9/QĐ-UBND", **WHO)
    gone = recall(new, "mark-misused", on=date(2027, 9, 1), concluded=date(2027, 8, 20), decision="20/QĐ-UBND", **WHO)
    events = registry(certificates=[gone, old]).events
    assert [(event.kind, str(event.on)) for event in events] == [
        (EventKind.NEW, "2026-12-20"),
        (EventKind.UPGRADE, "2027-06-20"),
        (EventKind.RECALL, "2027-09-01"),
    ]


# By themselves


def test_a_sound_registry() -> None:
    assert check_registry(registry(certificates=[evolve(FIRST, dossier=None)], on=date(2027, 1, 1))).codes == ()


def test_every_record_is_looked_over_and_pointed_to() -> None:
    idea = ProductIdea("i", "", "An", criteria_set="qd26-2026/tee")
    checked = registry(
        subjects=[HTX, evolve(HTX, id="x", name="", place="99999")],
        products=[evolve(GREEN, name="")],
        ideas=[idea],
        certificates=[evolve(FIRST, dossier=None, ends=date(2029, 12, 21))],
    )
    assert found(checked) == [
        ("text-empty", "/subjects/1/name"),
        ("commune-unknown", "/subjects/1/place"),
        ("text-empty", "/products/0/name"),
        ("text-empty", "/ideas/0/name"),
        ("set-unknown", "/ideas/0/criteria_set"),
        ("certificate-term-wrong", "/certificates/0/ends"),
    ]


def test_a_missing_registration_is_only_noted() -> None:
    report = check_registry(registry(subjects=[evolve(HTX, business_registration=None)]))
    assert (report.ok, report.codes) == (True, ("registration-missing",))


def test_a_dossier_is_checked_on_its_own_day_or_on_that_of_the_registry() -> None:
    assert ("medium-missing", "/dossiers/0/media") in found(registry(dossiers=[DOSSIER]), own=True)
    undated = evolve(DOSSIER, handed_in=None)
    assert found(registry(dossiers=[undated]), own=True) == [("dossier-not-checked", "/dossiers/0/handed_in")]
    checked = registry(dossiers=[undated], on=date(2026, 9, 1))
    assert ("medium-missing", "/dossiers/0/media") in found(checked, own=True)


# Ids and references


def test_an_id_that_is_used_twice() -> None:
    checked = registry(products=[GREEN, evolve(GREEN, code=None, barcodes=[])], subjects=[HTX, HTX])
    report = check_registry(checked)
    assert [(p.code, p.pointer) for p in report.problems] == [
        ("id-repeated", "/subjects/1/id"),
        ("id-repeated", "/products/1/id"),
    ]
    assert report.problems[0].text("en") == (
        '/subjects/1/id: This id of a subject is already used at /subjects/0. Got: "htx". [id-repeated]'
    )


def test_references_to_nothing() -> None:
    dossier = evolve(DOSSIER, product="greem", subject="hxt", previous_certificate="c9", kind=DossierKind.UPGRADE)
    checked = registry(
        products=[GREEN, Product("black", "Chè đen", "htxx")],
        dossiers=[dossier],
        certificates=[evolve(FIRST, product="Green", dossier="d9")],
    )
    problems = [p for p in check_registry(checked).problems if p.code == "reference-unknown"]
    assert [(p.pointer, p.got, p.hint) for p in problems] == [
        ("/products/1/subject", '"htxx"', "htx"),
        ("/dossiers/0/product", '"greem"', "green"),
        ("/dossiers/0/subject", '"hxt"', "htx"),
        ("/dossiers/0/previous_certificate", '"c9"', None),
        ("/certificates/0/product", '"Green"', "green"),
        ("/certificates/0/dossier", '"d9"', None),
    ]
    assert problems[0].message == Label(
        "Sổ đăng ký không có chủ thể mang mã tham chiếu này", "The registry has no subject with this id"
    )


@given(st.lists(st.text("abc-1", min_size=3, max_size=6), unique=True, min_size=1, max_size=60), st.data())
def test_an_id_with_a_letter_too_many_is_found_again(ids: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(ids)) + "z"
    (problem,) = Ids(Label("a", "b"), "x", ids).unknown(wanted, "/y")
    assert problem.hint is not None


def test_hints_come_for_the_first_fifty_only() -> None:
    ids = Ids(Label("a", "b"), "x", ["htx"])
    problems = [problem for _ in range(60) for problem in ids.unknown("htxx", "/y")]
    assert [problem.hint for problem in problems] == ["htx"] * 50 + [None] * 10
    products = [Product(f"p{i}", "Chè", "htx", criteria_set="qd26-2026/teaa") for i in range(60)]
    report = check_registry(registry(products=products))
    assert report.codes == ("set-unknown",) * 60
    assert [problem.hint for problem in report.problems] == ["qd26-2026/tea"] * 50 + [None] * 10


# Subjects


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        ({"name": "HTX  CHÈ Hoà Bình"}, True),
        ({"name": "HTX chè hòa bình", "place": None}, True),
        ({"name": "HTX chè hòa bình", "place": "24778"}, False),
        ({"name": "HTX chè Hoà Binh"}, False),
        ({"name": "HTX khác", "tax_id": "0314409058002"}, True),
    ],
)
def test_a_subject_that_is_counted_twice(other: dict[str, Any], twice: bool) -> None:
    first = evolve(HTX, tax_id="0314409058-002")
    checked = registry(subjects=[first, evolve(HTX, id="other", **other)])
    report = check_registry(checked)
    assert report.ok
    assert [(p.code, p.pointer) for p in report.problems] == ([("subject-twice", "/subjects/1/name")] if twice else [])
    assert "0314409058" not in report.text("en")


def test_a_subject_without_a_place_may_be_any_of_its_name_and_so_may_later_ones_be_it() -> None:
    nowhere = evolve(HTX, id="b", place=None)
    checked = registry(subjects=[evolve(HTX, place="24778"), nowhere, evolve(HTX, id="c")])
    messages = [p.message.en for p in check_registry(checked).problems]
    assert messages == [
        "This may be the same subject as /subjects/0",
        "This may be the same subject as /subjects/1",
    ]


# Products


def test_two_products_with_one_code_or_one_barcode() -> None:
    checked = registry(products=[GREEN, evolve(GREEN, id="b"), evolve(GREEN, id="c", code=None)])
    assert found(checked) == [
        ("product-code-repeated", "/products/1/code"),
        ("barcode-of-another", "/products/1/barcodes/0"),
        ("barcode-of-another", "/products/2/barcodes/0"),
    ]
    own = registry(products=[evolve(GREEN, barcodes=["8938505974194"] * 2)])
    assert found(own) == [("barcode-repeated", "/products/0/barcodes/1")]


def test_a_product_whose_subject_may_not_enter_its_group() -> None:
    association = evolve(HTX, legal_form=LegalForm.ASSOCIATION)
    products = [GREEN, Product("tour", "Du lịch", "htx", "24781", "qd26-2026/community-tourism")]
    checked = registry(subjects=[association], products=[*products, evolve(GREEN, id="b", code=None, barcodes=[])])
    assert found(checked) == [
        ("legal-form-not-eligible", "/products/0/subject"),
        ("legal-form-not-eligible", "/products/2/subject"),
    ]


# Dossiers and certificates


def test_a_certificate_before_its_dossier() -> None:
    early = evolve(FIRST, issued=date(2026, 8, 31), ends=date(2029, 8, 31))
    assert found(registry(dossiers=[DOSSIER], certificates=[early])) == [
        ("certificate-before-dossier", "/certificates/0/issued")
    ]
    same_day = evolve(FIRST, issued=date(2026, 9, 1), ends=date(2029, 9, 1))
    assert found(registry(dossiers=[DOSSIER], certificates=[same_day])) == []
    undated = evolve(DOSSIER, handed_in=None)
    assert found(registry(dossiers=[undated], certificates=[FIRST])) == [
        ("dossier-not-checked", "/dossiers/0/handed_in"),
        ("certificate-before-dossier", "/certificates/0/issued"),
    ]


def test_a_certificate_and_a_dossier_that_do_not_go_together() -> None:
    black = evolve(GREEN, id="black", code=None, barcodes=[])
    checked = registry(
        products=[GREEN, black],
        dossiers=[DOSSIER],
        certificates=[evolve(FIRST, product="black", how=EventKind.UPGRADE)],
    )
    assert found(checked) == [
        ("certificate-other-product", "/certificates/0/dossier"),
        ("certificate-other-kind", "/certificates/0/how"),
    ]


def test_a_dossier_and_a_product_that_do_not_go_together() -> None:
    other = evolve(DOSSIER, subject="b", criteria_set="qd26-2026/flowers")
    subjects = [HTX, evolve(HTX, id="b", name="HTX khác")]
    assert found(registry(subjects=subjects, dossiers=[other])) == [
        ("dossier-other-subject", "/dossiers/0/subject"),
        ("dossier-other-set", "/dossiers/0/criteria_set"),
    ]
    older = registry(dossiers=[DOSSIER], products=[evolve(GREEN, criteria_set="qd99-2030/tea")])
    assert found(older) == [("set-unknown", "/products/0/criteria_set")]
    assert found(registry(dossiers=[DOSSIER], products=[evolve(GREEN, criteria_set=None)])) == []


def upgrade_dossier(**changes: Any) -> Dossier:
    dossier = Dossier("d2", DossierKind.UPGRADE, "green", "htx", TEA, handed_in=date(2027, 3, 1))
    return evolve(dossier, previous_certificate="c1", recognised_on=date(2026, 12, 20), **changes)


def test_the_day_of_the_earlier_certificate() -> None:
    parts: dict[str, Any] = {"certificates": [FIRST]}
    assert found(registry(dossiers=[DOSSIER, upgrade_dossier()], **parts)) == []
    late = evolve(upgrade_dossier(), recognised_on=date(2026, 12, 21))
    assert found(registry(dossiers=[DOSSIER, late], **parts)) == [
        ("recognition-day-differs", "/dossiers/1/recognised_on")
    ]
    unknown = evolve(upgrade_dossier(), recognised_on=None)
    assert found(registry(dossiers=[DOSSIER, unknown], **parts)) == []


def test_an_earlier_certificate_of_another_product() -> None:
    black = evolve(GREEN, id="black", code=None, barcodes=[])
    checked = registry(
        products=[GREEN, black], dossiers=[DOSSIER, upgrade_dossier(product="black")], certificates=[FIRST]
    )
    assert found(checked) == [("certificate-other-product", "/dossiers/1/previous_certificate")]


def test_a_certificate_issued_while_another_was_in_force() -> None:
    second = evolve(FIRST, id="c2", dossier=None, issued=date(2027, 6, 1), ends=date(2030, 6, 1))
    first = evolve(FIRST, dossier=None)
    report = check_registry(registry(certificates=[second, first]))
    assert (report.ok, [(p.code, p.pointer) for p in report.problems]) == (
        True,
        [("certificates-overlap", "/certificates/0/issued")],
    )
    assert found(registry(certificates=[second, evolve(first, superseded_on=date(2027, 6, 1))])) == []


# The day of the registry


def test_nothing_is_later_than_the_day_of_the_registry() -> None:
    idea = ProductIdea("i", "Chè", "htx").advance(IdeaEvent.REGISTER, date(2026, 2, 1))
    gone = recall(
        evolve(FIRST, superseded_on=date(2027, 3, 1)),
        "mark-misused",
        on=date(2027, 2, 1),
        concluded=date(2027, 1, 20),
        decision="20/QĐ-UBND",
        **WHO,
    )
    parts: dict[str, Any] = {"ideas": [idea], "dossiers": [DOSSIER], "certificates": [gone]}
    late = [where for code, where in found(registry(on=date(2026, 1, 1), **parts)) if code == "day-in-future"]
    assert late == [
        "/ideas/0/history/0/on",
        "/dossiers/0/handed_in",
        "/certificates/0/issued",
        "/certificates/0/superseded_on",
        "/certificates/0/recall/on",
    ]
    assert found(registry(on=date(2027, 3, 1), **parts)) == []


# As a document


@given(registries)
def test_whatever_is_in_it_a_registry_is_reported_and_never_raises(some: Registry) -> None:
    report = check_registry(some)
    assert isinstance(report, Report)
    assert ocop.validate(some).codes == report.codes


def test_validate_checks_a_registry() -> None:
    checked = registry(products=[evolve(GREEN, subject="hxt")])
    (problem,) = ocop.validate(ocop.dumps(checked)).problems
    assert (problem.code, problem.pointer, problem.hint) == ("reference-unknown", "/products/0/subject", "htx")


def large(products: int) -> Registry:
    subjects = [evolve(HTX, id=f"s{i}", name=f"HTX số {i}") for i in range(products // 4)]
    code = GREEN.code
    assert code is not None
    return Registry(
        subjects=subjects,
        products=[
            Product(f"p{i}", "Chè", f"s{i % len(subjects)}", "24781", TEA, evolve(code, number=i + 1))
            for i in range(products)
        ],
        certificates=[evolve(FIRST, id=f"c{i}", product=f"p{i}", dossier=None) for i in range(products // 10)],
    )


def test_the_time_grows_as_the_size() -> None:
    small, large_one = large(2_000), large(16_000)
    wrong = evolve(large_one, products=[evolve(each, subject=each.subject + "x") for each in large_one.products])
    check_registry(small)

    def seconds(checked: Registry) -> float:
        start = time.perf_counter()
        check_registry(checked)
        return time.perf_counter() - start

    once = min(seconds(small) for _ in range(3))
    assert seconds(large_one) < 40 * once
    assert seconds(wrong) < 80 * once


def test_a_certificate_is_of_this_class() -> None:
    assert all(type(each) is Certificate for each in large(40).certificates)
