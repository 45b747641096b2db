import pickle
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date
from typing import Any

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import UnknownIdError
from ocop.model import places
from ocop.model.places import (
    Commune,
    CommuneKind,
    OldProvince,
    Province,
    commune,
    communes,
    find_communes,
    find_old_provinces,
    find_provinces,
    old_province,
    old_provinces,
    province,
    province_since,
    provinces,
)
from ocop.text import Label, match_key, nfc

TODAY: list[Any] = [*provinces(), *communes()]
COMMUNE = st.sampled_from(communes())
PROVINCE = st.sampled_from(provinces())
OLD_PROVINCE = st.sampled_from(old_provinces())
ONE_OF_EACH = [province("01"), old_province("02"), commune("00004")]
every_class = pytest.mark.parametrize("place", ONE_OF_EACH, ids=lambda place: type(place).__name__)


def codes(found: Any) -> list[str]:
    return [each.code for each in found]


# The data


def test_there_are_34_provinces_63_old_ones_and_3321_communes() -> None:
    assert (len(provinces()), len(old_provinces()), len(communes())) == (34, 63, 3321)


@pytest.mark.parametrize("every", [provinces(), old_provinces(), communes()], ids=["provinces", "old", "communes"])
def test_codes_are_unique_and_in_order(every: Any) -> None:
    assert codes(every) == sorted(set(codes(every)))


@pytest.mark.parametrize(
    ("every", "digits"), [(provinces(), 2), (old_provinces(), 2), (communes(), 5)], ids=["provinces", "old", "communes"]
)
def test_codes_are_digits_with_their_leading_zeros(every: Any, digits: int) -> None:
    assert all(re.fullmatch(f"[0-9]{{{digits}}}", code) for code in codes(every))


def test_every_commune_lies_in_a_province_that_there_is() -> None:
    assert {each.province for each in communes()} == set(codes(provinces()))


def test_the_communes_of_the_provinces_are_all_communes() -> None:
    by_province = [each for one in provinces() for each in communes(one.code)]
    assert sorted(by_province, key=lambda each: each.code) == list(communes())
    assert all(each.province == one.code for one in provinces() for each in communes(one.code))


def test_the_communes_of_a_province_are_in_order() -> None:
    assert all(codes(communes(one.code)) == sorted(codes(communes(one.code))) for one in provinces())


def test_every_old_province_went_to_one_of_today_and_every_one_of_today_holds_an_old_one() -> None:
    assert {each.now for each in old_provinces()} == set(codes(provinces()))


def test_a_province_that_kept_its_name_holds_the_old_one() -> None:
    names = {match_key(each.name.vi): each for each in provinces()}
    kept = [each for each in old_provinces() if match_key(each.name.vi) in names]
    assert all(names[match_key(each.name.vi)].code == each.now for each in kept)
    # Thừa Thiên Huế became Huế.
    assert len(kept) == 33


def test_eleven_provinces_hold_one_old_one_each() -> None:
    held = Counter(each.now for each in old_provinces())
    assert [each.name.vi for each in provinces() if held[each.code] == 1] == [
        "Hà Nội", "Cao Bằng", "Điện Biên", "Lai Châu", "Sơn La", "Lạng Sơn",
        "Quảng Ninh", "Thanh Hoá", "Nghệ An", "Hà Tĩnh", "Huế",
    ]  # fmt: skip


def test_the_kinds_of_communes_are_counted() -> None:
    assert Counter(each.kind for each in communes()) == {
        CommuneKind.COMMUNE: 2611,
        CommuneKind.WARD: 697,
        CommuneKind.SPECIAL_ZONE: 13,
    }


def test_a_full_name_is_the_kind_and_the_name() -> None:
    assert all(each.full_name == f"{each.kind.label.vi.capitalize()} {each.name}" for each in communes())
    assert all(each.full_name in (f"Tỉnh {each.name.vi}", f"Thành phố {each.name.vi}") for each in provinces())


def test_every_name_is_in_normal_form_and_has_single_spaces() -> None:
    names = [each.full_name for each in TODAY] + [each.name.vi for each in old_provinces()]
    assert all(nfc(name) == name == " ".join(name.split()) for name in names)


def test_every_english_name_is_plain_ascii() -> None:
    names = [each.name.en for each in provinces()] + [each.name.en for each in old_provinces()]
    assert all(name.isascii() and name for name in names)


def test_no_two_communes_of_a_province_have_one_full_name() -> None:
    counts = Counter((each.province, match_key(each.full_name)) for each in communes())
    assert max(counts.values()) == 1


def test_no_two_provinces_have_one_name() -> None:
    for every in (provinces(), old_provinces()):
        counts = Counter(match_key(name) for each in every for name in {each.name.vi, *each.aliases})
        assert max(counts.values()) == 1


def test_the_new_places_begin_when_the_old_ones_end() -> None:
    assert {each.valid_from for each in TODAY} == {date(2025, 7, 1)}
    assert {each.valid_to for each in TODAY} == {None}
    assert {(each.valid_from, each.valid_to) for each in old_provinces()} == {(date(2008, 8, 1), date(2025, 6, 30))}


