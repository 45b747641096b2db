"""Every sentence a problem can say, by its stable code, in Vietnamese and English.

The codes are public: programs may rely on them. The sentences may be improved at any time.
"""

from collections.abc import Mapping
from typing import Final

from ocop.messages.editions import EDITIONS
from ocop.messages.programmes import PROGRAMMES
from ocop.messages.records import RECORDS
from ocop.messages.sheets import SHEETS
from ocop.messages.table import table
from ocop.messages.tables import TABLES
from ocop.text import Label

PHRASES: Final = table(
    expected=("Cần: {}.", "Expected: {}."),
    got=("Nhận được: {}.", "Got: {}."),
    hint=("Có phải ý bạn là {}?", "Did you mean {}?"),
    no_problem=("không có vấn đề nào", "no problems"),
    one_problem=("có 1 vấn đề", "1 problem"),
    problems=("có {} vấn đề", "{} problems"),
    one_note=("1 lưu ý", "1 note"),
    notes=("{} lưu ý", "{} notes"),
    more=("và {} vấn đề cùng loại", "and {} more of this kind"),
)

MESSAGES: Final[Mapping[str, Label]] = {**SHEETS, **EDITIONS, **RECORDS, **PROGRAMMES, **TABLES}


def message(code: str, /, **values: object) -> Label:
    """Return the sentence for `code` in both languages, filled in with `values`; a `Label` gives its own language.

    Raises:
        KeyError: for an unknown code, or a value that the sentence needs.

    >>> message("key-missing", key="kind").en
    'The key kind is missing'
    """
    label = MESSAGES[code]
    vi = {name: value.vi if isinstance(value, Label) else value for name, value in values.items()}
    en = {name: value.en if isinstance(value, Label) else value for name, value in values.items()}
    return Label(label.vi.format(**vi), label.en.format(**en))
