import pickle
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, Problem
from ocop.model.places import commune, communes, old_provinces
from ocop.model.products import (
    Award,
    DeclarationKind,
    Product,
    ProductCode,
    Protection,
    ProtectionKind,
    QualityDeclaration,
    check_product,
)

DA_LAT = "24781"
CODE = ProductCode.parse("68-24781-3-2026")
OLD_CODE = ProductCode.parse("77-748-26569-3-2021")
TEA = Product("tea", "Chè Shan tuyết", "htx-shan-tuyet", DA_LAT, "qd26-2026/tea", CODE)
MARK = Protection(ProtectionKind.TRADE_MARK, "4-0451234-000", "Shan", date(2024, 5, 1), date(2034, 5, 1))
DECLARATION = QualityDeclaration(
    "01/HTX/2026", DeclarationKind.SELF_DECLARED, None, date(2026, 1, 5), None, "TCVN 9740:2013"
)
AWARD = Award("Sản phẩm công nghiệp nông thôn tiêu biểu", "UBND tỉnh Lâm Đồng", date(2025, 9, 2))
FULL = evolve(
    TEA, barcodes=("8938505974194", "96385074"), declarations=(DECLARATION,), protections=(MARK,), awards=(AWARD,)
)
every_class = pytest.mark.parametrize(
    "instance", [CODE, OLD_CODE, MARK, DECLARATION, AWARD, TEA, FULL], ids=lambda each: type(each).__name__
)

NUMBERS = st.integers(0, 999_999)
YEARS = st.integers(1000, 9999)
DIGITS = st.text("0123456789", min_size=5, max_size=5)
CODES = st.builds(
    ProductCode,
    DIGITS.map(lambda digits: digits[:2]),
    DIGITS,
    NUMBERS,
    YEARS,
    st.none() | DIGITS.map(lambda digits: digits[:3]),
)


def shown(problems: Any) -> list[str]:
    return [problem.text("en") for problem in problems]


# The product code


@pytest.mark.parametrize("text", ["68-24781-3-2026", "79-25750-12-2026", "77-748-26569-3-2021", "01-00004-0-2025"])
def test_a_code_is_written_as_it_is_read(text: str) -> None:
    assert str(ProductCode.parse(text)) == text


@given(CODES)
def test_every_code_is_read_as_it_is_written(code: ProductCode) -> None:
    assert ProductCode.parse(str(code)) == code


@given(st.text("0123456789-", max_size=24))
def test_what_is_read_is_written_back_or_refused(text: str) -> None:
    try:
        code = ProductCode.parse(text)
    except ConversionError:
        return
    assert str(code) == text


def test_a_code_of_four_parts_has_no_district() -> None:
    assert ProductCode.parse("79-25750-12-2026") == ProductCode("79", "25750", 12, 2026)


def test_a_code_of_five_parts_has_its_district_in_second_place() -> None:
    assert ProductCode.parse("77-748-26569-3-2021") == ProductCode("77", "26569", 3, 2021, "748")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "79",
        "79-25750-12",
        "79-25750-12-26",
        "79-25750-012-2026",
        "79-25750-02-2026",
        "79-25750-+2-2026",
        "79-25750--2-2026",
        "79-25750-1234567-2026",
        "79-25750-12-0026",
        "9-25750-12-2026",
        "79-5750-12-2026",
        "79-25750-12-2026 ",
        " 79-25750-12-2026",
        "79-25750-12-2026\n",
        "79 - 25750-12-2026",
        "79–25750–12–2026",
        "79.25750.12.2026",
        "79-25750-12-2026-1",
        "79-74-25750-12-2026",
        "79-2577-48-25750-12-2026",
        "७९-25750-12-2026",
        "79-25750-1٣-2026",
    ],
)
def test_a_code_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ConversionError, match=r"^expected a product code such as 79-25750-2-2026; got \""):
        ProductCode.parse(text)


