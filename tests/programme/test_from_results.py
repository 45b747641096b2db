"""A portfolio is made of a registry document, and of a table of published results."""

from datetime import date
from fractions import Fraction

import pytest

import ocop
from ocop.adapters.results import read_results
from ocop.programme.portfolio import Portfolio

pa = pytest.importorskip("pyarrow")


def test_from_a_registry_document() -> None:
    registry = ocop.load("docs/examples/tea-registry.json")
    portfolio = Portfolio.of(
        subjects=registry.subjects,
        products=registry.products,
        certificates=registry.certificates,
        dossiers=registry.dossiers,
    )
    assert len(portfolio.products or ()) == len(registry.products) > 0
    assert len(portfolio.dossiers or ()) == len(registry.dossiers) > 0


def test_from_a_frame() -> None:
    table = pa.table(
        {
            "Tên sản phẩm": ["Chè xanh", "Chè đinh"],
            "Chủ thể": ["HTX Chè Đồi Sương"] * 2,
            "Số sao": [4, 3],
            "Số quyết định": ["12/QĐ-UBND"] * 2,
            "Ngày cấp": ["05/08/2023"] * 2,
            "Ngày hết hạn": ["05/08/2026"] * 2,
            "Cơ quan": ["UBND tỉnh Bình Dương"] * 2,
            "Xã mới": ["Thuận An"] * 2,
            "Tỉnh": ["Bình Dương"] * 2,
        }
    )
    found = read_results(table).registry
    portfolio = Portfolio.of(subjects=found.subjects, products=found.products, certificates=found.certificates)
    (programme,) = [each for each in ocop.programmes() if each.id == "binh-duong-2021-2025"]
    progress = programme.progress(portfolio, on=date(2023, 12, 31))
    assert progress.target("share-4-star").value == Fraction(1, 2)
    assert progress.target("recognised-products").value == 2
    assert progress.target("sales-points").value is None
