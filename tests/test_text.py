import copy
import pickle
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop.text import LANGUAGES, NO_LABEL, FrozenDict, Label, checked_language, match_key, nfc, sort_key

NFD_PHU_THO = "Phu\u0301 Tho\u0323"
ITEMS = st.dictionaries(st.text(), st.integers() | st.text() | st.none())


def frozen(items: dict[str, Any]) -> Any:
    """Return a FrozenDict whose mutating methods type checkers let us call."""
    return FrozenDict(items)


def test_nfc_composes_what_is_decomposed() -> None:
    assert nfc(NFD_PHU_THO) == "Ph\u00fa Th\u1ecd"


def test_nfc_orders_marks_before_composing() -> None:
    assert nfc("e\u0302\u0323") == nfc("e\u0323\u0302") == "\u1ec7"


def test_nfc_leaves_compatibility_characters_alone() -> None:
    assert nfc("\ufb01") == "\ufb01"


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_nfc_leaves_ascii_alone(text: str) -> None:
    assert nfc(text) == text


@given(st.text())
def test_nfc_is_what_unicode_says(text: str) -> None:
    assert unicodedata.is_normalized("NFC", nfc(text))


@given(st.text())
def test_nfc_twice_is_nfc_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@given(st.text())
def test_nfc_gives_equivalent_texts_one_form(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == nfc(text)


def test_the_languages_are_vietnamese_and_english() -> None:
    assert LANGUAGES == ("vi", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_known_language_is_returned(lang: str) -> None:
    assert checked_language(lang) == lang


@pytest.mark.parametrize("lang", ["", "fr", "VI", "vi ", "vi-VN"])
def test_another_language_is_refused(lang: str) -> None:
    with pytest.raises(ValueError, match="lang") as caught:
        checked_language(lang)
    assert str(caught.value) == f"lang must be one of 'vi', 'en'; got {lang!r}"


def test_a_label_gives_its_vietnamese_text() -> None:
    assert Label(vi="Chè", en="Tea").get("vi") == "Chè"


def test_a_label_gives_its_english_text() -> None:
    assert Label(vi="Chè", en="Tea").get("en") == "Tea"


def test_a_label_refuses_another_language() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Label(vi="Chè", en="Tea").get("fr")  # type: ignore[arg-type]


def test_a_label_cannot_be_changed() -> None:
    label: Any = Label(vi="Chè", en="Tea")
    with pytest.raises(FrozenInstanceError):
        label.vi = "Trà"


def test_equal_labels_hash_alike() -> None:
    assert hash(Label("Chè", "Tea")) == hash(Label("Chè", "Tea"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_label_for_none_is_empty(lang: Any) -> None:
    assert NO_LABEL.get(lang) == ""


@given(ITEMS)
def test_a_frozen_dict_equals_the_dict_it_is_made_from(items: dict[str, Any]) -> None:
    assert FrozenDict(items) == items


@given(ITEMS)
def test_a_frozen_dict_prints_as_a_dict(items: dict[str, Any]) -> None:
    assert repr(FrozenDict(items)) == repr(items)


def test_a_frozen_dict_can_be_made_from_pairs() -> None:
    assert FrozenDict([("a", 1), ("b", 2)]) == {"a": 1, "b": 2}


def test_a_frozen_dict_keeps_the_order_of_its_items() -> None:
    assert list(FrozenDict({"b": 1, "a": 2})) == ["b", "a"]


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("__setitem__", ("a", 2)),
        ("__setitem__", ("b", 2)),
        ("__delitem__", ("a",)),
        ("__ior__", ({"b": 2},)),
        ("clear", ()),
        ("pop", ("a",)),
        ("pop", ("b", None)),
        ("popitem", ()),
        ("setdefault", ("a", 2)),
        ("setdefault", ("b",)),
        ("update", ({"b": 2},)),
        ("update", ()),
    ],
)
def test_a_frozen_dict_refuses_every_method_that_changes_it(method: str, arguments: tuple[Any, ...]) -> None:
    choices = frozen({"a": 1})
    with pytest.raises(TypeError, match="a FrozenDict cannot be changed"):
        getattr(choices, method)(*arguments)
    assert choices == {"a": 1}


def test_a_frozen_dict_refuses_keyword_updates() -> None:
    with pytest.raises(TypeError, match="a FrozenDict cannot be changed"):
        frozen({}).update(a=1)


def test_a_frozen_dict_refuses_an_assigned_item() -> None:
    choices = frozen({"a": 1})
    with pytest.raises(TypeError, match="a FrozenDict cannot be changed"):
        choices["a"] = 2


def test_a_frozen_dict_refuses_a_deleted_item() -> None:
    choices = frozen({"a": 1})
    with pytest.raises(TypeError, match="a FrozenDict cannot be changed"):
        del choices["a"]


def test_a_frozen_dict_refuses_the_update_operator() -> None:
    choices = frozen({"a": 1})
    with pytest.raises(TypeError, match="a FrozenDict cannot be changed"):
        choices |= {"b": 2}


def test_every_method_that_changes_a_dict_is_refused() -> None:
    readers = {"copy", "fromkeys", "get", "items", "keys", "values"}
    changers = {name for name in vars(dict) if not name.startswith("_")} - readers
    refused = {name for name in changers if vars(FrozenDict).get(name) is vars(FrozenDict)["_refuse"]}
    assert refused == changers


def test_the_refusal_says_what_to_do_instead() -> None:
    with pytest.raises(TypeError, match=r"make a new one from \{\*\*old, key: value\}$"):
        frozen({}).clear()


def test_a_frozen_dict_has_no_place_for_other_attributes() -> None:
    with pytest.raises(AttributeError):
        frozen({}).note = "x"


@given(ITEMS, st.randoms(use_true_random=False))
def test_a_frozen_dict_hashes_without_regard_to_order(items: dict[str, Any], random: Any) -> None:
    pairs = list(items.items())
    random.shuffle(pairs)
    assert hash(FrozenDict(pairs)) == hash(FrozenDict(items))


def test_a_frozen_dict_hashes_the_same_again() -> None:
    choices = FrozenDict({"a": 1})
    assert hash(choices) == hash(choices)


def test_frozen_dicts_of_other_items_hash_apart() -> None:
    assert len({hash(FrozenDict({"a": number})) for number in range(100)}) == 100


def test_a_frozen_dict_can_be_a_key() -> None:
    assert {FrozenDict({"a": 1}): "found"}[FrozenDict({"a": 1})] == "found"


def test_a_frozen_dict_of_an_unhashable_value_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(FrozenDict({"a": [1]}))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_frozen_dict_can_be_pickled(protocol: int) -> None:
    again = pickle.loads(pickle.dumps(FrozenDict({"a": 1}), protocol))  # noqa: S301
    assert (type(again), again) == (FrozenDict, {"a": 1})


def test_a_pickled_frozen_dict_carries_no_hash_of_this_run() -> None:
    hashed = FrozenDict({"a": "b"})
    hash(hashed)
    assert pickle.dumps(hashed) == pickle.dumps(FrozenDict({"a": "b"}))


def test_a_copy_of_a_frozen_dict_is_the_same_object() -> None:
    choices = FrozenDict({"a": 1})
    assert copy.copy(choices) is choices


def test_a_deep_copy_of_a_frozen_dict_is_the_same_object() -> None:
    choices = FrozenDict({"a": (1, 2)})
    assert copy.deepcopy(choices) is choices


def test_a_new_dict_made_from_a_frozen_one_can_be_changed() -> None:
    new = {**FrozenDict({"a": 1})}
    new["a"] = 2
    assert new == {"a": 2}


VIETNAMESE = st.text(alphabet="aAăâbcdđĐeêgiIoòóôơuủưyỳ hnqNHỒ'’-–1̣̀́̂ \u00a0\u200b", max_size=12)
TEXTS = st.text(max_size=12) | VIETNAMESE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("Thanh Hóa", "Thanh Hoá"),
        ("hỏa", "hoả"),
        ("lõa", "loã"),
        ("họa", "hoạ"),
        ("Khánh HÒA", "khánh hoà"),
        ("khỏe", "khoẻ"),
        ("Phú Thủy", "Phú Thuỷ"),
        ("lũy", "luỹ"),
        ("úy", "uý"),
        ("Qúy", "Quý"),
        ("hòan", "hoàn"),
        ("khủyu", "khuỷu"),
        ("  Ba\u00a0 Đình\t", "ba đình"),
        ("Văn Miếu - Quốc Tử Giám", "Văn Miếu–Quốc Tử Giám"),
        ("Bà Rịa\u2011Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Ea H'Leo", "Ea H’Leo"),
        ("M`Drắk", "M'Drắk"),
        ("Ðồng Nai", "Đồng Nai"),
        ("Ɖồng Nai", "đồng nai"),
        ("Ba\u200b Đình", "Ba Đình"),
        ("Hoa\u0300", "Hòa"),
    ],
)
def test_one_name_in_two_spellings_has_one_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tân", "Tấn"),
        ("Tan", "Tân"),
        ("Hoà", "Hoá"),
        ("Hòn", "Hon"),
        ("Đa", "Da"),
        ("Mỹ", "Mĩ"),
        ("A Lưới 1", "A Lưới 2"),
    ],
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert match_key(one) != match_key(other)


