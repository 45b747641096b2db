"""Published lists of results: every row is kept, and what is doubtful is told."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.adapters.result_cells import (
    categories,
    near_province,
    read_communes,
    read_day,
    read_legal_form,
    read_level,
    read_provinces,
    read_star,
)
from ocop.adapters.result_tables import COLUMNS, as_text, column_of, read_table
from ocop.adapters.results import Results, read_results
from ocop.documents.registry import check_registry
from ocop.errors import ConversionError, DocumentError, MissingExtraError, UnknownIdError
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm
from ocop.procedure.certificate import EventKind

EXAMPLE = Path("docs/examples/recognised-products.csv")
TITLES = ["Tên sản phẩm", "Chủ thể", "Nhóm", "Hạng sao", "Số quyết định", "Ngày cấp", "Ngày hết hạn", "Cơ quan"]
TITLES += ["Xã (cũ)", "Xã (mới)", "Tỉnh"]
RIGHT = {
    "Tên sản phẩm": "Chè đinh",
    "Chủ thể": "HTX chè La Bằng",
    "Nhóm": "Chè tươi, chè chế biến",
    "Hạng sao": "4 sao",
    "Số quyết định": "112/QĐ-UBND",
    "Ngày cấp": "05/08/2026",
    "Ngày hết hạn": "05/08/2029",
    "Cơ quan": "UBND tỉnh Thái Nguyên",
    "Xã (cũ)": "Xã La Bằng",
    "Xã (mới)": "Xã La Bằng",
    "Tỉnh": "Thái Nguyên",
}


def csv_of(*rows: dict[str, str], titles: list[str] = TITLES, delimiter: str = ",") -> str:
    def line(cells: list[str]) -> str:
        return delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)

    return "\n".join(map(line, [titles, *([({**RIGHT, **row})[title] for title in titles] for row in rows)]))


def read(*rows: dict[str, str], **more: Any) -> Results:
    return read_results(csv_of(*rows), **more)


def doubts(found: Results) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in found.report.problems]


# The worked example


def test_the_example_is_read_to_the_last_row() -> None:
    found = read_results(EXAMPLE)
    assert [row.number for row in found.rows] == list(range(3, 28))
    assert [row.cells["STT"] for row in found.rows] == [str(number) for number in range(1, 26)]
    assert doubts(found) == [
        ("results-column-unused", "/titles/0"),
        ("results-column-unused", "/titles/12"),
        ("results-term-differs", "/rows/3/Ngày hết hạn"),
        ("results-cell-empty", "/rows/7/Ngày hết hạn"),
        ("results-cell-unclear", "/rows/8/Nhóm"),
        ("results-cell-unclear", "/rows/9/Ngày cấp"),
        ("results-legal-form-unclear", "/rows/10/Chủ thể"),
        ("results-cell-unclear", "/rows/11/Hạng sao"),
        ("results-commune-unknown", "/rows/11/Xã (mới)"),
        ("results-not-certified", "/rows/12/Hạng sao"),
        ("results-commune-old", "/rows/13/Xã (cũ)"),
        ("results-row-repeated", "/rows/16/Tên sản phẩm"),
        ("results-cell-unclear", "/rows/18/Cơ quan"),
        ("results-cell-unclear", "/rows/21/Tỉnh"),
        ("results-cell-empty", "/rows/23/Tên sản phẩm"),
        ("results-cell-untitled", "/rows/24/(14)"),
    ]
    assert found.report.subject == str(EXAMPLE)
    registry = found.registry
    assert (len(registry.subjects), len(registry.products), len(registry.certificates)) == (17, 22, 20)
    assert [p.code for p in check_registry(registry).problems if not p.note] == [
        "reference-unknown",
        "certificate-term-wrong",
        "certificate-star-not-certified",
    ]
    assert ocop.loads(ocop.dumps(registry)) == registry


def test_the_example_says_that_it_is_made_up() -> None:
    assert "made-up data" in EXAMPLE.read_text("utf-8").splitlines()[0]


# One row


def test_a_row_in_which_all_is_clear() -> None:
    found = read({})
    (row,) = found.rows
    assert doubts(found) == []
    assert (row.number, row.product, row.subject, row.legal_form) == (
        *(2, "Chè đinh", "HTX chè La Bằng"),
        LegalForm.COOPERATIVE,
    )
    assert (row.group, row.criteria_set, row.star, row.decision) == ("food", "qd26-2026/tea", Star.FOUR, "112/QĐ-UBND")
    assert (row.issued, row.expires) == (date(2026, 8, 5), date(2029, 8, 5))
    assert (row.authority, row.level, row.province, row.commune) == (
        *("UBND tỉnh Thái Nguyên", Level.PROVINCE),
        *("19", "05818"),
    )
    assert row.cells == RIGHT
    (subject,), (product,), (certificate,) = (
        found.registry.subjects,
        found.registry.products,
        found.registry.certificates,
    )
    assert (row.subject_id, row.product_id, row.certificate_id) == (subject.id, product.id, certificate.id)
    assert (product.subject, product.place, subject.place) == ("htx-che-la-bang", "05818", "05818")
    assert certificate.last_day == date(2029, 8, 5)
    assert check_registry(found.registry).ok


@pytest.mark.parametrize(
    ("change", "code", "values"),
    [
        ({"Tên sản phẩm": ""}, "results-cell-empty", {}),
        ({"Chủ thể": ""}, "results-cell-empty", {}),
        ({"Chủ thể": "Cơ sở Hai Lúa"}, "results-legal-form-unclear", {"got": '"Cơ sở Hai Lúa"'}),
        ({"Nhóm": "Chè tươi, chè chế biên"}, "results-cell-unclear", {"hint": "chè tươi, chè chế biến"}),
        ({"Hạng sao": ""}, "results-cell-empty", {}),
        ({"Hạng sao": "6"}, "results-cell-unclear", {"expected": "3 | 4 | 5", "got": '"6"'}),
        ({"Hạng sao": "2 sao"}, "results-not-certified", {"got": "2"}),
        ({"Số quyết định": ""}, "results-cell-empty", {}),
        ({"Ngày cấp": ""}, "results-cell-empty", {}),
        ({"Ngày cấp": "08/25/2026"}, "results-cell-unclear", {"expected": "dd/mm/yyyy", "got": '"08/25/2026"'}),
        ({"Ngày hết hạn": ""}, "results-cell-empty", {}),
        ({"Ngày hết hạn": "36 tháng"}, "results-cell-unclear", {"expected": "dd/mm/yyyy"}),
        ({"Ngày hết hạn": "04/08/2029"}, "results-term-differs", {"expected": "2029-08-05", "got": "2029-08-04"}),
        ({"Cơ quan": ""}, "results-cell-empty", {}),
        ({"Cơ quan": "Hội đồng"}, "results-cell-unclear", {"got": '"Hội đồng"'}),
        ({"Xã (mới)": "Xã La Băng"}, "results-commune-unknown", {"hint": "Xã La Bằng"}),
        ({"Xã (mới)": ""}, "results-commune-old", {"got": '"Xã La Bằng"'}),
        ({"Xã (mới)": "", "Xã (cũ)": ""}, "results-cell-empty", {}),
        ({"Tỉnh": ""}, "results-cell-empty", {}),
        ({"Tỉnh": "Thái Nguyen"}, "results-cell-unclear", {"hint": "Thái Nguyên"}),
    ],
    ids=str,
)
def test_a_doubt_is_told_by_row_and_column_and_the_row_is_kept(
    change: dict[str, str], code: str, values: dict[str, str]
) -> None:
    found = read({"Tên sản phẩm": "Chè khác"}, change)
    (problem,) = found.report.problems
    title = "Xã (cũ)" if code == "results-commune-old" else next(iter(change))
    assert (problem.code, problem.pointer) == (code, f"/rows/1/{title}")
    assert problem.message.en.startswith(f"Row 3, column {title}: ")
    assert problem.message.vi.startswith(f"Dòng 3, cột {title}: ")
    assert {name: getattr(problem, name) for name in values} == values
    assert found.rows[1].cells == {**RIGHT, **change}
    assert len(found.rows) == 2


def test_a_name_that_several_communes_have_is_told_with_all_of_them() -> None:
    found = read({"Xã (mới)": "Xã Tân Yên", "Tỉnh": "Bắc"})
    assert doubts(found) == [
        ("results-cell-unclear", "/rows/0/Tỉnh"),
        ("results-commune-ambiguous", "/rows/0/Xã (mới)"),
    ]
    problem = found.report.problems[1]
    assert problem.expected == "Xã Tân Yên (03997, Sơn La) | Xã Tân Yên (07339, Bắc Ninh)"
    assert found.rows[0].commune is None


def test_a_commune_that_is_the_only_one_of_its_name_needs_no_province() -> None:
    found = read({"Tỉnh": ""})
    assert (found.rows[0].province, found.rows[0].commune) == (None, "05818")
    assert doubts(read({"Xã (mới)": "Nơi nào", "Tỉnh": ""}))[1:] == [("results-commune-unknown", "/rows/0/Xã (mới)")]


def test_an_old_province_leads_to_the_one_that_holds_it() -> None:
    assert read({"Tỉnh": "tỉnh Bắc Kạn", "Xã (mới)": "Ba Bể"}).rows[0].province == "19"


def test_the_province_may_be_given() -> None:
    titles = [title for title in TITLES if title != "Tỉnh"]
    found = read_results(csv_of({}, titles=titles), province="19")
    assert (doubts(found), found.rows[0].commune) == ([], "05818")
    assert doubts(read({"Tỉnh": ""}, province="19")) == []
    assert read({"Tỉnh": "x"}, province="19").rows[0].commune == "05818"
    with pytest.raises(UnknownIdError, match="there is no province '74'; did you mean '79'"):
        read({}, province="74")


def test_a_legal_form_may_be_given() -> None:
    found = read({"Chủ thể": "Cơ sở Hòa Bình"}, legal_forms={"cơ sở Hoà Bình": LegalForm.REGISTERED_HOUSEHOLD})
    assert (doubts(found), found.registry.subjects[0].legal_form) == ([], LegalForm.REGISTERED_HOUSEHOLD)


def test_what_looks_like_a_formula_is_text() -> None:
    for text in ("=1+1", "@SUM(A1)", "+84", "-2", '=HYPERLINK("x")'):
        found = read({"Tên sản phẩm": text})
        assert (found.rows[0].product, found.registry.products[0].name) == (text, text)


# What rows hold together


def test_one_subject_and_one_product_in_two_spellings_are_one() -> None:
    found = read({"Chủ thể": "HTX Hòa Bình"}, {"Chủ thể": "htx  Hoà Bình", "Tên sản phẩm": "CHÈ ĐINH", "Hạng sao": "3"})
    assert [subject.name for subject in found.registry.subjects] == ["HTX Hòa Bình"]
    assert [product.name for product in found.registry.products] == ["Chè đinh"]
    assert [row.product_id for row in found.rows] == ["che-dinh", "che-dinh"]


def test_the_same_names_in_two_communes_are_two() -> None:
    found = read({}, {"Xã (mới)": "Tân Cương"}, {"Xã (mới)": "Ba Bể"})
    assert [product.id for product in found.registry.products] == ["che-dinh", "che-dinh-2", "che-dinh-3"]
    assert len(found.registry.subjects) == 3


def test_an_id_that_a_name_already_has_is_passed_over() -> None:
    found = read({"Tên sản phẩm": "Chè 2"}, {"Tên sản phẩm": "Chè"}, {"Tên sản phẩm": "Chè!"}, {"Tên sản phẩm": "!"})
    assert [row.product_id for row in found.rows] == ["che-2", "che", "che-2-2", "x"]


def test_a_product_without_a_subject_and_a_subject_without_a_product() -> None:
    found = read({"Chủ thể": ""}, {"Tên sản phẩm": ""}, {"Tên sản phẩm": "", "Chủ thể": ""})
    assert [product.subject for product in found.registry.products] == [""]
    assert [subject.name for subject in found.registry.subjects] == ["HTX chè La Bằng"]
    assert [row.product_id for row in found.rows] == ["che-dinh", None, None]


def test_the_set_may_come_with_a_later_row() -> None:
    found = read({"Nhóm": ""}, {"Hạng sao": "5", "Ngày cấp": "06/08/2026", "Ngày hết hạn": "06/08/2029"})
    assert [product.criteria_set for product in found.registry.products] == ["qd26-2026/tea"]


def later(star: str, year: int) -> dict[str, str]:
    return {"Hạng sao": star, "Ngày cấp": f"05/08/{year}", "Ngày hết hạn": f"05/08/{year + 3}"}


def test_certificates_of_a_product_follow_one_another() -> None:
    found = read(later("4", 2026), later("3", 2025), later("4", 2028), later("4", 2032))
    told = [(c.id, c.how, c.superseded_on and c.superseded_on.year) for c in found.registry.certificates]
    assert told == [
        ("che-dinh-2026-08-05", EventKind.UPGRADE, 2028),
        ("che-dinh-2025-08-05", EventKind.NEW, 2026),
        ("che-dinh-2028-08-05", EventKind.RE_RECOGNITION, None),
        ("che-dinh-2032-08-05", EventKind.RE_RECOGNITION, None),
    ]
    assert [event.kind for event in found.registry.events] == [
        *(EventKind.NEW, EventKind.UPGRADE),
        *(EventKind.RE_RECOGNITION, EventKind.RE_RECOGNITION),
    ]


def test_a_row_that_comes_again_is_told_and_gives_no_second_certificate() -> None:
    found = read({}, {"Số quyết định": "112/qđ-ubnd"}, {"Số quyết định": "9/QĐ-UBND"})
    assert doubts(found) == [("results-row-repeated", "/rows/1/Tên sản phẩm")]
    assert found.report.problems[0].message.en.startswith("Row 3 repeats row 2: ")
    assert [row.certificate_id for row in found.rows] == [
        *("che-dinh-2026-08-05", "che-dinh-2026-08-05"),
        "che-dinh-2026-08-05-4",
    ]


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, Level.PROVINCE),
        ({"Cơ quan": "UBND huyện Đại Từ"}, Level.DISTRICT),
        ({"Cơ quan": "Hội đồng"}, Level.PROVINCE),
        ({"Cơ quan": "Hội đồng", "Hạng sao": "5"}, Level.MINISTRY),
        ({"Cơ quan": "Hội đồng", "Ngày cấp": "21/05/2026"}, None),
        ({"Cơ quan": "Hội đồng", "Hạng sao": "2"}, None),
        ({"Ngày cấp": "?"}, None),
        ({"Hạng sao": "?"}, None),
    ],
    ids=str,
)
def test_a_certificate_needs_a_star_a_day_and_a_level(change: dict[str, str], level: Level | None) -> None:
    found = read(change)
    assert [certificate.level for certificate in found.registry.certificates] == ([level] if level else [])
    assert (found.rows[0].certificate_id is None) is (level is None)


def test_the_term_is_reckoned_where_the_list_has_none() -> None:
    (certificate,) = read({"Ngày cấp": "29/02/2028", "Ngày hết hạn": ""}).registry.certificates
    assert certificate.ends == date(2031, 2, 28)


# The table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_separator_is_found(delimiter: str, mark: str, tmp_path: Path) -> None:
    text = mark + csv_of({"Tên sản phẩm": 'Chè "đinh", loại 1;\thai|ba'}, delimiter=delimiter)
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode())
    for source in (text, text.encode(), path):
        found = read_results(source)
        assert (doubts(found), found.rows[0].product) == ([], 'Chè "đinh", loại 1;\thai|ba')


def test_titles_in_english_in_any_order_and_case() -> None:
    titles = ["PROVINCE", "New commune", "Issued by", "Issue date", "Decision no.", "Stars", "Producer", "Product name"]
    cells = [
        "Hai Phong",
        "Phường Hải An",
        "Ministry of Agriculture and Environment",
        "2026-09-01",
        "7",
        "5",
        "HTX A",
        "B",
    ]
    found = read_results(";".join(titles) + "\r\n" + ";".join(cells))
    (row,) = found.rows
    assert doubts(found) == []
    assert (row.province, row.star, row.level, row.expires) == ("31", Star.FIVE, Level.MINISTRY, None)
    assert found.registry.certificates[0].ends == date(2029, 9, 1)


def test_every_title_is_known_and_means_one_thing() -> None:
    for column, titles in COLUMNS.items():
        for title in titles:
            assert column_of(title) == column
            assert column_of(f" {title.upper()} (*)") == column


def test_columns_that_are_missing_repeated_or_not_used() -> None:
    text = "Tên sản phẩm;Sản phẩm;Hạng sao;;;Ghi chú\nChè;Trà;3;x;y;z"
    found = read_results(text)
    assert doubts(found) == [
        ("column-repeated", "/titles/1"),
        ("results-column-unused", "/titles/3"),
        ("results-column-unused", "/titles/4"),
        ("results-column-unused", "/titles/5"),
        *[("column-missing", "/titles")] * 6,
    ]
    assert [problem.note for problem in found.report.problems[:4]] == [False, True, True, True]
    (row,) = found.rows
    assert row.product == "Chè"
    assert [*row.cells] == ["Tên sản phẩm", "Sản phẩm", "Hạng sao", "(4)", "(5)", "Ghi chú"]


def test_a_title_that_comes_again_gets_a_number() -> None:
    assert read_table("Sản phẩm;Hạng sao;Ghi chú;Ghi chú\na;3;b;c").titles[3] == "Ghi chú (4)"


def test_a_table_without_titles_keeps_its_rows() -> None:
    found = read_results("a,b\n\nc,d\n")
    assert doubts(found) == [("results-header-unknown", "")]
    assert [(row.number, dict(row.cells)) for row in found.rows] == [
        (1, {"(1)": "a", "(2)": "b"}),
        (3, {"(1)": "c", "(2)": "d"}),
    ]
    assert found.registry == ocop.documents.registry.Registry()
    assert doubts(read_results("")) == [("results-header-unknown", "")]
    assert read_results("").rows == ()


def test_rows_that_are_too_short_or_too_long() -> None:
    text = csv_of({}) + "\nChè ngắn,HTX A\n" + csv_of({}).splitlines()[1] + ",thừa,,\n"
    found = read_results(text)
    assert [row.number for row in found.rows] == [2, 3, 4]
    assert ("results-cell-untitled", "/rows/2/(12)") in doubts(found)
    assert doubts(found).count(("results-cell-empty", "/rows/1/Hạng sao")) == 1
    assert found.rows[2].cells["(12)"] == "thừa"


def test_wrong_quotes_are_told_and_read_as_well_as_they_can_be() -> None:
    text = csv_of({}) + '\n"Chè "hoa" vàng",HTX A,,3'
    found = read_results(text)
    assert doubts(found)[0] == ("results-csv-broken", "")
    assert [row.number for row in found.rows] == [2, 3]
    huge = csv_of({}) + '\n"' + "x" * 140_000
    found = read_results(huge)
    assert [code for code, _ in doubts(found)] == ["results-csv-broken"] * 2
    assert [row.product for row in found.rows] == ["Chè đinh"]


def test_odd_line_ends_stay_within_their_cell() -> None:
    found = read({"Tên sản phẩm": "Chè\u2028đinh\x0cA\r\nB"}, {})
    assert [row.number for row in found.rows] == [2, 3]
    assert found.rows[0].product == "Chè\u2028đinh\x0cA\r\nB"


@pytest.mark.parametrize(
    ("data", "code"),
    [("Chè".encode("utf-16"), "json-utf16"), ("Chè".encode("cp1258", "replace") + b"\xff", "json-not-utf8")],
)
def test_another_encoding_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    for source in (data, path):
        with pytest.raises(DocumentError) as caught:
            read_results(source)
        assert caught.value.report.codes == (code,)
    with pytest.raises(DocumentError) as caught:
        read_results(tmp_path / "none.csv")
    assert caught.value.report.codes == ("file-not-found",)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_and_always_in_the_same_way(text: str) -> None:
    assert read_results(text) == read_results(text)


@given(st.lists(st.fixed_dictionaries({title: st.text("aáđ4 sao/2026-,", max_size=9) for title in TITLES}), max_size=4))
def test_every_row_of_any_table_is_kept_as_it_came(rows: list[dict[str, str]]) -> None:
    found = read_results(csv_of(*rows))
    expected = [{title: cell.strip() for title, cell in row.items()} for row in rows]
    assert [dict(row.cells) for row in found.rows] == [row for row in expected if any(row.values())]
    assert isinstance(check_registry(found.registry).ok, bool)


# Cells


@pytest.mark.parametrize(
    ("text", "star"),
    [
        *[("4", 4), ("4 sao", 4), ("4 SAO", 4), ("Hạng 4 sao", 4), ("4sao", 4), ("5 stars", 5), ("★★★", 3), ("***", 3)],
        *[("⭐⭐⭐", 3), ("⭐️⭐️⭐️", 3), ("4*", 4), ("4★", 4), ("1", 1), ("0", None), ("6", None), ("4.0", None)],
        *[("", None), ("bốn", None), ("★★★★★★", None), ("4-5", None), ("٣", None)],
    ],
)
def test_stars(text: str, star: int | None) -> None:
    assert read_star(text) == star


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[("05/08/2026", "2026-08-05"), ("5/8/2026", "2026-08-05"), ("5-8-2026", "2026-08-05")],
        *[("5.8.2026", "2026-08-05"), ("2026-08-05", "2026-08-05"), ("2026-08-05 00:00:00", "2026-08-05")],
        *[("2026-08-05T00:00", "2026-08-05"), ("2026-08-05 10:00:00", None), ("31/02/2026", None), ("5/8/26", None)],
        *[("2026", None), ("8/2026", None), ("45874", None), ("", None), ("٥/8/2026", None)],
    ],
)
def test_days(text: str, day: str | None) -> None:
    found = read_day(text)
    assert (None if found is None else found.isoformat()) == day


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Hợp tác xã chè A", LegalForm.COOPERATIVE),
        ("Liên hiệp hợp tác xã A", LegalForm.COOPERATIVE),
        ("THT A", LegalForm.COOPERATIVE_GROUP),
        ("Công ty TNHH MTV A", LegalForm.LIMITED_COMPANY),
        ("Chi nhánh Công ty Cổ phần A", LegalForm.JOINT_STOCK_COMPANY),
        ("Cty CP A", LegalForm.JOINT_STOCK_COMPANY),
        ("DNTN A", LegalForm.PRIVATE_ENTERPRISE),
        ("Trang trại A", LegalForm.FARM),
        ("Hộ kinh doanh A", LegalForm.REGISTERED_HOUSEHOLD),
        ("Hiệp hội A", LegalForm.ASSOCIATION),
        ("Trung tâm điều hành A", LegalForm.OPERATING_CENTRE),
        ("Hộ ông A", None),
        ("HTXA", None),
        ("Chè HTX", None),
    ],
)
def test_legal_forms(name: str, form: LegalForm | None) -> None:
    assert read_legal_form(name) is form


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Chủ tịch UBND tỉnh A", Level.PROVINCE),
        ("Ủy ban nhân dân Thành phố Hồ Chí Minh", Level.PROVINCE),
        ("Uỷ ban nhân dân TP. Huế", Level.PROVINCE),
        ("UBND Bình Dương", Level.PROVINCE),
        ("UBND TP Đà Lạt", Level.DISTRICT),
        ("UBND huyện A", Level.DISTRICT),
        ("UBND thị xã A", Level.DISTRICT),
        ("UBND xã A", Level.COMMUNE),
        ("Bộ NN&MT", Level.MINISTRY),
        ("UBND A", None),
        ("Sở A", None),
    ],
)
def test_levels(name: str, level: Level | None) -> None:
    assert read_level(name) is level


def test_places_and_categories() -> None:
    assert [each.code for each in read_provinces("TP. Hồ Chí Minh")] == ["79"]
    assert near_province("Xyz") is None
    assert [each.code for each in read_communes("P. Đức Xuân, tỉnh Thái Nguyên", "19")] == ["01840"]
    known = categories("qd26-2026", ocop.PACKAGED)
    assert known["thủ công mỹ nghệ"] == ("handicrafts", None)
    assert known["gia vị"] == ("food", None)
    assert known["cà phê, ca cao"] == ("food", "qd26-2026/coffee-cocoa")
    assert read({"Nhóm": "Nhóm Đồ uống"}).rows[0].group == "drinks"


# Frames


def frames() -> list[Any]:
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    row: dict[str, Any] = {**RIGHT, "Ngày cấp": datetime(2026, 8, 5), "Hạng sao": 4}  # noqa: DTZ001
    columns = {title: [row[title], None] for title in TITLES}
    columns["Tên sản phẩm"][1] = "Chè không"
    return [pandas.DataFrame(columns), polars.DataFrame(columns), pyarrow.table(columns)]


@pytest.mark.parametrize("kind", [0, 1, 2], ids=["pandas", "polars", "pyarrow"])
def test_frames_give_what_csv_gives(kind: int) -> None:
    pytest.importorskip("narwhals")
    found = read_results(frames()[kind])
    row, empty = found.rows
    (expected,) = read({}).rows
    assert (row.star, row.issued, row.expires, row.commune) == (Star.FOUR, date(2026, 8, 5), expected.expires, "05818")
    assert (row.number, empty.number, empty.product, empty.star) == (2, 3, "Chè không", None)
    assert row.cells["Hạng sao"] == "4"
    assert [code for code, where in doubts(found) if where.startswith("/rows/0")] == []
    assert [code for code, where in doubts(found) if where.startswith("/rows/1")] == ["results-cell-empty"] * 8


def test_values_of_frames_as_text() -> None:
    values = [None, 4, 4.0, 4.5, True, date(2026, 8, 5), datetime(2026, 8, 5, 1), " a\u0301 "]  # noqa: DTZ001
    assert [as_text(value) for value in values] == ["", "4", "4", "4.5", "True", "2026-08-05", "2026-08-05", "á"]


@pytest.mark.parametrize("thing", [None, 3, [["a"]], {"a": 1}])
def test_what_is_no_table(thing: Any) -> None:
    pytest.importorskip("narwhals")
    with pytest.raises(ConversionError, match="expected a path, CSV text, a DataFrame of pandas or polars, or a Table"):
        read_results(thing)


def test_a_frame_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtraError, match=r"ocop\[frames\]"):
        read_results(object())


def test_csv_needs_no_extra() -> None:
    code = (
        "import sys; from ocop.adapters.results import read_results; read_results('Sản phẩm,Hạng sao\\nChè,3'); "
        "assert not {'numpy', 'narwhals', 'pandas', 'jsonschema'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", code], check=True)


def test_a_list_with_too_many_cells_is_refused() -> None:
    text = csv_of({}) + "," * 100_000 + "\nx" * 100_000
    with pytest.raises(DocumentError, match="workbook-sheet-too-large"):
        read_results(text)


def test_titles_differ_and_are_short() -> None:
    first, second = csv_of({}).split("\n", 1)
    rows = "A (14),A,A," + first + "\n1,2,3," + second
    cells = read_results(rows).rows[0].cells
    assert [cells[title] for title in ("A (14)", "A", "A (3)")] == ["1", "2", "3"]
    found = read_results(f"A (3),A,A,{'W' * 300}," + first + "\n1,2,3,4," + second).rows[0].cells
    assert [found[title] for title in ("A (3)", "A", "A (3) (3)", "W" * 200)] == ["1", "2", "3", "4"]


def test_the_last_days_of_the_calendar_are_days_like_others() -> None:
    found = read({"Ngày cấp": "31/12/9999", "Ngày hết hạn": "31/12/9999"})
    assert "results-term-differs" not in [code for code, _ in doubts(found)]