@pytest.mark.parametrize("value", [None, 79, ["79-25750-12-2026"]])
def test_only_text_is_read_as_a_code(value: Any) -> None:
    with pytest.raises(ConversionError, match="expected a product code"):
        ProductCode.parse(value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"province": "7"}, 'province: expected 2 digits; got "7"'),
        ({"province": 79}, "province: expected str; got int"),
        ({"province": None}, "province: expected str; got NoneType"),
        ({"commune": "2575٣"}, 'commune: expected 5 digits; got "2575٣"'),
        ({"commune": "25750\n"}, 'commune: expected 5 digits; got "25750\\n"'),
        ({"district": "74"}, 'district: expected 3 digits; got "74"'),
        ({"district": 748}, "district: expected str or None; got int"),
        ({"number": "3"}, "number: expected int; got str"),
        ({"number": 3.0}, "number: expected int; got float"),
        ({"number": True}, "number: expected int; got bool"),
        ({"number": -1}, "number: expected 0 to 999999; got -1"),
        ({"number": 1_000_000}, "number: expected 0 to 999999; got 1000000"),
        ({"year": 999}, "year: expected 1000 to 9999; got 999"),
        ({"year": 10_000}, "year: expected 1000 to 9999; got 10000"),
        ({"year": "2026"}, "year: expected int; got str"),
    ],
)
def test_a_part_of_another_form_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        evolve(CODE, **change)
    assert str(caught.value) == message


def test_codes_come_in_natural_order() -> None:
    ordered = [
        "04-01273-1-2026",
        "68-24778-1-2026",
        "68-24781-2-2025",
        "68-24781-12-2025",
        "68-24781-3-2026",
        "68-672-24778-1-2021",
        "68-672-24781-2-2020",
        "68-673-24700-1-2019",
        "79-25750-1-2026",
    ]
    assert [str(code) for code in sorted(map(ProductCode.parse, ordered[::-1]))] == ordered


@given(CODES, CODES)
def test_of_two_codes_one_comes_first_or_they_are_the_same(one: ProductCode, other: ProductCode) -> None:
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) == (one < other or one == other)


@given(st.lists(CODES, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_codes_does_not_depend_on_the_order_before(codes: list[ProductCode], random: Any) -> None:
    ordered = sorted(codes)
    random.shuffle(codes)
    assert sorted(codes) == ordered


def test_a_code_is_not_compared_with_text() -> None:
    other: Any = "68-24781-3-2026"
    assert other != CODE
    with pytest.raises(TypeError):
        sorted([CODE, other])


@given(st.sampled_from(communes()), st.integers(1, 999_999), st.integers(2025, 9999))
def test_a_code_of_a_commune_in_its_province_has_no_problem(place: Any, number: int, year: int) -> None:
    assert ProductCode(place.province, place.code, number, year).problems() == ()


@given(st.sampled_from(old_provinces()), DIGITS, st.integers(1, 999_999), st.integers(1000, 2025))
def test_a_code_of_an_old_province_has_no_problem(place: Any, below: str, number: int, year: int) -> None:
    assert ProductCode(place.code, below, number, year, below[:3]).problems() == ()


@given(st.sampled_from(communes()), st.sampled_from(communes()))
def test_a_commune_of_another_province_is_a_problem_with_both_names(one: Any, other: Any) -> None:
    codes = [problem.code for problem in ProductCode(other.province, one.code, 1, 2026).problems()]
    assert codes == ([] if one.province == other.province else ["product-code-commune-elsewhere"])


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            "79-24781-3-2026",
            [
                (
                    "Phường Xuân Hương - Đà Lạt is in Lam Dong, not in Ho Chi Minh. Expected: 68. Got: 79. "
                    "[product-code-commune-elsewhere]"
                )
            ],
        ),
        (
            "67-24781-3-2026",
            ["There is no province with the code 67. Did you mean 68? [product-code-province]"],
        ),
        (
            "74-99999-3-2026",
            [
                "There is no province with the code 74. Did you mean 79? [product-code-province]",
                "There is no commune with the code 99999. [product-code-commune]",
            ],
        ),
        (
            "68-24781-0-2024",
            [
                (
                    "Codes have had four parts only since 2025, when districts ended. Expected: ≥ 2025. Got: 2024. "
                    "[product-code-four-parts]"
                ),
                "The running number of a code starts at 1. Expected: ≥ 1. Got: 0. [product-code-number]",
            ],
        ),
        (
            "74-718-25750-0-2026",
            [
                (
                    "Codes had five parts only until 2025, while there were districts. Expected: ≤ 2025. Got: 2026. "
                    "[product-code-five-parts]"
                ),
                "The running number of a code starts at 1. Expected: ≥ 1. Got: 0. [product-code-number]",
            ],
        ),
        (
            "00-718-25750-1-2021",
            ["Before July 2025 there was no province with the code 00. Did you mean 01? [product-code-old-province]"],
        ),
    ],
)
def test_the_problems_of_a_code_are_all_told(text: str, problems: list[str]) -> None:
    assert shown(ProductCode.parse(text).problems()) == problems


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("79-24781-3-2026", ["product-code-commune-elsewhere"]),
        ("74-99999-3-2026", ["product-code-province", "product-code-commune"]),
        ("68-24781-0-2024", ["product-code-four-parts", "product-code-number"]),
        ("03-718-25750-0-2026", ["product-code-old-province", "product-code-five-parts", "product-code-number"]),
    ],
)
def test_the_problems_of_a_code_have_their_names(text: str, codes: list[str]) -> None:
    assert [problem.code for problem in ProductCode.parse(text).problems()] == codes


