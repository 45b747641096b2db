"""Criteria sets, editions, and sets of one's own: what can be wrong there, by code."""

from typing import Final

from ocop.messages.table import table

EDITIONS: Final = table(
    # A criteria set
    set_id_wrong=(
        "Mã bộ tiêu chí phải là đợt ban hành đã biết, dấu gạch chéo, rồi tên: {set}",
        "A set's id must be a known edition, a slash and a name: {set}",
    ),
    set_parts_differ=(
        "Các phần không khớp với quyết định {edition}",
        "The parts do not agree with the edition {edition}",
    ),
    set_sum_wrong=(
        "Mục {code} có điểm tối đa khác tổng các mục bên dưới",
        "The maximum of {code} is not the sum of what is below it",
    ),
    set_max_wrong=(
        "Tiêu chí {code} có điểm tối đa khác điểm của phương án cao nhất",
        "The maximum of criterion {code} is not that of its best option",
    ),
    set_code_repeated=("Mã {code} được dùng hai lần", "The code {code} is used twice"),
    set_slug_repeated=("Hai tiêu chí cùng tên {slug}", "Two criteria are named {slug}"),
    set_letters_wrong=(
        "Các phương án của {code} phải mang chữ a, b, c… theo thứ tự",
        "The options of {code} must be lettered a, b, c… in order",
    ),
    set_option_repeated=(
        "Tiêu chí {code} có hai phương án cùng tên {slug}",
        "Criterion {code} has two options named {slug}",
    ),
    set_points_fall=(
        "Điểm các phương án của {code} không tăng dần",
        "The points of the options of {code} do not ascend",
    ),
    set_minimums_fall=(
        "Yêu cầu tối thiểu của {code} không tăng dần theo hạng sao",
        "The star minimums of {code} do not ascend",
    ),
    set_minimum_lowest=(
        "Yêu cầu tối thiểu của {code} đặt ở hạng thấp nhất hoặc hạng không có",
        "A minimum of {code} is set for the lowest star, or one that the edition lacks",
    ),
    set_case_alone=(
        "Tiêu chí {code} phải chia hết phương án vào ít nhất hai trường hợp",
        "Criterion {code} must put all its options into at least two cases",
    ),
    set_case_rule_missing=(
        "Tiêu chí {code} có các trường hợp nhưng thiếu quy tắc chọn một trường hợp",
        "Criterion {code} has cases, and no rule says to choose one",
    ),
    set_rule_target=(
        "Quy tắc nhắc đến tiêu chí {code} không có trong bộ",
        "A rule names the criterion {code}, which the set lacks",
    ),
    set_rule_incomplete=(
        "Quy tắc {effect} thiếu hoặc thừa khóa {key}",
        "A rule of effect {effect} lacks the key {key}, or must not have it",
    ),
    set_rule_repeated=("Quy tắc này được ghi hai lần", "This rule is listed twice"),
    set_rule_circle=(
        "Các tiêu chí phụ thuộc nhau thành vòng: {code}",
        "Criteria depend on one another in a circle: {code}",
    ),
    set_erratum_wrong=(
        "Lỗi in ghi cho {code} không khớp với bộ tiêu chí",
        "The erratum of {code} does not agree with the set",
    ),
    set_note_target=(
        "Ghi chú nhắc đến tiêu chí {code} không có trong bộ",
        "A note names the criterion {code}, which the set lacks",
    ),
    label_missing=("Thiếu nhãn {lang} cho {key}", "The {lang} label of {key} is missing"),
    label_too_long=(
        "Nhãn {lang} của {key} dài quá 160 ký tự",
        "The {lang} label of {key} is over 160 characters",
    ),
    # An edition
    edition_bands_wrong=(
        "Các khung sao phải tăng dần, bắt đầu từ 0 điểm và không vượt điểm tối đa",
        "The bands must ascend, start at 0 points and stay within the maximum",
    ),
    edition_parts_wrong=(
        "Tổng điểm các phần khác điểm tối đa",
        "The parts do not add up to the maximum",
    ),
    edition_set_repeated=(
        "Bộ tiêu chí {name} được ghi hai lần",
        "The set {name} is registered twice",
    ),
    edition_dates_wrong=(
        "Ngày hết hiệu lực đứng trước ngày có hiệu lực",
        "The edition ends before it begins",
    ),
    edition_amendments_wrong=(
        "Ngày có hiệu lực của quyết định sửa đổi đứng trước ngày trước đó hoặc nằm ngoài thời gian hiệu lực",
        "The amending decision is dated before the one above it, or outside the days of the edition",
    ),
    edition_name_unsafe=(
        "Tên chỉ được gồm chữ thường không dấu a–z, chữ số và dấu gạch nối",
        "A name may have only the small letters a–z, digits and hyphens",
    ),
    # An edition's folder
    edition_id_taken=("Danh mục đã có đợt ban hành {edition}", "The catalog has an edition {edition} already"),
    edition_dates_overlap=(
        "Đợt {edition} của cùng chương trình {programme} cũng có hiệu lực lúc đó; ghi nó vào overlaps nếu đúng ý",
        "{edition}, of the same programme {programme}, is in force on the same days; list it in overlaps if so meant",
    ),
    edition_set_file_missing=(
        "Bộ tiêu chí {name} được ghi trong edition.json nhưng không có tệp",
        "The set {name} stands in edition.json and has no file",
    ),
    edition_set_file_extra=(
        "Tệp này không thuộc bộ tiêu chí nào ghi trong edition.json",
        "This file is of no set that stands in edition.json",
    ),
    set_number_differs=(
        "Số của bộ tiêu chí khác số ghi trong edition.json",
        "The set's number is not the one in edition.json",
    ),
    # An amendment of a set
    amendment_base_wrong=("Sửa đổi này không phải của bộ {set}", "This is not an amendment of the set {set}"),
    amendment_digest_differs=(
        "Bộ gốc {set} đã khác với khi viết sửa đổi này",
        "The base set {set} is not what it was when this was written",
    ),
    amendment_id_taken=("Bộ được sửa đổi phải có mã riêng", "The amended set needs an id of its own"),
    amendment_target_unknown=("Bộ gốc {set} không có {target}", "The base set {set} has no {target}"),
    amendment_circle=(
        "Các bộ tiêu chí sửa đổi lẫn nhau thành vòng: {circle}",
        "Sets amend one another in a circle: {circle}",
    ),
    # The tie of facts to choices
    tie_criterion_unknown=(
        "Không bộ tiêu chí nào của quyết định có tiêu chí này",
        "No set of the edition has such a criterion",
    ),
    tie_option_unknown=(
        "Tiêu chí {criterion} không có phương án này ở bộ nào",
        "The criterion {criterion} has no such option in any set",
    ),
    tie_options_differ=(
        "Các phương án của {criterion} không phải là của bộ tiêu chí, theo thứ tự từ cao xuống thấp",
        "The options of {criterion} are not those of a set that prints it, the best first",
    ),
    tie_fact_unknown=("Không có dữ kiện này", "There is no such fact"),
    tie_comparison_missing=(
        "Điều kiện về {fact} không so sánh với gì",
        "The condition on {fact} compares it with nothing",
    ),
    tie_comparison_unknown=(
        "Dữ kiện {fact} không so sánh được theo cách này",
        "The fact {fact} cannot be compared in this way",
    ),
    tie_value_unknown=("Dữ kiện {fact} không có giá trị này", "The fact {fact} has no such value"),
)