@pytest.mark.parametrize("name", ["provinces.json", "old-provinces.json", "communes.json"])
def test_the_data_says_where_it_is_from_and_on_what_terms(name: str) -> None:
    data = places._data(name)  # pyright: ignore[reportPrivateUsage]
    assert data["source"]
    assert data["licence"] == "MIT"


# By code


@given(PROVINCE)
def test_a_province_is_found_by_its_code(one: Province) -> None:
    assert province(one.code) is one


@given(COMMUNE)
def test_a_commune_is_found_by_its_code(one: Commune) -> None:
    assert commune(one.code) is one


@given(OLD_PROVINCE)
def test_an_old_province_is_found_by_its_code(one: OldProvince) -> None:
    assert old_province(one.code) is one
    assert province_since(one.code) is province(one.now)


@pytest.mark.parametrize(
    ("old", "now"),
    [("74", "79"), ("77", "79"), ("46", "46"), ("95", "96"), ("30", "31"), ("17", "25"), ("75", "75"), ("70", "75")],
)
def test_an_old_province_leads_to_the_one_that_holds_it(old: str, now: str) -> None:
    assert province_since(old).code == now


def test_one_code_may_be_of_two_provinces() -> None:
    assert (old_province("24").name.vi, province("24").name.vi) == ("Bắc Giang", "Bắc Ninh")


def test_a_province_of_an_old_code_is_hinted_at() -> None:
    with pytest.raises(UnknownIdError) as caught:
        province("74")
    assert str(caught.value) == "there is no province '74'; did you mean '79'?"


@pytest.mark.parametrize(
    ("look_up", "code", "message"),
    [
        (province, "1", "there is no province '1'; did you mean '01'?"),
        (province, "05", "there is no province '05'; did you mean '04'?"),
        (province, "00", "there is no province '00'; did you mean '01'?"),
        (province, "x", "there is no province 'x'"),
        (province, "100", "there is no province '100'"),
        (province, "1٣", "there is no province '1٣'"),
        (commune, "4", "there is no commune '4'; did you mean '00004'?"),
        (commune, "24780", "there is no commune '24780'; did you mean '24781'?"),
        (commune, "99999", "there is no commune '99999'"),
        (old_province, "2", "there is no province before July 2025 '2'; did you mean '02'?"),
        (province_since, "03", "there is no province before July 2025 '03'; did you mean '02'?"),
        (communes, "74", "there is no province '74'; did you mean '79'?"),
        (lambda code: find_communes("Tân An", code), "74", "there is no province '74'; did you mean '79'?"),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest(look_up: Any, code: str, message: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        look_up(code)
    assert str(caught.value) == message


@pytest.mark.parametrize(("look_up", "code"), [(province, "01"), (commune, "00004"), (old_province, "01")])
def test_a_number_is_no_code(look_up: Any, code: str) -> None:
    with pytest.raises(UnknownIdError) as caught:
        look_up(int(code))
    assert caught.value.hint == code


# By name


def test_the_tone_mark_may_stand_where_it_stood() -> None:
    assert [each.full_name for each in find_communes("Phú Thủy")] == ["Phường Phú Thuỷ"]


def test_every_commune_is_found_by_its_names() -> None:
    for one in communes():
        assert one in find_communes(one.name)
        assert one in find_communes(one.name, one.province)
        assert find_communes(one.full_name, one.province) == (one,)


@given(COMMUNE)
def test_a_commune_is_found_by_its_name_in_other_forms(one: Commune) -> None:
    assert one in find_communes(unicodedata.normalize("NFD", one.full_name.upper()) + " ")


def test_all_communes_of_a_name_are_candidates() -> None:
    expected: dict[str, list[Commune]] = {}
    for each in communes():
        expected.setdefault(match_key(each.name), []).append(each)
    assert all(list(find_communes(name)) == found for name, found in expected.items())


@given(COMMUNE)
def test_a_kind_in_front_is_held_to(one: Commune) -> None:
    assert {each.kind for each in find_communes(one.full_name)} == {one.kind}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Phường Tân An", ["07682", "24163", "27712", "31147"]),
        ("P. Tân An", ["07682", "24163", "27712", "31147"]),
        ("p.Tân An", ["07682", "24163", "27712", "31147"]),
        ("xã Tân An", ["02320", "11167", "17305", "26179", "29278", "30388"]),
        ("X. Tân An", ["02320", "11167", "17305", "26179", "29278", "30388"]),
        ("đặc khu Côn Đảo", ["26732"]),
        ("xã Côn Đảo", []),
        ("Côn Đảo", ["26732"]),
        ("Phường Xuân Hương-Đà Lạt", ["24781"]),
        ("Xuân Hương Đà Lạt", ["24781"]),
        ("ea h’leo", ["24184"]),
        ("Phường 1 Bảo Lộc", ["24823"]),
        ("Đà Lạt", []),
        ("Hà Nội", []),
        ("", []),
    ],
)
def test_communes_are_found_by_name(name: str, expected: list[str]) -> None:
    assert codes(find_communes(name)) == expected


def test_a_name_is_looked_for_in_one_province() -> None:
    assert codes(find_communes("Tân An", "80")) == ["27712"]
    assert codes(find_communes("Tân An", "01")) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Xa Bac Son", ["06325"]),
        ("xã Bac Son", ["06325"]),
        ("X. Bac Son", ["06325"]),
        ("dac khu con dao", ["26732"]),
        ("Con Dao", ["26732"]),
        ("Tấn Ân", []),
        ("Côn Dao", []),
    ],
)
def test_a_name_without_any_accent_is_found_where_no_other_is(name: str, expected: list[str]) -> None:
    assert codes(find_communes(name)) == expected


