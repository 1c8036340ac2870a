"""What must hold of any text: sections tile, offsets are true, splitting twice is splitting once, two files in one are both."""

from __future__ import annotations

import itertools

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from segmenting import split
from test_segment import WORK, address, report

RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADS = ["一、", "二、", "三、", "十一、", "（一）", "（二）", "(三)", "1.", "2、", "３．", "（1）", "(2)", "①", "②", "第一，", "第二，", "一是", "二是", "一要", "——",
         "第一部分 ", "第二章 ", "第三节 ", "篇1：", "篇2：", "## ", "**", "##paid##", "<U+00A0>", "<!--", "-->", "“", "”", "　　", "\u200b", ""]  # fmt: skip
BODIES = ["2023年工作总结", "2024年工作打算", "政府工作报告", "某某县水利局2023年工作总结及2024年工作计划", "存在的问题", "各位代表：", "现在，我代表县人民政府，向大会报告工作，请予审议。",
          "全年完成投资3.5亿元，增长5%。一是建库；二是修渠。", "在肯定成绩的同时，我们也清醒地看到还存在不少问题。", "下一步，我们将继续努力。", "来源：某某网", "责任编辑：某某", "- 3 -", "相关报道：",
          "让我们更加紧密地团结起来，为建设美好家园而努力奋斗！", "附件：1.表", "目录", "x", "xx区", "２０２３年", "二○二三年", "😀", "é", ""]  # fmt: skip
BREAKS = ["\n", "\n", "\n\n", "\u2028", "\x85", "。", ""]

pieces = st.lists(st.tuples(st.sampled_from(HEADS), st.sampled_from(BODIES), st.sampled_from(BREAKS)), max_size=40)
made_texts = pieces.map(lambda parts: "".join("".join(p) for p in parts))
any_texts = st.one_of(made_texts, st.text(max_size=300), st.text(alphabet="一二三、（）1.是要\n　年报告总结", max_size=200))


def tiles(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    spans = sorted(spans)
    inside = all(a < b for a, b in spans) or start == end
    meets = all(a[1] == b[0] for a, b in itertools.pairwise(spans))
    return bool(spans) and spans[0][0] == start and spans[-1][1] == end and meets and inside


@RELAXED
@given(st.lists(any_texts, min_size=1, max_size=4))
def test_documents_sections_and_leaves_tile(texts: list[str]) -> None:
    made, documents, sections = split(*texts)
    for source, text in made.select("source_id", "text").iter_rows():
        mine = documents.filter(pl.col("source_id") == source)
        assert tiles(list(mine.select("char_start", "char_end").iter_rows()), 0, len(text))
    for document, start, end in documents.select("document_id", "char_start", "char_end").iter_rows():
        mine = sections.filter(pl.col("document_id") == document)
        spans = {row["section_id"]: (row["char_start"], row["char_end"]) for row in mine.iter_rows(named=True)}
        below: dict[str | None, list[tuple[int, int]]] = {}
        for name, parent in mine.select("section_id", "parent_id").iter_rows():
            below.setdefault(parent, []).append(spans[name])
        assert tiles(below[None], start, end)
        for parent, children in below.items():
            if parent is not None:
                assert tiles(children, *spans[parent])
        assert tiles([span for name, span in spans.items() if name not in below], start, end)


@RELAXED
@given(st.lists(any_texts, min_size=1, max_size=3))
def test_offsets_are_true(texts: list[str]) -> None:
    made, documents, sections = split(*texts)
    held = sections.join(documents.select("document_id", "source_id"), on="document_id").join(
        made.select("source_id", "text"), on="source_id"
    )
    for row in held.iter_rows(named=True):
        stands = row["text"][row["char_start"] : row["char_end"]]
        if row["marker"]:
            assert row["marker"] in stands
            assert not stands[: stands.index(row["marker"])].strip("\u3000\u200b#*\ufeff >U+0A<")
        if row["heading"] and row["marker"]:
            assert row["heading"] in stands
    assert sections["level"].is_between(1, 5).all()
    kinds = {"preamble", "achievements", "highlights", "problems", "plan", "closing", "chrome"}
    assert set(sections["section_type"]) <= kinds


@RELAXED
@given(st.lists(any_texts, min_size=1, max_size=4))
def test_splitting_is_idempotent_and_each_text_stands_alone(texts: list[str]) -> None:
    _made, documents, sections = split(*texts)
    _, again, outline = split(*texts)
    assert documents.equals(again)
    assert sections.equals(outline)
    for n, text in enumerate(texts):
        _, alone, parts = split("", *[""] * (n - 1), text) if n else split(text)
        ids = documents.filter(pl.col("source_id") == f"s{n:03d}")["document_id"]
        assert documents.filter(pl.col("source_id") == f"s{n:03d}").equals(alone.filter(pl.col("source_id") == f"s{n:03d}"))
        assert sections.filter(pl.col("document_id").is_in(ids.to_list())).equals(parts.filter(pl.col("document_id").is_in(ids.to_list())))


@RELAXED
@given(made_texts)
def test_a_document_split_again_is_one_document(text: str) -> None:
    _, documents, _ = split(text)
    for start, end in documents.select("char_start", "char_end").iter_rows():
        _, again, _ = split(text[start:end])
        assert again.height >= 1
        assert again["char_end"].to_list()[-1] == end - start


bureaus = st.tuples(st.sampled_from(["青山县水利局", "白水县教育局", "xx区交通运输局", "海滨市商务局", "河东区城管局", "青山县柳河镇"]), st.sampled_from(WORK),
                    st.integers(2015, 2024)).map(lambda t: report(*t))  # fmt: skip
places = st.tuples(st.sampled_from(["青山县", "白水县", "海滨市"]), st.integers(2015, 2025)).map(lambda t: address(*t))
reports = st.one_of(bureaus, places)
FACTS = ["title", "organisation", "organisation_type", "level", "sector", "report_type", "report_year", "plan_year"]


@settings(max_examples=25, deadline=None)
@given(reports, reports, st.sampled_from(["", "\n", "\n\n\n"]))
def test_two_reports_in_one_file_are_the_documents_of_both(first: str, second: str, gap: str) -> None:
    if first.split("\n")[0] == second.split("\n")[0] and first == second:
        return  # the same page saved twice is one report
    apart = pl.concat([split(first)[1], split(second)[1]])
    _, together, sections = split(first + gap + second)
    assert together.select(FACTS).equals(apart.select(FACTS))
    assert together["char_start"].to_list() == [0, len(first + gap)]
    each = [split(text)[2].filter(pl.col("marker").is_not_null())["path"].to_list() for text in (first, second)]
    assert sections.filter(pl.col("marker").is_not_null())["path"].to_list() == each[0] + each[1]


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ASCII = str.maketrans("０１２３４５６７８９", "0123456789")


@settings(max_examples=25, deadline=None)
@given(reports, st.sampled_from(["", "要求：1.抓项目；2.抓安全；3.抓队伍。\n", "1．公路。\n2．桥梁。\n", "（1）公交。\n（2）出租。\n"]))
def test_full_width_digits_are_digits(text: str, more: str) -> None:
    _, documents, sections = split(text + more)
    _, wide, outline = split((text + more).translate(WIDE))
    titles = [title.translate(ASCII) for title in wide["title"]]
    assert wide.select(FACTS).with_columns(title=pl.Series(titles)).equals(documents.select(FACTS))
    parts = ["level", "section_type", "char_start", "char_end"]
    assert outline.select(parts).equals(sections.select(parts))
