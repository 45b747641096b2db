"""Stars, and the levels of government that recognise them."""

from enum import Enum, IntEnum
from typing import Final

from ocop.text import Label


class Star(IntEnum):
    """A product's rank, from one to five stars; an ordinary integer in comparisons.

    References:
        Decision 26/2026/QĐ-TTg, Article 3.

    >>> Star.FOUR > Star.THREE, Star(4), str(Star.FOUR)
    (True, <Star.FOUR: 4>, '4')
    """

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5

    @property
    def symbol(self) -> str:
        """The rank as it is printed on a label.

        >>> Star.THREE.symbol
        '★★★'
        """
        return "★" * self


class Level(Enum):
    """A level of government with a part in the programme.

    References:
        Decision 26/2026/QĐ-TTg, Article 4.
    """

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    MINISTRY = "ministry"

    @property
    def label(self) -> Label:
        """Its name.

        >>> Level.PROVINCE.label.vi
        'cấp tỉnh'
        """
        return _LEVELS[self]


_LEVELS: Final = {
    Level.COMMUNE: Label("cấp xã", "the commune"),
    Level.DISTRICT: Label("cấp huyện", "the district"),
    Level.PROVINCE: Label("cấp tỉnh", "the province"),
    Level.MINISTRY: Label("cấp bộ", "the ministry"),
}
