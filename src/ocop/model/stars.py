"""Stars, or the named classes of an edition without stars, and the levels of government that recognise them."""

from enum import Enum, IntEnum
from typing import Final, TypeAlias

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

    @property
    def label(self) -> Label:
        """The rank in words.

        >>> Star.ONE.label.en, Star.FOUR.label.vi
        ('1 star', '4 sao')
        """
        return Label(f"{self} sao", f"{self} star{'s' if self > 1 else ''}")


class Grade(int):
    """A named class of products, in an edition that does not rank by one to five stars.

    It is the number of its rank, counted from the bottom, and compares as one; its name comes from its band.

    >>> gold = Grade(3, "gold", Label("Vàng", "Gold"))
    >>> gold, gold > 2, gold.label.en
    (<Grade gold: 3>, True, 'Gold')
    """

    slug: str
    """Its name in data."""
    label: Label
    """Its name."""
    symbol = ""
    """Nothing is printed on a label."""

    def __new__(cls, rank: int, slug: str, label: Label) -> "Grade":
        """Make the class with this rank."""
        made = super().__new__(cls, rank)
        made.slug, made.label = slug, label
        return made

    def __repr__(self) -> str:
        return f"<Grade {self.slug}: {self}>"

    def __str__(self) -> str:
        return int.__repr__(self)

    def __reduce__(self) -> tuple[type["Grade"], tuple[int, str, Label]]:
        return Grade, (int(self), self.slug, self.label)


Rank: TypeAlias = Star | Grade
"""What a product is ranked as: a star, or a class of an edition's own. Both compare as integers."""


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
