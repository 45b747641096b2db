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
    one_note=("1 lưu ý", "1 note"),
    notes=("{} lưu ý", "{} notes"),
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
    # Tax ids and barcodes
    tax_id_form=(
        "Mã số thuế gồm 10 chữ số, 13 nếu là đơn vị phụ thuộc, hoặc 12 nếu là số định danh cá nhân",
        "A tax id has 10 digits, 13 for a branch, or the 12 of a personal number",
    ),
    tax_id_personal=(
        "Chỉ hộ có đăng ký kinh doanh và trang trại dùng số định danh cá nhân làm mã số thuế; đây là {form}",
        "Only registered households and farms have a personal number for their tax id; the legal form here: {form}",
    ),
    tax_id_check_digit=("Chữ số kiểm tra của mã số thuế sai", "The check digit of the tax id is wrong"),
    gtin_form=("Mã vạch GTIN gồm 8, 12, 13 hoặc 14 chữ số", "A GTIN has 8, 12, 13 or 14 digits"),
    gtin_check_digit=("Chữ số kiểm tra của mã vạch sai", "The check digit of the barcode is wrong"),
    check_digit_not_checked=(
        "Chữ số kiểm tra chưa được kiểm tra; hãy cài đặt ocop[ids]",
        "The check digit was not checked; install ocop[ids] for that",
    ),
    # A subject
    text_empty=("Mục này để trống", "This is empty"),
    commune_unknown=("Không có xã, phường nào mang mã này", "There is no commune with this code"),
    registration_missing=("Thiếu đăng ký kinh doanh", "The business registration is missing"),
    workforce_local=(
        "Số lao động địa phương lớn hơn tổng số lao động",
        "More people are local than work there",
    ),
    workforce_insured=(
        "Số lao động được đóng bảo hiểm lớn hơn tổng số lao động",
        "More people are insured than work there",
    ),
    workforce_trained=(
        "Số lao động qua đào tạo lớn hơn tổng số lao động",
        "More people are trained than work there",
    ),
    profit_year=("Lợi nhuận phải ghi theo năm", "Profits are listed by year"),
    local_capital_form=(
        "Chỉ công ty cổ phần ghi phần vốn góp của cộng đồng địa phương; đây là {form}",
        "Only a joint-stock company has a share of local capital; the legal form here: {form}",
    ),
    local_capital_range=(
        "Phần vốn góp của cộng đồng địa phương phải từ 0 đến 1",
        "The share of local capital must be from 0 to 1",
    ),
    rating_form=(
        "Chỉ hợp tác xã được xếp loại; đây là {form}",
        "Only a cooperative is classified; the legal form here: {form}",
    ),
    legal_form_not_eligible=(
        "Chủ thể là {form} không tham gia nhóm {group} (Điều {article}, Quyết định {decision})",
        "A subject of the form {form} may not enter the group {group} (Article {article}, Decision {decision})",
    ),
    # A product idea
    step_impossible=(
        "Không thể có bước này khi đang ở trạng thái {state}",
        "This step is impossible in the state: {state}",
    ),
    step_too_early=("Bước này trước ngày của bước liền trước", "This step is before the day of the one before it"),
    step_reason_missing=(
        "Trả lại tác giả phải nêu lý do",
        "What is returned to its author needs a reason",
    ),
    step_star=("Chỉ bước đánh giá có hạng sao", "Only an evaluation has a star"),
    cycle_same_year=(
        "Chu trình năm {year} đã bắt đầu; chu trình sau bắt đầu từ năm kế tiếp",
        "The cycle of {year} has begun; the next one begins in a later year",
    ),
    # A product and its code
    product_code_province=("Không có tỉnh nào mang mã {code}", "There is no province with the code {code}"),
    product_code_old_province=(
        "Trước tháng 7/2025 không có tỉnh nào mang mã {code}",
        "Before July 2025 there was no province with the code {code}",
    ),
    product_code_commune=("Không có xã nào mang mã {code}", "There is no commune with the code {code}"),
    product_code_commune_elsewhere=(
        "{commune} thuộc {holder}, không thuộc {other}",
        "{commune} is in {holder}, not in {other}",
    ),
    product_code_four_parts=(
        "Mã bốn phần chỉ có từ năm {year}, khi bỏ cấp huyện",
        "Codes have had four parts only since {year}, when districts ended",
    ),
    product_code_five_parts=(
        "Mã năm phần chỉ có đến năm {year}, khi còn cấp huyện",
        "Codes had five parts only until {year}, while there were districts",
    ),
    product_code_number=("Số thứ tự trong mã bắt đầu từ 1", "The running number of a code starts at 1"),
    product_place_differs=(
        "Mã sản phẩm ghi {said}, còn sản phẩm của {place}",
        "The product code names {said}, and the product is from {place}",
    ),
    barcode_repeated=("Mã vạch này được ghi hai lần", "This barcode is listed twice"),
    protection_repeated=("Văn bằng này được ghi hai lần", "This protection is listed twice"),
    expires_before_issued=("Ngày hết hạn đứng trước ngày cấp", "It expires before it was issued"),
    # A dossier
    dossier_rules_missing=(
        "Dữ liệu của quyết định này chưa có quy định về hồ sơ",
        "The data of this edition has no rules on dossiers",
    ),
    dossier_kind_unknown=("Quyết định này không có loại hồ sơ đó", "The edition has no such kind of dossier"),
    medium_missing=(
        "Hồ sơ chưa ghi là bản điện tử hay bản giấy; cần ít nhất một trong hai ({article})",
        "The dossier is neither electronic nor on paper; one of them is needed ({article})",
    ),
    dossier_registration_missing=(
        "Thiếu phiếu đăng ký (mẫu {form}; {article})",
        "The registration form is missing (form {form}; {article})",
    ),
    dossier_self_assessment_missing=(
        "Thiếu báo cáo tự đánh giá (mẫu {form}; {article})",
        "The self-assessment is missing (form {form}; {article})",
    ),
    dossier_commune_report_missing=(
        "Thiếu báo cáo của cấp xã (mẫu {form}; {article})",
        "The commune's report is missing (form {form}; {article})",
    ),
    form_unsigned=("Mẫu {form} chưa ghi ngày ký ({annex})", "Form {form} has no day of signing ({annex})"),
    self_assessment_other_set=(
        "Tự đánh giá theo bộ tiêu chí khác với hồ sơ",
        "The self-assessment is by another criteria set than the dossier",
    ),
    proposal_missing=(
        "Thiếu số văn bản đề nghị của cấp xã ({article})",
        "The number of the commune's proposal is missing ({article})",
    ),
    commune_point_missing=(
        "Báo cáo của cấp xã thiếu nội dung: {point} ({article})",
        "The commune's report lacks the point: {point} ({article})",
    ),
    commune_point_unknown=(
        "Báo cáo của cấp xã không có nội dung này",
        "The commune's report has no such point",
    ),
    samples_missing=("Thiếu sản phẩm mẫu ({article})", "The sample products are missing ({article})"),
    samples_too_few=("Chưa đủ sản phẩm mẫu ({article})", "There are too few sample products ({article})"),
    evidence_missing=("Thiếu minh chứng: {evidence} ({annex})", "Evidence is missing: {evidence} ({annex})"),
    evidence_missing_for_claim=(
        "Tự đánh giá {claims} nhưng thiếu minh chứng: {evidence} ({annex})",
        "The self-assessment claims {claims}, and the evidence is missing: {evidence} ({annex})",
    ),
    evidence_unknown=("Không có loại minh chứng này", "There is no such kind of evidence"),
    evidence_undated=(
        "Minh chứng chưa ghi ngày cấp: {evidence} ({annex})",
        "The evidence has no day of issue: {evidence} ({annex})",
    ),
    evidence_term_missing=(
        "Minh chứng chưa ghi ngày hết hạn, cũng chưa ghi là không thời hạn: {evidence} ({annex})",
        "The evidence states neither a last day nor that it has none: {evidence} ({annex})",
    ),
    evidence_term_contradicts=(
        "Minh chứng vừa ghi không thời hạn vừa ghi ngày hết hạn: {evidence}",
        "The evidence states a last day and that it has none: {evidence}",
    ),
    evidence_days_reversed=(
        "Minh chứng hết hạn trước ngày cấp: {evidence}",
        "The evidence ends before it was issued: {evidence}",
    ),
    evidence_expired=(
        "Minh chứng đã hết hạn: {evidence} ({article})",
        "The evidence has expired: {evidence} ({article})",
    ),
    evidence_expires_before_round=(
        "Minh chứng sẽ hết hạn trước đợt đánh giá: {evidence} ({article})",
        "The evidence will expire before the evaluation round: {evidence} ({article})",
    ),
    evidence_not_refreshed=(
        "Hồ sơ đánh giá lại phải thay minh chứng có từ trước lần công nhận: {evidence} ({article})",
        "A re-evaluation must replace evidence from before the recognition: {evidence} ({article})",
    ),
    previous_certificate_missing=(
        "Hồ sơ {kind} phải ghi giấy chứng nhận đã được cấp ({article})",
        "This dossier ({kind}) must name the certificate it starts from ({article})",
    ),
    recognition_day_missing=(
        "Hồ sơ {kind} phải ghi ngày cấp giấy chứng nhận trước ({article})",
        "This dossier ({kind}) must give the day of the earlier certificate ({article})",
    ),
    previous_recognition_unexpected=(
        "Hồ sơ {kind} không đi từ giấy chứng nhận nào trước đó ({article})",
        "This dossier ({kind}) starts from no earlier certificate ({article})",
    ),
    changes_missing=(
        "Hồ sơ nâng hạng phải nêu thay đổi kể từ khi được công nhận ({article})",
        "An upgrade must show what changed since the recognition ({article})",
    ),
    update_missing=(
        "Hồ sơ đánh giá lại phải cập nhật: {update} ({article})",
        "A re-evaluation must bring up to date: {update} ({article})",
    ),
    update_unknown=("Không có nội dung cập nhật này", "There is no such update"),
    before_recognition=(
        "Ngày này trước ngày cấp giấy chứng nhận trước",
        "This day is before that of the earlier certificate",
    ),
    day_in_future=("Ngày này chưa tới", "This day is still to come"),
    # The procedure of a dossier, and its certificate
    case_start_wrong=("Bước đầu tiên phải là nộp hồ sơ", "The first step must be the handing in of the dossier"),
    case_step_impossible=(
        "Hồ sơ đang ở trạng thái “{state}” không có bước này",
        "A dossier in the state “{state}” cannot take this step",
    ),
    case_state_wrong=("Bước “{event}” dẫn đến trạng thái khác", "The step “{event}” leads to another state"),
    case_dates_backwards=("Bước này đứng trước ngày của bước trước", "The step is dated before the one it follows"),
    handed_in_later=("Hồ sơ nộp sau ngày đang xét", "The dossier was handed in after the day in question"),
    transition_none=(
        "Hồ sơ ({kind}) nộp trước ngày {since} không được Quyết định {decision} quy định chuyển tiếp; hãy nộp lại",
        "Decision {decision} has no transition for a dossier ({kind}) handed in before {since}; hand it in again",
    ),
    transition_over=(
        (
            "Hồ sơ ({kind}) nộp trước ngày {since} chỉ theo Quyết định {old} đến hết ngày {until} (Điều {article}); "
            "hãy cập nhật và nộp lại theo Quyết định {decision}"
        ),
        (
            "A dossier ({kind}) handed in before {since} goes by Decision {old} only until {until} "
            "(Article {article}); update it and hand it in again by Decision {decision}"
        ),
    ),
    calendar_year_not_covered=(
        "Lịch nghỉ lễ không có năm {year}",
        "The calendar of holidays does not cover the year {year}",
    ),
    calendar_without_working_days=(
        "Lịch {calendar} không có ngày làm việc nào trong 60 ngày đến {day}",
        "The calendar {calendar} has no working day in the 60 days up to {day}",
    ),
    certificate_edition_unknown=("Không có thủ tục của đợt ban hành này", "There is no procedure of this edition"),
    certificate_star_not_certified=(
        "Sản phẩm {star} sao không được cấp giấy chứng nhận (Quyết định {decision}, Điều {article})",
        "A product of {star} stars gets no certificate (Decision {decision}, Article {article})",
    ),
    certificate_wrong_level=(
        "Sản phẩm {star} sao do {level} công nhận và thu hồi (Quyết định {decision}, Điều {article})",
        "A product of {star} stars is recognised and recalled by {level} (Decision {decision}, Article {article})",
    ),
    certificate_term_wrong=(
        "Giấy chứng nhận có hiệu lực {months} tháng kể từ ngày cấp (Điều {article})",
        "A certificate is valid for {months} months from its issue (Article {article})",
    ),
    certificate_dates_wrong=("Ngày này đứng trước ngày {other}", "This day lies before {other}"),
    certificate_not_issued_yet=(
        "Giấy chứng nhận chưa được cấp vào ngày {day}",
        "The certificate is not issued yet on {day}",
    ),
    certificate_not_in_force=(
        "Giấy chứng nhận không còn hiệu lực vào ngày {day}: {status}",
        "The certificate is no longer in force on {day}: {status}",
    ),
    certificate_not_higher=(
        "Nâng hạng phải lên hạng cao hơn {star} sao",
        "An upgrade must lead to more than {star} stars",
    ),
    certificate_window_missed=(
        "Hồ sơ đánh giá lại phải nộp từ ngày {first} đến ngày {last} (Điều {article})",
        "A re-evaluation's dossier is handed in from {first} to {last} (Article {article})",
    ),
    certificate_extension_not_allowed=(
        "Chỉ gia hạn giấy chứng nhận hết hạn từ ngày {first} đến ngày {last} (Điều {article})",
        "Only a certificate that ends from {first} to {last} is extended (Article {article})",
    ),
    certificate_extension_none=(
        "Quyết định {decision} không kéo dài hiệu lực giấy chứng nhận",
        "Decision {decision} extends no certificate",
    ),
    certificate_extension_too_long=(
        "Gia hạn không quá {days} ngày sau ngày hết hạn (Điều {article})",
        "A certificate is extended by {days} days past its end at most (Article {article})",
    ),
    recall_cause_unknown=("Không có căn cứ thu hồi này", "There is no such cause for a recall"),
    recall_late=(
        "Thu hồi quá hạn; hạn cuối theo ngày có kết luận là {by} (Điều {article})",
        "The recall is late; from the authority's conclusion, it was due by {by} (Article {article})",
    ),
    # A register of records
    id_repeated=("Mã tham chiếu này của {what} đã dùng ở {first}", "This id of a {what} is already used at {first}"),
    reference_unknown=(
        "Sổ đăng ký không có {what} mang mã tham chiếu này",
        "The registry has no {what} with this id",
    ),
    subject_twice=("Có thể trùng với chủ thể {first}", "This may be the same subject as {first}"),
    product_code_repeated=("Mã sản phẩm này đã dùng cho {first}", "This product code is already that of {first}"),
    barcode_of_another=("Mã vạch này đã dùng cho {first}", "This barcode is already one of {first}"),
    dossier_not_checked=(
        "Hồ sơ chưa ghi ngày nộp nên chưa kiểm tra thành phần và thời hạn giấy tờ",
        "The dossier has no day of handing in, so its parts and the terms of its papers were not checked",
    ),
    dossier_other_subject=(
        "Hồ sơ và sản phẩm ghi hai chủ thể khác nhau",
        "The dossier and its product name different subjects",
    ),
    dossier_other_set=(
        "Hồ sơ và sản phẩm ghi hai bộ tiêu chí khác nhau",
        "The dossier and its product name different criteria sets",
    ),
    recognition_day_differs=(
        "Ngày này khác ngày cấp ghi trên giấy chứng nhận trước",
        "This is not the day on which the earlier certificate was issued",
    ),
    certificate_other_product=(
        "Hồ sơ và giấy chứng nhận của hai sản phẩm khác nhau",
        "The dossier and the certificate are of different products",
    ),
    certificate_before_dossier=(
        "Giấy chứng nhận cấp trước khi nộp hồ sơ",
        "The certificate was issued before its dossier was handed in",
    ),
    certificate_other_kind=(
        "Hình thức công nhận không khớp với loại hồ sơ: {kind}",
        "A certificate does not come about in this way from such a dossier: {kind}",
    ),
    certificates_overlap=(
        "Cấp khi {first} của cùng sản phẩm còn hiệu lực mà không ghi ngày thay thế",
        "Issued while {first} of the same product was in force, which has no day on which it was superseded",
    ),
    # A place's programme and its portfolio
    programme_place_unknown=("Không có tỉnh nào mang mã này", "There is no province with this code"),
    programme_not_begun=(
        "Chương trình bắt đầu ngày {start}; ngày đang xét đứng trước đó",
        "The programme begins on {start}, after the day in question",
    ),
    period_reversed=("Kỳ kết thúc trước khi bắt đầu", "The period ends before it starts"),
    target_repeated=("Hai chỉ tiêu cùng mã", "Two targets have this id"),
    target_outside_programme=(
        "Kỳ của chỉ tiêu vượt ra ngoài chương trình ({first} đến {last})",
        "The target's period leaves that of the programme ({first} to {last})",
    ),
    target_indicator_unknown=("Không có cách đo này", "There is no such indicator"),
    target_option_missing=("Cách đo {indicator} cần khóa {option}", "The indicator {indicator} needs the key {option}"),
    target_option_unused=(
        "Cách đo {indicator} không dùng khóa {option}",
        "The indicator {indicator} does not know the key {option}",
    ),
    target_comparator_wrong=(
        "Cách đo {indicator} không so sánh được theo cách này",
        "The indicator {indicator} cannot be compared in this way",
    ),
    target_percent_wrong=(
        "Chỉ số phần trăm mới đo tỷ lệ, và tỷ lệ phải ghi là phần trăm; cách đo là {indicator}",
        "A share is asked for in percent, and nothing else is; the indicator is {indicator}",
    ),
    target_value_missing=("So sánh “{comparator}” cần khóa {key}", "The comparison “{comparator}” needs the key {key}"),
    target_value_unexpected=(
        "So sánh “{comparator}” không dùng khóa {key}",
        "The comparison “{comparator}” does not know the key {key}",
    ),
    target_range_reversed=("Mức trên thấp hơn mức dưới", "The upper end is below the lower one"),
    target_tolerance_range=("Sai lệch phải từ 0 đến dưới 1", "A tolerance is from 0 to under 1"),
    target_waypoint_outside=(
        "Mốc trên đường đi phải tăng dần theo ngày, từ {first} đến trước {last}",
        "Waypoints come in the order of their days, from {first} to before {last}",
    ),
    progress_other_programme=(
        "Hai kết quả của hai chương trình khác nhau",
        "The two results are of different programmes",
    ),
    progress_not_earlier=(
        "Kết quả để so sánh không sớm hơn kết quả này",
        "The result to compare with is of a later day",
    ),
    portfolio_id_repeated=("Mã này đã dùng ở {first}; chỉ tính một lần", "This id is used at {first}; it counts once"),
    portfolio_reference_unknown=(
        "Danh mục không có {what} mang mã này",
        "The portfolio has no {what} with this id",
    ),
    participant_twice=("Có thể trùng với tổ chức ở {first}; chỉ tính một lần", "This may be {first}; it counts once"),
    event_contradicts_certificate=(
        "Lượt này khác với giấy chứng nhận của nó; tính theo giấy chứng nhận",
        "This event differs from its certificate, which counts",
    ),
    days_reversed=("Ngày kết thúc đứng trước ngày bắt đầu", "The last day is before the first"),
    trained_too_many=(
        "Số đã đào tạo lớn hơn tổng số: {audience}",
        "More people were trained than there are: {audience}",
    ),
    dated_after_day=(
        "Có {count} mục sau ngày {day}, không tính",
        "{count} of these are dated after {day} and not counted",
    ),
    # A table of published results
    results_csv_broken=(
        "Sai cú pháp CSV gần dòng {line}; các dòng sau có thể bị đọc lệch",
        "This is not valid CSV near line {line}; what follows may be read wrongly",
    ),
    results_header_unknown=(
        "Không nhận ra dòng tiêu đề cột của bảng",
        "No row of known column titles was found",
    ),
    results_column_unused=("Cột {column} không được dùng", "The column {column} is not used"),
    results_cell_empty=("Dòng {row}, cột {column}: để trống", "Row {row}, column {column}: it is empty"),
    results_cell_unclear=(
        "Dòng {row}, cột {column}: không hiểu giá trị này",
        "Row {row}, column {column}: this value is not understood",
    ),
    results_cell_untitled=(
        "Dòng {row}: ô này nằm ngoài các cột có tiêu đề",
        "Row {row}: this cell stands outside the titled columns",
    ),
    results_legal_form_unclear=(
        "Dòng {row}, cột {column}: tên không cho biết loại hình chủ thể",
        "Row {row}, column {column}: the name does not tell the legal form",
    ),
    results_not_certified=(
        "Dòng {row}, cột {column}: hạng này không được cấp giấy chứng nhận",
        "Row {row}, column {column}: this star gets no certificate",
    ),
    results_term_differs=(
        "Dòng {row}, cột {column}: khác {months} tháng kể từ ngày cấp",
        "Row {row}, column {column}: this is not {months} months after the day of issue",
    ),
    results_commune_unknown=(
        "Dòng {row}, cột {column}: không có xã, phường nào tên này",
        "Row {row}, column {column}: there is no commune of this name",
    ),
    results_commune_ambiguous=(
        "Dòng {row}, cột {column}: có {count} xã, phường tên này",
        "Row {row}, column {column}: {count} communes have this name",
    ),
    results_commune_old=(
        "Dòng {row}, cột {column}: chỉ ghi xã cũ; chưa rõ xã hiện nay",
        "Row {row}, column {column}: only the old commune is given; today's is not known",
    ),
    results_row_repeated=(
        "Dòng {row} trùng với dòng {first}: cùng sản phẩm, hạng, quyết định và ngày cấp",
        "Row {row} repeats row {first}: the same product, star, decision and day of issue",
    ),
    # A workbook from outside
    workbook_not_xlsx=("Tệp không phải là bảng tính Excel (.xlsx)", "The file is no Excel workbook (.xlsx)"),
    workbook_broken=("Bảng tính bị hỏng, không đọc được", "The workbook is broken and cannot be read"),
    workbook_encrypted=(
        "Bảng tính được đặt mật khẩu; hãy bỏ mật khẩu rồi lưu lại",
        "The workbook is encrypted; save it without a password",
    ),
    workbook_old_format=(
        "Bảng tính ở định dạng cũ (.xls); hãy lưu lại thành .xlsx",
        "The workbook is in the old format (.xls); save it as .xlsx",
    ),
    workbook_is_html=(
        "Tệp là trang web (HTML) mang tên .xlsx; hãy mở bằng Excel rồi lưu lại thành .xlsx",
        "The file is a web page (HTML) under the name .xlsx; open it in Excel and save it as .xlsx",
    ),
    workbook_is_text=(
        "Tệp là văn bản (CSV) mang tên .xlsx; hãy đọc nó như tệp CSV",
        "The file is text (CSV) under the name .xlsx; read it as CSV",
    ),
    workbook_macros=(
        "Bảng tính có macro; hãy lưu lại thành .xlsx không có macro",
        "The workbook has macros; save it as .xlsx, without them",
    ),
    workbook_dtd=(
        "Bảng tính có khai báo DTD, không được phép",
        "The workbook has a DTD, which is not allowed",
    ),
    workbook_too_large=(
        "Bảng tính khi giải nén lớn hơn giới hạn {limit} MiB",
        "The workbook is larger than the limit of {limit} MiB when unpacked",
    ),
    workbook_ratio=(
        "Bảng tính nén chặt bất thường: giải nén ra lớn hơn {limit} lần",
        "The workbook is packed beyond reason: it unpacks to more than {limit} times its size",
    ),
    workbook_many_entries=(
        "Bảng tính gồm nhiều hơn {limit} tệp con",
        "The workbook has more than {limit} parts",
    ),
    workbook_sheet_too_large=(
        "Một trang tính kéo dài quá {limit} ô; hãy xóa các dòng, cột trống ở xa",
        "A sheet reaches over more than {limit} cells; delete the empty rows and columns far out",
    ),
    csv_broken=("Sai cú pháp CSV gần dòng {line}", "This is not valid CSV near line {line}"),
    # A score sheet as a form, in a workbook or as CSV
    form_none=("Tệp không có phiếu đánh giá nào", "The file has no score sheet"),
    form_sheet_skipped=(
        "Trang tính này không phải là phiếu đánh giá, được bỏ qua",
        "This is no score sheet, and is passed over",
    ),
    form_mark_missing=(
        "Phiếu này đã mất dòng ẩn đầu tiên hoặc cột ẩn đầu tiên; hãy điền vào một phiếu mới",
        "This score sheet has lost its hidden first row or column; fill in a new one",
    ),
    form_sheet_hidden=("Trang tính này bị ẩn, nhưng vẫn được đọc", "This sheet is hidden, and is read all the same"),
    form_set_differs=(
        "Phiếu được làm theo bản khác của bộ tiêu chí {set}; hãy điền vào một phiếu mới",
        "The score sheet was made for another version of the set {set}; fill in a new one",
    ),
    form_not_begun=("Phiếu này chưa chấm tiêu chí nào", "Nothing is filled in yet"),
    form_row_missing=("Thiếu dòng của tiêu chí {criterion}", "The row of criterion {criterion} is missing"),
    form_row_repeated=("Dòng này trùng với một dòng ở trên ({key})", "This row repeats one above it ({key})"),
    form_choice_blank=("Tiêu chí {criterion} chưa được chấm", "Criterion {criterion} is not filled in yet"),
    form_finding_unclear=(
        "Kết luận: ghi “có” nếu đã xác định, nếu không thì để trống",
        "A finding: say “yes” where it is established, and leave it blank where it is not",
    ),
    form_formula_unread=(
        "Ô này có công thức chưa được tính hoặc bị lỗi; hãy ghi giá trị thay cho công thức",
        "This cell has a formula that was not worked out, or an error; put a value in its place",
    ),
    form_cell_merged=(
        "Ô này bị gộp với ô khác nên không có giá trị riêng; hãy tách ra",
        "This cell is merged with another and has no value of its own; unmerge them",
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
