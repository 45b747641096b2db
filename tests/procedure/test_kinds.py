import pytest

from ocop.procedure.kinds import DossierKind
from ocop.text import Label


def test_the_kinds_are_three() -> None:
    assert [kind.value for kind in DossierKind] == ["first", "upgrade", "re-evaluation"]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (DossierKind.FIRST, Label("đánh giá lần đầu", "first evaluation")),
        (DossierKind.UPGRADE, Label("nâng hạng", "upgrade")),
        (DossierKind.RE_EVALUATION, Label("đánh giá lại", "re-evaluation")),
    ],
)
def test_every_kind_has_a_name(kind: DossierKind, label: Label) -> None:
    assert kind.label == label
