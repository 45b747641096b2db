"""Every sentence a problem can say, by its stable code, in Vietnamese and English.

The codes are public: programs may rely on them. The sentences may be improved at any time.
"""

from collections.abc import Mapping
from typing import Final

from ocop.text import Label


def _table(**rows: tuple[str, str]) -> Mapping[str, Label]:
    return {name.replace("_", "-"): Label(vi, en) for name, (vi, en) in rows.items()}


PHRASES: Final = _table(
    expected=("Cần: {}.", "Expected: {}."),
    got=("Nhận được: {}.", "Got: {}."),
    hint=("Có phải ý bạn là {}?", "Did you mean {}?"),
    no_problem=("không có vấn đề nào", "no problems"),
    one_problem=("có 1 vấn đề", "1 problem"),
    problems=("có {} vấn đề", "{} problems"),
    more=("và {} vấn đề cùng loại", "and {} more of this kind"),
)

MESSAGES: Final = _table(
    # The file and its bytes
    file_not_found=("Không tìm thấy tệp {name}", "There is no file {name}"),
    file_is_folder=("{name} là thư mục, không phải tệp", "{name} is a folder, not a file"),
    file_unreadable=("Không đọc được tệp {name}: {reason}", "The file {name} cannot be read: {reason}"),
    file_is_link=(
        "{name} là liên kết tượng trưng, không được theo",
        "{name} is a symbolic link, which is not followed",
    ),
    folder_not_found=("Không tìm thấy thư mục {name}", "There is no folder {name}"),
    folder_too_large=(
        "Các tệp trong thư mục lớn hơn giới hạn {limit} byte",
        "The files in the folder are larger than the limit of {limit} bytes",
    ),
    json_empty=("Dữ liệu rỗng", "The input is empty"),
    json_too_large=(
        "Dữ liệu lớn hơn giới hạn {limit} byte",
        "The input is larger than the limit of {limit} bytes",
    ),
    json_not_utf8=(
        "Dữ liệu không phải UTF-8 (từ byte thứ {position})",
        "The input is not UTF-8 (from byte {position} on)",
    ),
    json_utf16=(
        "Dữ liệu mã hóa UTF-16 hoặc UTF-32 (từ byte thứ 0); hãy lưu lại bằng UTF-8",
        "The input is encoded as UTF-16 or UTF-32 (from byte 0 on); save it as UTF-8",
    ),
    json_nul=(
        "Ký tự NUL không được phép (dòng {line}, cột {column})",
        "A NUL character is not allowed (line {line}, column {column})",
    ),
    json_surrogate=(
        "Nửa cặp ký tự thay thế Unicode không được phép (dòng {line}, cột {column})",
        "A lone Unicode surrogate is not allowed (line {line}, column {column})",
    ),
    json_syntax=(
        "Sai cú pháp JSON (dòng {line}, cột {column})",
        "This is not valid JSON (line {line}, column {column})",
    ),
    json_duplicate_key=(
        "Khóa {key} xuất hiện hai lần trong một đối tượng (dòng {line}, cột {column})",
        "The key {key} comes twice in one object (line {line}, column {column})",
    ),
    json_not_a_number=(
        "NaN và Infinity không phải là số JSON (dòng {line}, cột {column})",
        "NaN and Infinity are not JSON numbers (line {line}, column {column})",
    ),
    json_long_number=(
        "Số có hơn 15 chữ số (dòng {line}, cột {column})",
        "A number has more than 15 digits (line {line}, column {column})",
    ),
    json_number_range=(
        "Số quá lớn hoặc quá nhỏ (dòng {line}, cột {column})",
        "A number is too large or too small (line {line}, column {column})",
    ),
    json_many_marks=(
        "Quá nhiều dấu kết hợp liền nhau (dòng {line}, cột {column})",
        "Too many combining marks in a row (line {line}, column {column})",
    ),
    json_too_deep=(
        "Dữ liệu lồng nhau quá {limit} tầng (dòng {line}, cột {column})",
        "The input is nested more than {limit} levels deep (line {line}, column {column})",
    ),
    # The form of a document
    document_not_object=("Tài liệu phải là một đối tượng JSON", "A document must be a JSON object"),
    kind_missing=("Tài liệu không ghi loại (kind)", "The document does not say its kind"),
    kind_unknown=("Loại tài liệu này không có", "There is no such kind of document"),
    kind_not_scored=("Loại tài liệu này không chấm điểm được", "This kind of document cannot be scored"),
    key_missing=("Thiếu khóa {key}", "The key {key} is missing"),
    key_unknown=("Khóa {key} không có trong loại tài liệu này", "This kind of document has no key {key}"),
    value_not_json=("Giá trị không thể viết thành JSON", "The value cannot be written as JSON"),
    value_not_integer=("Giá trị phải là số nguyên", "The value must be an integer"),
    value_not_text=("Giá trị phải là văn bản", "The value must be text"),
    value_not_list=("Giá trị phải là danh sách", "The value must be a list"),
    value_not_object=("Giá trị phải là đối tượng", "The value must be an object"),
    value_wrong_type=("Sai kiểu dữ liệu", "The value has the wrong type"),
    value_not_allowed=("Giá trị không được phép", "The value is not allowed"),
    value_out_of_range=("Giá trị nằm ngoài giới hạn", "The value is out of range"),
    value_bad_form=("Giá trị không đúng dạng quy định", "The value does not have the required form"),
    list_too_short=("Danh sách có quá ít phần tử", "The list has too few items"),
    # A score sheet
    set_unknown=("Không có bộ tiêu chí này", "There is no such criteria set"),
    criterion_missing=(
        "Thiếu tiêu chí {criterion}; ghi null nếu không đáp ứng phương án nào",
        "Criterion {criterion} is missing; write null if no option is met",
    ),
    criterion_unknown=("Bộ tiêu chí {set} không có tiêu chí này", "The set {set} has no such criterion"),
    choice_empty=(
        "Tiêu chí {criterion} chưa được chấm; ghi null nếu không đáp ứng phương án nào",
        "Criterion {criterion} is not filled in yet; write null if no option is met",
    ),
    choice_not_a_letter=(
        "Lựa chọn ở tiêu chí {criterion} phải là chữ cái của phương án",
        "The choice for criterion {criterion} must be an option's letter",
    ),
    option_unknown=(
        "Tiêu chí {criterion} không có phương án này",
        "Criterion {criterion} has no such option",
    ),
    choice_not_a_list=(
        "Tiêu chí {criterion} cộng điểm các ô được chọn: cần danh sách chữ cái, hoặc null",
        "In criterion {criterion} ticks add up: a list of letters is needed, or null",
    ),
    tick_repeated=(
        "Một ô của tiêu chí {criterion} được chọn hai lần",
        "A box of criterion {criterion} is ticked twice",
    ),
    set_incomplete=(
        "Bộ tiêu chí này không đầy đủ; muốn chấm để tham khảo, phải cho phép rõ ràng (allow_incomplete)",
        "This criteria set is not complete; to score by it for reference, allow that on purpose (allow_incomplete)",
    ),
    several_options=(
        "Tiêu chí {criterion} chỉ nhận một phương án",
        "Criterion {criterion} takes a single option",
    ),
    both_cases=(
        "Tiêu chí {criterion} chọn phương án của cả hai trường hợp; chỉ được theo một trường hợp",
        "Criterion {criterion} has options of both cases; only one case may be followed",
    ),
    depends_on_criterion=(
        "Tiêu chí {criterion} chỉ được tính điểm khi tiêu chí {other} có điểm ({cause})",
        "Criterion {criterion} can only earn points when criterion {other} does ({cause})",
    ),
    finding_unknown=("Bộ tiêu chí {set} không có kết luận này", "The set {set} knows no such finding"),
    finding_repeated=("Kết luận này được ghi hai lần", "This finding is listed twice"),
    # A council
    council_empty=("Hội đồng không có phiếu nào", "The council has no sheet"),
    # A table with a column for each criterion
    column_missing=("Bảng không có cột {name}", "The table has no column {name}"),
    column_repeated=("Bảng có nhiều cột cùng tên {name}", "The table has several columns named {name}"),
    column_floats=(
        "Cột tiêu chí {criterion} là số thực; hãy ghi chữ cái, hoặc dùng kiểu số nguyên có ô trống (pandas: Int64)",
        "The column of criterion {criterion} holds floats; use letters, or integers with empty cells (pandas: Int64)",
    ),
    column_more=(
        "Cột tiêu chí {criterion} còn {count} dòng sai nữa",
        "The column of criterion {criterion} has {count} more wrong rows",
    ),
    council_criteria_set=("Các phiếu dùng bộ tiêu chí khác nhau", "The sheets are by different criteria sets"),
    council_product=("Các phiếu chấm sản phẩm khác nhau", "The sheets are for different products"),
    council_evaluator_missing=("Phiếu không ghi người chấm", "The sheet does not say who scored"),
    council_evaluator_twice=("Một người chấm hai phiếu", "One evaluator has two sheets"),
    council_evaluator_unknown=(
        "Người chấm không phải thành viên hội đồng",
        "The evaluator is no member of the council",
    ),
    council_chair_unknown=("Chủ tịch không phải thành viên hội đồng", "The chair is no member of the council"),
    council_member_twice=("Một thành viên được ghi hai lần", "A member is listed twice"),
    # A score
    score_differs=(
        "Chấm lại phiếu này cho kết quả khác ở mục {field}",
        "Scoring the sheet again gives another {field}",
    ),
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
)


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