@pytest.mark.parametrize(
    "word", ["quà", "giò", "già", "gìa", "hoàn", "hoặc", "huyền", "của", "thuở", "nguyễn", "khuya"]
)
def test_a_key_leaves_other_syllables_alone(word: str) -> None:
    assert match_key(word) == word


@given(TEXTS)
def test_a_match_key_does_not_depend_on_the_normal_form(text: str) -> None:
    assert match_key(unicodedata.normalize("NFD", text)) == match_key(nfc(text)) == match_key(text)


@given(TEXTS)
def test_the_match_key_of_a_key_is_the_key(text: str) -> None:
    assert match_key(match_key(text)) == match_key(text)


@given(VIETNAMESE)
def test_a_match_key_does_not_depend_on_case(text: str) -> None:
    assert match_key(text.upper()) == match_key(text.lower()) == match_key(text)


@given(TEXTS)
def test_a_match_key_is_composed(text: str) -> None:
    assert unicodedata.is_normalized("NFC", match_key(text))


@given(st.lists(VIETNAMESE, max_size=4))
def test_a_match_key_has_single_spaces(words: list[str]) -> None:
    assert match_key("\t ".join(words)) == match_key(" " + "\u00a0".join(words) + " ")


def ascending(texts: list[str]) -> bool:
    keys = [sort_key(text) for text in texts]
    return all(one < other for one, other in pairwise(keys))