def test_the_problems_of_a_code_stand_where_the_code_stands() -> None:
    assert [each.pointer for each in ProductCode.parse("79-24781-0-2026").problems("/code")] == ["/code", "/code"]
    assert [each.pointer for each in ProductCode.parse("79-24781-3-2026").problems()] == [""]


# The other classes


@pytest.mark.parametrize("kind", [*DeclarationKind, *ProtectionKind])
def test_every_kind_has_a_name_of_its_own(kind: Any) -> None:
    assert [other for other in type(kind) if other.label.vi == kind.label.vi or other.label.en == kind.label.en] == [
        kind
    ]


def test_the_kinds_of_protection_are_those_of_form_02() -> None:
    assert [kind.value for kind in ProtectionKind] == [
        "trade-mark-filed",
        "trade-mark",
        "collective-mark",
        "certification-mark",
        "geographical-indication",
        "industrial-design",
        "patent",
        "utility-solution",
        "copyright",
    ]


@pytest.mark.parametrize(
    ("instance", "change", "message"),
    [
        (TEA, {"name": 5}, "name: expected str; got int"),
        (TEA, {"place": 24781}, "place: expected str or None; got int"),
        (TEA, {"code": "68-24781-3-2026"}, "code: expected ProductCode or None; got str"),
        (TEA, {"barcodes": "96385074"}, "expected a list of str; got str"),
        (TEA, {"barcodes": [96385074]}, "expected a list of str; got int in it"),
        (TEA, {"protections": [{"kind": "patent"}]}, "expected a list of Protection; got dict in it"),
        (TEA, {"awards": None}, "expected a list of Award; got NoneType"),
        (TEA, {"declarations": (MARK,)}, "expected a list of QualityDeclaration; got Protection in it"),
        (MARK, {"kind": "patent"}, "kind: expected ProtectionKind; got str"),
        (MARK, {"issued": "2024-05-01"}, "issued: expected date or None; got str"),
        (MARK, {"expires": datetime(2024, 5, 1)}, "expires: expected date or None; got datetime"),  # noqa: DTZ001
        (MARK, {"on_packaging": 1}, "on_packaging: expected bool or None; got int"),
        (DECLARATION, {"kind": "registered"}, "kind: expected DeclarationKind or None; got str"),
        (AWARD, {"name": None}, "name: expected str; got NoneType"),
    ],
)
def test_a_value_of_another_type_is_refused(instance: Any, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        evolve(instance, **change)
    assert str(caught.value) == message


def test_text_is_kept_in_normal_form_c() -> None:
    assert Product("a", "Che\u0300", "b", barcodes=["e\u0301"]) == Product("a", "Chè", "b", barcodes=("é",))


@every_class
def test_nothing_can_be_changed_and_all_can_be_hashed_and_pickled(instance: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        instance.number = 99
    assert {instance: 1}[pickle.loads(pickle.dumps(instance))] == 1  # noqa: S301


def test_a_product_comes_back_from_json() -> None:
    assert structured(make_converter(), plain(FULL), Product) == FULL


def test_the_json_of_a_product_leaves_out_what_is_not_known() -> None:
    assert plain(TEA) == {
        "id": "tea",
        "name": "Chè Shan tuyết",
        "subject": "htx-shan-tuyet",
        "place": "24781",
        "criteria_set": "qd26-2026/tea",
        "code": "68-24781-3-2026",
    }
    assert plain(Product("a", "b", "c")) == {"id": "a", "name": "b", "subject": "c"}


@pytest.mark.parametrize("code", [CODE, OLD_CODE])
def test_a_code_comes_back_from_json(code: ProductCode) -> None:
    product = Product("a", "b", "c", code=code)
    assert structured(make_converter(), plain(product), Product) == product


@pytest.mark.parametrize("code", ["68-24781-03-2026", 5, None, {"province": "68"}])
def test_another_form_of_a_code_in_json_is_refused(code: Any) -> None:
    data = {"id": "a", "name": "b", "subject": "c", "code": code}
    if code is None:
        assert structured(make_converter(), data, Product).code is None
        return
    with pytest.raises(ConversionError):
        structured(make_converter(), data, Product)


# The check


def test_a_product_with_everything_has_no_problem() -> None:
    assert check_product(FULL).ok


def test_a_product_with_the_least_has_no_problem() -> None:
    assert check_product(Product("a", "b", "c")).problems == ()


@pytest.mark.parametrize(
    ("product", "problems"),
    [
        (
            Product("", " ", "\u00a0"),
            [f"/{name}: This is empty. [text-empty]" for name in ("id", "name", "subject")],
        ),
        (
            evolve(TEA, place="4", code=None),
            ['/place: There is no commune with this code. Got: "4". Did you mean 00004? [commune-unknown]'],
        ),
        (
            evolve(TEA, place="4"),
            ['/place: There is no commune with this code. Got: "4". Did you mean 00004? [commune-unknown]'],
        ),
        (
            evolve(TEA, place="24778"),
            [
                (
                    "/code: The product code names Phường Xuân Hương - Đà Lạt, and the product is from "
                    "Phường Lâm Viên - Đà Lạt. Expected: 24778. Got: 24781. [product-place-differs]"
                )
            ],
        ),
        (
            evolve(TEA, code=ProductCode.parse("68-24780-3-2026")),
            ["/code: There is no commune with the code 24780. Did you mean 24781? [product-code-commune]"],
        ),
        (
            evolve(TEA, code=OLD_CODE),
            [
                (
                    "/code: The product code names Thành phố Hồ Chí Minh, and the product is from Tỉnh Lâm Đồng. "
                    "Expected: 68. Got: 79. [product-place-differs]"
                )
            ],
        ),
        (evolve(TEA, code=evolve(OLD_CODE, province="60")), []),
        (evolve(TEA, place=None), []),
        (
            evolve(TEA, protections=(MARK, evolve(MARK, name="other"))),
            ['/protections/1: This protection is listed twice. Got: "4-0451234-000". [protection-repeated]'],
        ),
        (evolve(TEA, protections=(MARK, evolve(MARK, kind=ProtectionKind.PATENT))), []),
        (evolve(TEA, protections=(evolve(MARK, number=None),) * 2), []),
        (
            evolve(TEA, protections=(evolve(MARK, expires=date(2024, 4, 30)),)),
            [
                (
                    "/protections/0/expires: It expires before it was issued. Expected: ≥ 2024-05-01. Got: 2024-04-30. "
                    "[expires-before-issued]"
                )
            ],
        ),
        (evolve(TEA, protections=(evolve(MARK, expires=MARK.issued),)), []),
        (evolve(TEA, protections=(evolve(MARK, issued=None),)), []),
        (
            evolve(TEA, declarations=(DECLARATION, evolve(DECLARATION, expires=date(2026, 1, 4)))),
            [
                (
                    "/declarations/1/expires: It expires before it was issued. "
                    "Expected: ≥ 2026-01-05. Got: 2026-01-04. [expires-before-issued]"
                )
            ],
        ),
    ],
)
def test_the_problems_of_a_product_are_all_told(product: Product, problems: list[str]) -> None:
    assert shown(check_product(product).problems) == problems


def test_an_old_code_whose_province_is_unknown_is_told_once() -> None:
    problems = check_product(evolve(TEA, code=evolve(OLD_CODE, province="99"))).codes
    assert problems == ("product-code-old-province",)


def test_the_problems_of_a_product_have_their_names() -> None:
    twice = (evolve(MARK, expires=date(2020, 1, 1)), MARK)
    product = Product("", "b", "c", "24778", code=CODE, barcodes=("96385074",) * 2, protections=twice)
    assert [problem.code for problem in check_product(product).problems if not problem.note] == [
        "text-empty",
        "product-place-differs",
        "barcode-repeated",
        "expires-before-issued",
        "protection-repeated",
    ]
    assert check_product(evolve(TEA, place="4")).codes == ("commune-unknown",)


def test_a_barcode_is_told_by_its_place() -> None:
    report = check_product(evolve(TEA, barcodes=("96385074", "12", "96385074")))
    told: list[Problem] = [each for each in report.problems if not each.note]
    assert [(each.code, each.pointer) for each in told] == [
        ("gtin-form", "/barcodes/1"),
        ("barcode-repeated", "/barcodes/2"),
    ]


def test_the_messages_are_in_vietnamese_too() -> None:
    report = check_product(evolve(TEA, code=ProductCode.parse("79-24781-3-2026")))
    assert report.problems[0].message.vi == "Phường Xuân Hương - Đà Lạt thuộc Lâm Đồng, không thuộc Hồ Chí Minh"
    assert commune(DA_LAT).full_name in report.text("vi")
