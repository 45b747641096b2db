"""The three kinds of dossier."""

from enum import Enum
from typing import Final

from ocop.text import Label


class DossierKind(Enum):
    """Why a dossier is handed in: for a first recognition, for a higher star, or because the recognition ends.

    References:
        Decision 26/2026/QĐ-TTg, Articles 6 and 7.

    >>> DossierKind.RE_EVALUATION.label.en, DossierKind("first")
    ('re-evaluation', <DossierKind.FIRST: 'first'>)
    """

    FIRST = "first"
    UPGRADE = "upgrade"
    RE_EVALUATION = "re-evaluation"

    @property
    def label(self) -> Label:
        """Its name.

        >>> DossierKind.FIRST.label.vi
        'đánh giá lần đầu'
        """
        return _KINDS[self]


_KINDS: Final = {
    DossierKind.FIRST: Label("đánh giá lần đầu", "first evaluation"),
    DossierKind.UPGRADE: Label("nâng hạng", "upgrade"),
    DossierKind.RE_EVALUATION: Label("đánh giá lại", "re-evaluation"),
}
