"""Tables and forms from outside: published results, workbooks, CSV: what can be wrong there, by code."""

from typing import Final

from ocop.messages.table import table

TABLES: Final = table(
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
)
