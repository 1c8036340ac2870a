"""Files to texts: formats, encodings, tables, chrome."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import as_html, make_docx, make_html, make_mht, make_pdf
from segmenting import split

from tongbi.errors import InputError
from tongbi.ingest.decode import decode
from tongbi.ingest.numbering import written
from tongbi.ingest.reading import ReadText, read_text
from tongbi.ingest.tables import Cell, is_figures, render

ROOT = Path(__file__).parents[1]
PLAIN = (ROOT / "raw/枫屿县人民政府/2023年政府工作报告.txt").read_text(encoding="utf-8")
TRADITIONAL = str.maketrans("国发会区县与为业经济产实设长万亿专务动报电东车门问进这当总计划",
                            "國發會區縣與為業經濟產實設長萬億專務動報電東車門問進這當總計劃")  # fmt: skip


def shown(read: ReadText) -> str:
    """The text without what its reader knows to be chrome."""
    out, last = "", 0
    for a, b in read.chrome_spans:
        out += read.text[last:a]
        last = b
    return out + read.text[last:]


# Encodings


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
     ("utf-32", "utf-32"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)  # fmt: skip
def test_encodings_are_found(codec: str, name: str) -> None:
    assert decode(PLAIN.encode(codec)) == (PLAIN, name)


def test_big5_is_found() -> None:
    text = "".join(c for c in PLAIN.translate(TRADITIONAL) if c.encode("big5hkscs", "ignore"))
    assert decode(text.encode("big5hkscs")) == (text, "big5")


def test_short_files_in_legacy_encodings() -> None:
    assert decode("水利局二〇二三年工作总结".encode("gbk"))[0] == "水利局二〇二三年工作总结"
    assert decode("abc 123".encode("gbk")) == ("abc 123", "utf-8")


@pytest.mark.parametrize("eol", ["\r\n", "\r", "\n"])
def test_line_ends_become_newlines(eol: str) -> None:
    assert read_text(PLAIN.replace("\n", eol).encode(), "a.txt").text == PLAIN


def test_nothing_else_is_altered() -> None:
    odd = "１２３．５％\u2028\u200b\u3000x<U+00A0>\x85\u00a0\ufeff末"
    assert read_text(odd.encode(), "a.txt").text == odd


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_declared_charset_is_believed_unless_the_bytes_say_otherwise(declared: str) -> None:
    page = make_html("<p>全年完成投资3亿元。</p>" * 3, f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
    assert read_text(page.encode("gb18030"), "a.html").encoding == "gb18030"
    assert read_text(page.encode("utf-8"), "a.html").text.startswith("全年完成投资3亿元。")


MIXED = [
    (PLAIN.encode() + PLAIN.encode("gbk"), f"byte {len(PLAIN.encode()):,} is not valid UTF-8"),
    (PLAIN.encode("gbk") + PLAIN.encode(), "byte 0 is not valid UTF-8"),
    (PLAIN.encode()[:-2], "is not valid UTF-8"),
    (b"\xff\xfe" + PLAIN.encode("utf-16-le") + b"\x00", "is not valid utf-16"),
]


@pytest.mark.parametrize(("data", "reason"), MIXED, ids=["utf-8 then gbk", "gbk then utf-8", "cut off", "odd utf-16"])
def test_what_cannot_be_decoded_names_the_offset(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_text(data, "a.txt")


# Refused formats

REFUSED = [
    ("a.doc", b"\xd0\xcf\x11\xe0 old", "LibreOffice"), ("a.wps", b"x", "save it as .docx"), ("a.txt", b"\xd0\xcf\x11\xe0 old", "old Word file"),
    ("a.png", b"\x89PNG\r\n", "OCR"), ("a.JPG", b"\xff\xd8\xff", "OCR"), ("a.tif", b"II*", "OCR"), ("a.rtf", b"{\\rtf1", "RTF"), ("a.xlsx", b"PK", "spreadsheet"),
    ("a.pptx", b"PK", "slides"), ("a.zip", b"PK", "unpack"), ("a.rar", b"Rar!", "unpack"), ("a.bin", b"x", ".bin"), ("a.txt", b"PK\x03\x04..", "not text"),
    ("a.txt", b"\x89PNG\r\n", "not text"), ("a.txt", b"", "empty"), ("a.docx", b"", "empty"), ("a.txt", b" \n\t ", "empty"), ("a.txt", "\ufeff".encode(), "no text"),
    ("a.html", b"<html><body><script>var a=1;</script></body></html>", "no text"), ("a.mht", b"MIME-Version: 1.0\r\n\r\nx", "holds no page"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "words"), REFUSED, ids=lambda v: v if isinstance(v, str) else "")
def test_what_is_not_read_says_what_to_do(name: str, data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_text(data, name)
    assert "\n" not in str(caught.value)


def test_scanned_pdf_is_refused() -> None:
    with pytest.raises(InputError, match="run OCR first"):
        read_text(make_pdf([[], [], []]), "a.pdf")


# Word


def test_word_numbers_its_lists() -> None:
    blocks = ["水利局2023年工作总结", ("主要工作", 0), ("防汛", 1), ("供水", 1), ("巡查", 2), ("夜间", 3), ("下步打算", 0), ("投资", 1)]
    text = read_text(make_docx(blocks), "a.docx").text
    assert text.split("\n") == [
        "水利局2023年工作总结",
        "一、主要工作",
        "（一）防汛",
        "（二）供水",
        "1.巡查",
        "①夜间",
        "二、下步打算",
        "（一）投资",
    ]


@pytest.mark.parametrize(
    ("n", "form", "text"),
    [(1, "chineseCounting", "一"), (10, "chineseCountingThousand", "十"), (21, "ideographTraditional", "二十一"), (3, "decimal", "3"),
     (3, "decimalEnclosedCircle", "③"), (2, "upperLetter", "B"), (12, "decimalFullWidth", "１２"), (4, "bullet", "")],
)  # fmt: skip
def test_forms_of_list_numbers(n: int, form: str, text: str) -> None:
    assert written(n, form) == text


def test_word_tables_are_told_row_by_row() -> None:
    figures = [["项目", "2023年", "同比增长（%）"], ["水库", "300", "5.2"], ["河道", "xx.x", "-1.3"]]
    text = read_text(make_docx(["投资情况", "单位：万元", figures, [["责任人", "张三"], ["电话", "见附件"]]]), "a.docx").text
    assert text.split("\n")[2:] == [
        "项目\t2023年\t同比增长（%）",
        "2023年水库300万元，同比增长5.2%",
        "2023年河道xx.x万元，同比增长-1.3%",
        "责任人\t张三",
        "电话\t见附件",
    ]


# Tables

TABLES = [
    ([["指标名称", "产量（万吨）", "同比增长（±%）"], ["粮 食", "650.0", "17.3"], ["#水 稻", "79.4", "持平"]], ["粮食产量650.0万吨，同比增长17.3%", "其中水稻产量79.4万吨，同比持平"]),
    ([["指标", "指标值", "比上年增长（%）"], ["大牲畜（万头）", "96.9", "8.7"], ["#黄牛", "32.1", "9.3"]], ["大牲畜96.9万头，比上年增长8.7%", "其中黄牛32.1万头，比上年增长9.3%"]),
    ([["年份", "地区生产总值（亿元）", "增长（%）"], ["2021", "100", "6"], ["2022", "xxx.x", "x.x"]],
     ["2021年地区生产总值100亿元，增长6%", "2022年地区生产总值xxx.x亿元，增长x.x%"]),
    ([["序号", "指标", "单位", "2022年", "2023年"], ["1", "一、生产总值", "亿元", "470", "500.1"], ["2", "城镇化率", "%", "60", "61.2"]],
     ["2022年生产总值470亿元，2023年生产总值500.1亿元", "2022年城镇化率60%，2023年城镇化率61.2%"]),
    ([["指标", "2021", "2022"], ["用水量（万吨）", "100", "6"]], ["2021年用水量100万吨，2022年用水量6万吨"]),
    ([["单位：亿元、%"], ["指标", "1-3月", "增速"], ["工业增加值", "33.1", "5.2"]], ["1-3月工业增加值33.1亿元，增速5.2%"]),
    ([["单位：亿元"], ["指标", "6月末", "比年初增减额"], ["存款余额", "417.3", "-26.3"], ["贷款余额", "1,020.5", "8.0"]],
     ["6月末存款余额417.3亿元，比年初减少26.3亿元", "6月末贷款余额1,020.5亿元，比年初增加8.0亿元"]),
    ([["指标", "数值"], ["发电量（亿千瓦时）", "—"], ["接待游客", "35万人次"]], ["接待游客35万人次"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), TABLES, ids=lambda v: str(v[0])[:20])
def test_a_row_of_figures_reads_as_a_sentence(rows: list[list[str]], told: list[str]) -> None:
    cells = [[Cell(text) for text in row] for row in rows]
    assert is_figures(cells)
    lines = render(cells)
    assert [line for line in lines if "，" in line or any(line == t for t in told)] == told


def test_heads_over_several_columns_and_rows() -> None:
    rows = [
        [Cell("指标", down=2), Cell("2023年", across=2), Cell("2022年", down=2)],
        [Cell("绝对数"), Cell("增长%")],
        [Cell("产值（亿元）"), Cell("500.1"), Cell("5.2"), Cell("470")],
    ]
    assert render(rows)[-1] == "2023年产值500.1亿元，增长5.2%，2022年产值470亿元"


def test_a_layout_is_no_table_of_figures() -> None:
    assert not is_figures([[Cell("导航"), Cell("全年完成投资3亿元，" * 12)]])
    assert not is_figures([[Cell("姓名"), Cell("职务")], [Cell("张三"), Cell("局长")]])


# Pages

PAGE = make_html(
    '<div class="header"><a>首页</a></div><div class="nav"><ul><li>政务公开</li><li>2024</li></ul></div><!-- 注释 1 -->'
    "<script>var n = 15;</script><style>p{width:3px}</style><noscript>请打开脚本</noscript>"
    "<div id='content'><h1>水利局2023年工作总结</h1><p>全年完成投资<span>3</span><b>.5</b>亿元。<br>新建水库2座。</p>"
    "<p>供水&nbsp;&amp;&nbsp;排水&#12290;检查三十次。</p></div>"
    '<div class="share">分享到：微博</div><footer>备案号 12345678</footer>'
)


def test_a_page_is_its_visible_text_with_furniture_told_apart() -> None:
    read = read_text(PAGE.encode(), "a.html")
    assert shown(read).strip("\n").split("\n") == [
        "水利局2023年工作总结",
        "全年完成投资3.5亿元。",
        "新建水库2座。",
        "供水\u00a0&\u00a0排水。检查三十次。",
    ]
    hidden = [read.text[a:b] for a, b in read.chrome_spans]
    assert "".join(hidden).replace("\n", "") == "首页政务公开2024分享到：微博备案号 12345678"
    for word in ("注释", "var n", "width", "请打开脚本", "页面标题"):
        assert word not in read.text


def test_furniture_of_a_page_is_a_chrome_section() -> None:
    read = read_text(PAGE.encode(), "a.html")
    _, documents, sections = split(read.text, chrome=[read.chrome_spans])
    chrome = [
        "".join(read.text[a:b].split())
        for a, b, t in sections.select("char_start", "char_end", "section_type").iter_rows()
        if t == "chrome"
    ]
    assert chrome == ["首页政务公开2024", "分享到：微博备案号12345678"]
    assert documents["title"].to_list() == ["水利局2023年工作总结"]


@pytest.mark.parametrize(
    "wrap", ['<form id="aspnetForm">{}</form>', '<div class="page">{}</div>', '<div id="left"><div class="side">{}</div></div>']
)
def test_what_wraps_the_whole_report_is_no_furniture(wrap: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in PLAIN.split("\n"))
    read = read_text(make_html(wrap.format(body)).encode(), "a.html")
    assert not read.chrome_spans
    assert "".join(read.text.split()) == "".join(PLAIN.split())


def test_a_page_table_with_its_unit_above() -> None:
    page = make_html(
        "<p>2023年工业生产情况</p><p align=right>单位：亿元</p><table><tr><th>指标</th><th colspan=2>全年</th></tr>"
        "<tr><td><p>工业<br>增加值</p></td><td><p>33.1</p></td><td></td></tr></table><p>后文。</p>"
    )
    assert read_text(page.encode(), "a.html").text.split("\n")[2:4] == ["指标\t全年", "全年工业增加值33.1亿元"]


def test_web_archives_and_server_pages() -> None:
    page = make_html("<div class='nav'>首页</div><p>全年完成投资3.5亿元。</p><p>新建水库2座。</p>", '<meta charset="gb2312">')
    assert shown(read_text(make_mht(page), "a.mht")).strip() == "全年完成投资3.5亿元。\n新建水库2座。"
    jsp = '<%@ page pageEncoding="UTF-8"%><html><body><c:import url="x"><c:param name="p">真</c:param></c:import><p>投资<%= amount %>3亿元。</p></body></html>'
    assert read_text(jsp.encode(), "a.jsp").text.strip() == "投资3亿元。"


# PDF

HEAD = "青山县水利局　第 {} 页"
PAGES = [
    [
        HEAD.format(1),
        "青山县水利局2023年工作总结",
        "一、主要工作",
        "全年完成投资3 0 0万元，同比增长1 2 .5 %，各项工作取得了",
        "新的成效，受到群众好评。新建水库2 座。",
        "- 1 -",
    ],
    [HEAD.format(2), "（一）防汛。检查2 0 0 次，其中夜间1 6 次，整治隐患", "", "- 2 -"],
    [HEAD.format(3), "9 处。", "二、下步打算", "确保2 0 2 4 年完成投资4 亿元。", "- 3 -"],
]


@pytest.mark.parametrize("one_line", [False, True])
def test_a_pdf_reads_in_whole_sentences(one_line: bool) -> None:
    read = read_text(make_pdf(PAGES, one_line), "a.pdf")
    assert read.format == "pdf"
    assert [line for line in shown(read).split("\n") if line] == [
        "青山县水利局2023年工作总结",
        "一、主要工作",
        "全年完成投资300万元，同比增长12.5%，各项工作取得了新的成效，受到群众好评。新建水库2座。",
        "（一）防汛。检查200次，其中夜间16次，整治隐患9处。",
        "二、下步打算",
        "确保2024年完成投资4亿元。",
    ]
    assert len(read.chrome_spans) == 6
    assert {read.text[a:b].split()[0] for a, b in read.chrome_spans} == {"-", "青山县水利局"}


def test_numbers_side_by_side_in_a_pdf_stay_two() -> None:
    text = read_text(
        make_pdf([["指标 1234 567 2023", "序号 1 2 3 4", "全年完成投资16万元，增长5%，新建水库2座，整治河道35公里。"]]), "a.pdf"
    ).text
    assert "1234 567 2023" in text
    assert "1 2 3 4" in text


def test_the_page_itself_is_never_read_as_markup() -> None:
    assert read_text(as_html("a<b & c>d").encode(), "a.html").text.strip() == "a<b & c>d"
