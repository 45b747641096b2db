"""What is no honest workbook is refused before anything parses it, each with one sentence."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ocop.adapters import excel_read, excel_safety
from ocop.adapters.excel import read_score_sheets, write_back
from ocop.adapters.excel_safety import for_the_parser, opened, packed, unread_cells
from ocop.errors import DocumentError, Report
from workbooks import form, parts_of, with_part, zipped

FORM = form()
SHEET = "xl/worksheets/sheet1.xml"


def report_of(data: bytes) -> Report:
    """Return the report of a file that is refused, by reading it and by opening it alike."""
    with pytest.raises(DocumentError) as caught:
        opened(data)
    sheets, report = read_score_sheets(data, lang="en")
    assert sheets == ()
    assert report.problems == caught.value.report.problems
    with pytest.raises(DocumentError):
        write_back(report, data, io.BytesIO())
    return report


def encrypted(data: bytes) -> bytes:
    """Return an archive whose entries claim to be encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), data):
            changed[found.start() + offset] |= 1
    return bytes(changed)


def twice(data: bytes) -> bytes:
    """Return an archive with two entries whose names differ in case alone."""
    parts = parts_of(data)
    return zipped({**parts, "XL/workbook.xml": parts["xl/workbook.xml"]})


def lying(data: bytes) -> bytes:
    """Return an archive whose directory says that an entry is shorter than it is."""
    broken = bytearray(data)
    place = broken.index(b"PK\x01\x02")
    broken[place + 24 : place + 28] = (10).to_bytes(4, "little")
    return bytes(broken)


