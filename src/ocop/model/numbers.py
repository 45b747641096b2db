"""Numbers with a form and a check digit: tax ids and barcodes.

The form is always checked. The check digit is computed by python-stdnum, which the extra ``ids`` installs; where it is
not installed, the answer holds a note with the code ``check-digit-not-checked``, which leaves a report `ok`.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ocop.errors import Problem, shortened

if TYPE_CHECKING:
    from ocop.model.subjects import LegalForm

TAX_ID: Final = re.compile(r"[0-9]{2}(?!0000000)[0-9]{8}(?:-?(?!000)[0-9]{3})?")
"""Ten digits: two for the place of registration, a running number of seven from 1, the check digit; then a branch."""
PERSONAL_NUMBER: Final = re.compile(r"[0-9]{12}")
GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")


def tax_id_problems(text: str, pointer: str = "", legal_form: "LegalForm | None" = None) -> list[Problem]:
    """Return what is wrong with a tax id that stands at `pointer`.

    It has 10 digits, the last a check digit; or 13, with or without a hyphen, for a branch; or it is the personal
    number of 12 digits, which households in business use since 1 July 2025. `legal_form` tells whether that one is
    allowed; with None, it is. The number itself is never told, as it may be a person's.

    References:
        Circular 86/2024/TT-BTC on tax registration.

    >>> from ocop.model.subjects import LegalForm
    >>> tax_id_problems("0100112437"), tax_id_problems("0314409058-002"), tax_id_problems("001200012345")
    ([], [], [])
    >>> [problem] = tax_id_problems("0100112438")
    >>> print(problem.text("en"))
    The check digit of the tax id is wrong. Expected: 7. Got: 8. [tax-id-check-digit]
    >>> [problem.code for problem in tax_id_problems("001200012345", "/tax_id", LegalForm.COOPERATIVE)]
    ['tax-id-personal']
    """
    if PERSONAL_NUMBER.fullmatch(text):
        if legal_form is None or legal_form.has_personal_tax_id:
            return []
        return [Problem.of("tax-id-personal", pointer, form=legal_form.label)]
    if not TAX_ID.fullmatch(text):
        return [Problem.of("tax-id-form", pointer)]
    return _check_digit("tax-id-check-digit", pointer, _tax_id_digit, text[:9], text[9])


def gtin_problems(text: str, pointer: str = "") -> list[Problem]:
    """Return what is wrong with a barcode number, a GTIN of 8, 12, 13 or 14 digits, that stands at `pointer`.

    >>> gtin_problems("8938505974194"), gtin_problems("96385074")
    ([], [])
    >>> [problem] = gtin_problems("8938505974195", "/barcodes/0")
    >>> print(problem.text("en"))
    /barcodes/0: The check digit of the barcode is wrong. Expected: 4. Got: 5. [gtin-check-digit]
    """
    if not GTIN.fullmatch(text):
        return [Problem.of("gtin-form", pointer, got=shortened(text))]
    return _check_digit("gtin-check-digit", pointer, _gtin_digit, text[:-1], text[-1])


def _check_digit(code: str, pointer: str, digit: Callable[[str], str], number: str, got: str) -> list[Problem]:
    try:
        expected = digit(number)
    except ImportError:
        return [Problem.of("check-digit-not-checked", pointer, note=True)]
    if got == expected:
        return []
    # For some numbers the tax office's sum comes to 10: they have no check digit, and are never given out.
    return [Problem.of(code, pointer, expected=expected if len(expected) == 1 else None, got=got)]


def _tax_id_digit(number: str) -> str:
    from stdnum.vn import mst

    return mst.calc_check_digit(number)


def _gtin_digit(number: str) -> str:
    from stdnum import ean

    return ean.calc_check_digit(number)
