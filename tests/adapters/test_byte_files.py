import io
from pathlib import Path

import pytest

from ocop.adapters.byte_files import decoded, printable, put, subject_of, take
from ocop.errors import DocumentError


def test_bytes_go_to_a_path_and_to_a_file(tmp_path: Path) -> None:
    file = io.BytesIO()
    put(file, b"x")
    put(tmp_path / "a", b"x")
    put(str(tmp_path / "b"), b"x")
    assert [file.getvalue(), *((tmp_path / name).read_bytes() for name in "ab")] == [b"x"] * 3
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "no" / "a", b"x")


def test_bytes_come_from_a_path_or_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    assert take(tmp_path / "a") == take(str(tmp_path / "a")) == take(b"x") == b"x"
    assert (subject_of(tmp_path / "a"), subject_of(b"x")) == (str(tmp_path / "a"), None)
    with pytest.raises(DocumentError, match="file-not-found"):
        take(tmp_path / "b")


def test_half_of_a_pair_is_replaced() -> None:
    assert printable("a\ud800b \U0001f375 Phu\u0301") == "a\ufffdb \U0001f375 Phú"


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        ("Chè".encode("utf-16"), "json-utf16", "save it as UTF-8"),
        ("Chè".encode("utf-16-be"), "json-utf16", "save it as UTF-8"),
        ("ab".encode("utf-16-le"), "json-utf16", "save it as UTF-8"),
        ("ab".encode("utf-32"), "json-utf16", "save it as UTF-8"),
        (b"Ch\xe8", "json-not-utf8", "from byte 2 on"),
        ("Chè đinh".encode("cp1258", "replace"), "json-not-utf8", "from byte 2 on"),
    ],
)
def test_only_utf_8_is_read(data: bytes, code: str, told: str) -> None:
    assert decoded(b"\xef\xbb\xbfCh\xc3\xa8") == decoded("Chè".encode()) == "Chè"
    with pytest.raises(DocumentError) as caught:
        decoded(data)
    (problem,) = caught.value.report.problems
    assert problem.code == code
    assert told in problem.text("en")