@given(COMMUNE)
def test_a_commune_is_found_without_accents_unless_another_has_that_name(one: Commune) -> None:
    bare = unicodedata.normalize("NFD", one.name.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    found = find_communes(bare, one.province)
    assert one in found or any(match_key(each.name) == match_key(bare) for each in found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hà Nội", ["01"]),
        ("hanoi", ["01"]),
        ("ha noi", ["01"]),
        ("Thanh Hóa", ["38"]),
        ("Tỉnh Thanh Hoá", ["38"]),
        ("thành phố Thanh Hoá", ["38"]),
        ("thanh pho thanh hoa", ["38"]),
        ("tinh Thanh Hoa", ["38"]),
        ("TP. Hồ Chí Minh", ["79"]),
        ("TP.HCM", ["79"]),
        ("TPHCM", ["79"]),
        ("tp Hồ Chí Minh", ["79"]),
        ("T. An Giang", ["91"]),
        ("Bình Dương", []),
        ("Phường Ba Đình", []),
    ],
)
def test_provinces_are_found_by_name(name: str, expected: list[str]) -> None:
    assert codes(find_provinces(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bình Dương", ["79"]),
        ("tỉnh Hòa Bình", ["25"]),
        ("Hoà Bình", ["25"]),
        ("Bà Rịa-Vũng Tàu", ["79"]),
        ("ba ria vung tau", ["79"]),
        ("Thừa Thiên - Huế", ["46"]),
        ("TP Huế", ["46"]),
        ("Sài Gòn", []),
    ],
)
def test_old_provinces_are_found_by_name(name: str, expected: list[str]) -> None:
    assert [each.now for each in find_old_provinces(name)] == expected


@given(PROVINCE)
def test_a_province_is_found_by_all_its_names(one: Province) -> None:
    assert all(find_provinces(name) == (one,) for name in (one.full_name, one.name.vi, one.name.en, *one.aliases))


@given(OLD_PROVINCE)
def test_an_old_province_is_found_by_all_its_names(one: OldProvince) -> None:
    assert all(find_old_provinces(name) == (one,) for name in (one.name.vi, one.name.en, *one.aliases))


@given(st.text(max_size=20))
def test_any_text_may_be_looked_for(name: str) -> None:
    assert codes(find_communes(name)) == sorted(codes(find_communes(name)))
    assert len(find_provinces(name)) < 2
    assert len(find_old_provinces(name)) < 2


# The classes


def test_a_kind_has_its_name_in_both_languages() -> None:
    assert [kind.label for kind in CommuneKind] == [
        Label("phường", "ward"),
        Label("xã", "commune"),
        Label("đặc khu", "special zone"),
    ]


@every_class
def test_a_place_cannot_be_changed_and_can_be_hashed_and_pickled(place: Any) -> None:
    with pytest.raises(FrozenInstanceError):
        place.code = "99"
    assert {place: 1}[pickle.loads(pickle.dumps(place))] == 1  # noqa: S301


@every_class
def test_a_place_comes_back_from_json(place: Any) -> None:
    assert structured(make_converter(), plain(place), type(place)) == place


# The loading


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_is_read_before_the_first_call() -> None:
    code = (
        "import builtins; real = builtins.open; opened = []\n"
        "def spy(name, *a, **k): opened.append(str(name)); return real(name, *a, **k)\n"
        "builtins.open = spy\n"
        "import ocop, ocop.model.places as places\n"
        "before = [name for name in opened if name.endswith('.json')]\n"
        "places.province('01')\n"
        "after = [name for name in opened if name.endswith('.json')]\n"
        "print(len(before), len(after), 'communes' in str(after))"
    )
    assert run(code) == "0 1 False"


def test_places_are_read_once() -> None:
    assert communes() == communes()
    assert communes()[0] is communes()[0]


def test_the_places_are_read_quickly() -> None:
    # In a process of its own, which no coverage slows down, and by the time that process had; the machine may be busy.
    code = (
        "import time; import ocop.model.places as places; taken = []\n"
        "for _ in range(7):\n"
        "    for each in (places._provinces, places._old_provinces, places._communes, places._communes_by_province):\n"
        "        each.cache_clear()\n"
        "    start = time.process_time()\n"
        "    places.provinces(), places.old_provinces(), places.communes()\n"
        "    taken.append(time.process_time() - start)\n"
        "print(min(taken))"
    )
    assert float(run(code)) < 0.030