def test_the_alphabet_is_in_its_order() -> None:
    letters = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    assert ascending(letters)


def test_the_tones_are_in_their_order() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert ascending(tones)


@pytest.mark.parametrize(
    "ordered",
    [
        ["An", "Ăn", "Ân", "Ấn", "Ba"],
        ["Ba Đình", "Bà Rịa", "Bắc Ninh", "Bến Tre"],
        ["Ba Đình", "Bà Đình", "Bá Đình", "Ba Rịa"],
        ["", "1", "2", "A", "a", "Á", "á"],
        ["Dư", "Đa", "Đà Lạt", "E"],
        ["Tân An", "Tân Ấn", "Tân Ba", "Tân-An", "Tân1"],
        ["z", "ß", "中"],
    ],
)
def test_names_come_in_alphabetical_order(ordered: list[str]) -> None:
    assert ascending(ordered)


def test_white_space_counts_as_one_space() -> None:
    assert sorted(["A\u00a0\tc", " A b", "A  a"], key=sort_key) == ["A  a", " A b", "A\u00a0\tc"]


@given(TEXTS)
def test_a_sort_key_does_not_depend_on_the_normal_form(text: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(nfc(text)) == sort_key(text)


@given(TEXTS, TEXTS)
def test_texts_of_one_sort_key_are_the_same(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (nfc(one) == nfc(other))


@given(st.lists(TEXTS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_before(texts: list[str], random: Any) -> None:
    ordered = sorted(map(nfc, texts), key=sort_key)
    random.shuffle(texts)
    assert sorted(map(nfc, texts), key=sort_key) == ordered


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789 ").map(lambda text: " ".join(text.split())))
def test_plain_text_comes_in_its_usual_order(text: str) -> None:
    first, second = text[::2].strip(), text[1::2].strip()
    if "  " not in first + second:
        assert (sort_key(first) < sort_key(second)) == (first < second)
