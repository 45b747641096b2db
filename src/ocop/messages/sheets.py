"""Files, documents, score sheets, councils and scores: what can be wrong there, by code."""

from typing import Final

from ocop.messages.table import table

SHEETS: Final = table(
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
    json_many_problems=(
        "Có nhiều hơn {limit} lỗi; các lỗi sau không được nêu",
        "There are more than {limit} problems; the further ones are not told",
    ),
    json_not_utf8=(
        "Dữ liệu không phải UTF-8 (từ byte thứ {position}); hãy lưu lại bằng UTF-8",
        "The input is not UTF-8 (from byte {position} on); save it as UTF-8",
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
    # A council
    council_practice=(
        "Phiếu chấm thử không được dùng trong hội đồng, trừ khi cho phép rõ ràng (allow_practice)",
        "A practice sheet is no part of a council, unless that is allowed on purpose (allow_practice)",
    ),
    council_empty=("Hội đồng không có phiếu nào", "The council has no sheet"),
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
)