def bomb() -> bytes:
    """Return an archive that says of an entry of 65 MiB, in both places, that it has 10 bytes."""
    data = bytearray(with_part(FORM, "xl/worksheets/sheet9.xml", b" " * (65 << 20)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(signature), bytes(data)):
            place = found.start() + offset
            if int.from_bytes(data[place : place + 4], "little") == 65 << 20:
                data[place : place + 4] = (10).to_bytes(4, "little")
    assert (65 << 20).to_bytes(4, "little") not in data
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str, str]] = {
    "nothing": (b"", "workbook-not-xlsx", "The file is no Excel workbook (.xlsx)."),
    "bytes": (b"\x00\x01\x02", "workbook-not-xlsx", "The file is no Excel workbook (.xlsx)."),
    "old": (OLE, "workbook-old-format", "The workbook is in the old format (.xls); save it as .xlsx."),
    "encrypted": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "workbook-encrypted",
        "The workbook is encrypted; save it without a password.",
    ),
    "encrypted zip": (
        encrypted(FORM),
        "workbook-encrypted",
        "The workbook is encrypted; save it without a password.",
    ),
    "html": (
        b"\xef\xbb\xbf\r\n<table><tr><td>1",
        "workbook-is-html",
        "The file is a web page (HTML) under the name .xlsx; open it in Excel and save it as .xlsx.",
    ),
    "html in utf-16": (
        "<!-- x --><HTML>".encode("utf-16"),
        "workbook-is-html",
        "The file is a web page (HTML) under the name .xlsx; open it in Excel and save it as .xlsx.",
    ),
    "mail": (
        b"MIME-Version: 1.0\r\n\r\n<html>",
        "workbook-is-html",
        "The file is a web page (HTML) under the name .xlsx; open it in Excel and save it as .xlsx.",
    ),
    "csv": (
        "Mã;Điểm\n1;2".encode(),
        "workbook-is-text",
        "The file is text (CSV) under the name .xlsx; read it as CSV.",
    ),
    "csv in utf-16": (
        "Mã\tĐiểm".encode("utf-16"),
        "workbook-is-text",
        "The file is text (CSV) under the name .xlsx; read it as CSV.",
    ),
    "cut": (FORM[:-100], "workbook-broken", "The workbook is broken and cannot be read."),
    "cut early": (FORM[:100], "workbook-broken", "The workbook is broken and cannot be read."),
    "lying": (lying(FORM), "workbook-broken", "The workbook is broken and cannot be read."),
    "a bomb that lies": (bomb, "workbook-broken", "The workbook is broken and cannot be read."),
    "a name from the root": (
        with_part(FORM, "/etc/passwd", b"x"),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
    "a name that climbs": (
        with_part(FORM, "xl/../../x.xml", b"<a/>"),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
    "a name that climbs backwards": (
        with_part(FORM, "..\\x.xml", b"<a/>"),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
    "a name with a drive": (
        with_part(FORM, "C:\\x.xml", b"<a/>"),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
    "bzip2": (
        zipped(parts_of(FORM), zipfile.ZIP_BZIP2),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
    "names twice": (twice(FORM), "workbook-broken", "The workbook is broken and cannot be read."),
    "another zip": (zipped({"content.xml": b"<a/>"}), "workbook-not-xlsx", "The file is no Excel workbook (.xlsx)."),
    "macros": (
        with_part(FORM, "xl/vbaProject.bin", b"x"),
        "workbook-macros",
        "The workbook has macros; save it as .xlsx, without them.",
    ),
    "old macros": (
        with_part(FORM, "xl/macrosheets/sheet1.xml", b"<a/>"),
        "workbook-macros",
        "The workbook has macros; save it as .xlsx, without them.",
    ),
    "macros by type": (
        with_part(FORM, "[Content_Types].xml", b"<a>application/vnd.ms-excel.sheet.macroEnabled.main+xml</a>"),
        "workbook-macros",
        "The workbook has macros; save it as .xlsx, without them.",
    ),
    "dtd": (
        with_part(FORM, "xl/sharedStrings.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst/>'),
        "workbook-dtd",
        "The workbook has a DTD, which is not allowed.",
    ),
    "dtd in utf-16": (
        with_part(FORM, "xl/x.vml", "<!DOCTYPE a><a/>".encode("utf-16")),
        "workbook-dtd",
        "The workbook has a DTD, which is not allowed.",
    ),
    "many": (
        zipped({**parts_of(FORM), **{f"xl/{number}.xml": b"" for number in range(1000)}}),
        "workbook-many-entries",
        f"The workbook has more than 1000 parts. Got: {1000 + len(parts_of(FORM))}.",
    ),
    "large": (
        lambda: zipped({"xl/a.xml": b"x" * (64 << 20), "xl/b.xml": b"x"}),
        "workbook-too-large",
        f"The workbook is larger than the limit of 64 MiB when unpacked. Got: {(64 << 20) + 1}.",
    ),
    "dense": (
        lambda: zipped({"xl/a.xml": bytes(64 << 20)}),
        "workbook-ratio",
        "The workbook is packed beyond reason: it unpacks to more than 100 times its size.",
    ),
    "sheet not well-formed": (
        with_part(FORM, SHEET, b"<worksheet><sheetData><row></sheetData></worksheet>"),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
    "workbook not well-formed": (
        with_part(FORM, "xl/workbook.xml", b"<workbook>"),
        "workbook-broken",
        "The workbook is broken and cannot be read.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_told_in_one_sentence(name: str) -> None:
    data, code, text = REFUSED[name]
    if code == "workbook-broken" and "well-formed" in name:
        sheets, report = read_score_sheets(data if isinstance(data, bytes) else data(), lang="en")
        assert sheets == ()
    else:
        report = report_of(data if isinstance(data, bytes) else data())
    assert report.codes == (code,)
    # How dense an archive is depends on the version of zlib.
    found = re.sub(" Got: [0-9]+[.]", "", report.text("en")) if name == "dense" else report.text("en")
    assert found == f"1 problem\n  {text} [{code}]"
    assert report.problems[0].text("vi") != report.problems[0].text("en")


def test_a_name_or_a_password_leads_nowhere(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.xlsx", "file-not-found"), (tmp_path, "file-is-folder")):
        sheets, report = read_score_sheets(path)
        assert (sheets, report.codes, report.subject) == ((), (code,), str(path))


SPREAD = {
    "far away": (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "1048576 × 16384"),
    "by entities": (b'<row r="9"><c r="&#88;FD1048576"/></row>', "1048576 × 16384"),
    "rows alone": (b'<row r="1048576"><c/><c/></row>', "1048576 × 2"),
    "lower case": (b'<row r="1"><c r="xfd200"/></row>', "200 × 16384"),
}


@pytest.mark.parametrize("name", SPREAD)
def test_a_sheet_that_reaches_too_far_is_refused(name: str) -> None:
    cells, got = SPREAD[name]
    report = report_of(with_part(FORM, SHEET, b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"))
    assert report.codes == ("workbook-sheet-too-large",)
    assert report.problems[0].text("en") == (
        "A sheet reaches over more than 2000000 cells; delete the empty rows and columns far out. "
        f"Got: {got}. [workbook-sheet-too-large]"
    )


@pytest.mark.parametrize("cells", [b'<row r="x"/>', b'<row><c r="A"/></row>', b'<row><c r="A1:B2"/></row>'])
def test_places_that_are_none_are_refused(cells: bytes) -> None:
    report = report_of(with_part(FORM, SHEET, b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"))
    assert report.codes == ("workbook-broken",)


def test_cells_without_a_place_follow_one_another() -> None:
    cells = b"<row><c/><c><f>A1</f></c></row><row><c t='e'><v>#N/A</v></c><c><f>1</f><v>1</v></c></row>"
    data = with_part(FORM, SHEET, b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>")
    assert unread_cells(opened(data))["An"] == {(0, 1), (1, 0)}


def test_sheets_are_found_from_the_root_and_from_the_workbook() -> None:
    rels = "xl/_rels/workbook.xml.rels"
    rooted = with_part(FORM, rels, lambda old: old.replace(b'Target="worksheets', b'Target="/xl/worksheets'))
    assert unread_cells(opened(rooted)).keys() == {"An", "_ocop"}
    assert unread_cells(opened(with_part(FORM, rels, b"<none/>"))) == {}
    parts = {name: content for name, content in parts_of(FORM).items() if name != rels}
    assert unread_cells(opened(zipped(parts))) == {}


def far(ref: str) -> bytes:
    """Return a form with an area that is merged."""
    return with_part(
        FORM, SHEET, lambda old: old.replace(b"</mergeCells>", f'<mergeCell ref="{ref}"/></mergeCells>'.encode())
    )


def comments(ref: str) -> bytes:
    """Return a form with a part that holds a comment."""
    return with_part(FORM, "xl/comments1.xml", f'<x><commentList><comment ref="{ref}"/></commentList></x>'.encode())


def linked(ref: str) -> bytes:
    """Return a form with a link."""
    link = f'<hyperlinks><hyperlink ref="{ref}"/></hyperlinks><pageMargins'.encode()
    return with_part(FORM, SHEET, lambda old: old.replace(b"<pageMargins", link))


@pytest.mark.parametrize("made", [far, comments, linked])
@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("A9:XFD1048576", "workbook-sheet-too-large"),
        ("XFD1048576", "workbook-sheet-too-large"),
        ("XFD1048576:A9", "workbook-sheet-too-large"),
        ("nowhere", "workbook-broken"),
        ("", "workbook-broken"),
    ],
)
def test_areas_do_not_reach_far_out(made: Callable[[str], bytes], ref: str, code: str) -> None:
    assert report_of(made(ref)).codes == (code,)


def test_areas_over_one_another_are_counted_each() -> None:
    over = b'<mergeCell ref="A100:G2000"/>' * 151
    report = report_of(with_part(FORM, SHEET, lambda old: old.replace(b"</mergeCells>", over + b"</mergeCells>")))
    assert report.codes == ("workbook-sheet-too-large",)
    assert read_score_sheets(far("A100:G2000")).report.codes == ("form-not-begun",)


def shared(length: int, cells: int, place: str = "") -> bytes:
    """Return a form with a shared text, and cells that show it."""
    strings = "xl/sharedStrings.xml"
    place = place or str(parts_of(FORM)[strings].count(b"<si>"))
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{place}</v></c></row>' for row in range(100, 100 + cells))
    data = with_part(FORM, SHEET, lambda old: old.replace(b"</sheetData>", rows.encode() + b"</sheetData>"))
    text = b"<si><t>%b</t></si></sst>" % (b"y" * length)
    return with_part(data, strings, lambda old: old.replace(b"<si>", b"\n<si>", 1).replace(b"</sst>", text))


def test_a_shared_text_is_counted_in_each_cell() -> None:
    assert read_score_sheets(shared(30_000, 2_000)).report.codes == ("form-not-begun",)
    report = report_of(shared(30_000, 2_400))
    assert report.codes == ("workbook-too-large",)


@pytest.mark.parametrize("place", ["9" * 5000, "x", "0" * 5000])
def test_a_shared_text_has_a_place(place: str) -> None:
    assert report_of(shared(1, 1, place)).codes == ("workbook-broken",)


def test_shared_texts_that_are_not_well_formed() -> None:
    assert report_of(with_part(FORM, "xl/sharedStrings.xml", b"<sst>")).codes == ("workbook-broken",)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_an_unknown_encoding(part: str) -> None:
    data = with_part(FORM, part, lambda old: old.replace(b"UTF-8", b"klingon"))
    assert report_of(data).codes == ("workbook-broken",)


def test_no_sheet_is_read_twice() -> None:
    book = "xl/workbook.xml"
    sheets = parts_of(FORM)[book]
    for name, target in ((b"An", b"rId9"), (b"Chi", b"rId1")):
        again = b'<sheet name="%b" sheetId="9" r:id="%b"/></sheets>' % (name, target)
        data = with_part(FORM, book, sheets.replace(b"</sheets>", again))
        assert report_of(data).codes == ("workbook-broken",)


def test_parts_are_found_in_capital_letters_too() -> None:
    formula = with_part(
        FORM, SHEET, lambda old: re.sub(rb'<c r="E12" s="([0-9]+)"/>', rb'<c r="E12"><f>A1</f></c>', old)
    )
    parts = parts_of(formula)
    data = zipped({name.replace("sheet1.xml", "SHEET1.xml"): content for name, content in parts.items()})
    assert (11, 4) in unread_cells(opened(data))["An"]
    assert "form-formula-unread" in read_score_sheets(data).report.codes


def test_the_parser_sees_no_part_of_another_format() -> None:
    data = zipped({**parts_of(FORM), "content.xml": b"<a/>", "xl/workbook.bin": b"x"})
    kept = parts_of(for_the_parser(opened(data)))
    assert kept == {name: content for name, content in parts_of(FORM).items() if not name.startswith("docProps/")}


def test_the_parser_is_not_touched_before(monkeypatch: pytest.MonkeyPatch) -> None:
    class Parser:
        CalamineError = ValueError

        def __getattr__(self, name: str) -> None:
            raise AssertionError(name)

    monkeypatch.setattr(excel_read, "library", lambda _: Parser())
    for data, code, _ in REFUSED.values():
        if code not in ("workbook-too-large", "workbook-ratio"):  # which take long to make, and are refused by opened()
            assert read_score_sheets(data if isinstance(data, bytes) else data()).report.codes == (code,)
    with pytest.raises(AssertionError):
        read_score_sheets(FORM)


def test_links_to_elsewhere_are_not_followed_and_archives_within_are_not_opened() -> None:
    relations = b"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
 Target="file:///nowhere/other.xlsx" TargetMode="External"/></Relationships>"""
    link = b"""<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>"""
    inner = zipped({"xl/a.xml": bytes(1 << 20)})
    added = {
        "xl/externalLinks/externalLink1.xml": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations,
        "xl/embeddings/inner.zip": inner,
        "inner.xlsx": inner,
    }
    data = zipped({**parts_of(FORM), **added})
    assert read_score_sheets(data) == read_score_sheets(FORM)
    assert not any(name.endswith((".zip", ".xlsx")) for name in parts_of(for_the_parser(opened(data))))


def test_what_is_packed_depends_on_nothing_else() -> None:
    assert packed(opened(FORM)) == packed(opened(FORM))
    assert parts_of(packed(opened(FORM))) == parts_of(FORM)


def test_folders_in_an_archive_are_passed_over() -> None:
    data = zipped({**parts_of(FORM), "xl/": b""})
    assert parts_of(packed(opened(data))) == parts_of(FORM)


def test_limits_are_reached_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(FORM)
    monkeypatch.setattr(excel_safety, "MAX_ENTRIES", len(parts))
    monkeypatch.setattr(excel_safety, "MAX_UNPACKED", sum(map(len, parts.values())))
    assert opened(FORM) == parts
    monkeypatch.setattr(excel_safety, "MAX_ENTRIES", len(parts) - 1)
    with pytest.raises(DocumentError, match="workbook-many-entries"):
        opened(FORM)


def test_a_workbook_that_only_the_parser_refuses_is_broken() -> None:
    data = with_part(FORM, "xl/sharedStrings.xml", b"<sst><si><t>")
    sheets, report = read_score_sheets(data)
    assert (sheets, report.codes) == ((), ("workbook-broken",))
