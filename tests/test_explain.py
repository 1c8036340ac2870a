"""Every row of every view leads to its source, and a figure explains itself."""

from __future__ import annotations

import io

import duckdb
import pytest
from rich.console import Console

from tongbi.errors import InputError
from tongbi.explain import explain, render
from tongbi.resolve import review

MENTIONS = {
    "facts": ["mention_id"], "series": ["mention_id"], "yoy": ["mention_id", "prev_mention_id", "growth_mention_id"],
    "plan_vs_actual": ["target_mention_id", "actual_mention_id"], "rank_changes": ["mention_id", "prev_mention_id"], "peers": ["mention_id"],
    "stated_vs_computed": ["mention_id", "unnest(other_mention_ids)"], "redactions": ["mention_id"], "unmapped_indicators": ["mention_id"],
}  # fmt: skip


def said(con: duckdb.DuckDBPyConnection, mention_id: str) -> str:
    console = Console(width=200, file=io.StringIO(), record=True)
    console.print(render(explain(con, mention_id)))
    return console.export_text()


@pytest.mark.parametrize("view", MENTIONS)
def test_every_row_leads_to_its_sentence(con: duckdb.DuckDBPyConnection, view: str) -> None:
    for column in MENTIONS[view]:
        astray = con.execute(
            f"""
            select v.id
            from (select {column} as id from {view}) as v
            left join core.mentions as m on m.mention_id = v.id
            where v.id is not null and m.mention_id is null
            """
        ).fetchall()
        assert astray == []
        for (mention_id,) in con.execute(
            f"select distinct id from (select {column} as id from {view}) as v where id is not null order by hash(id) limit 5"
        ).fetchall():
            told = explain(con, mention_id)
            assert told.mention["surface"] in told.mention["sentence"]
            assert f"【{told.mention['surface']}】".replace("\n", "") in said(con, mention_id).replace("\n", "")


def test_sentences_stand_in_their_texts(con: duckdb.DuckDBPyConnection) -> None:
    wrong = con.execute(
        """
        select s.mention_id
        from steps.sentences as s
        join core.mentions as m on m.mention_id = s.mention_id
        join core.documents as d on d.document_id = m.document_id
        join core.source_texts as t on t.source_id = d.source_id
        where substr(t.text, s.sentence_start + 1, length(s.sentence)) <> s.sentence
        """
    ).fetchall()
    assert wrong == []


def test_an_explanation_says_all_there_is(con: duckdb.DuckDBPyConnection) -> None:
    ((mention_id,),) = con.execute(
        "select mention_id from series where organisation = '枫屿县人民政府' and indicator = '社会消费品零售总额' and kind = 'amount' and period_code = '2024' "
        "and scenario_group = 'result'"
    ).fetchall()
    text = said(con, mention_id)
    for words in (
        "【96.8亿元】",
        "2025年政府工作报告.html",
        "retail_sales",
        "runner-up",
        "base_restated",
        "stated_vs_computed",
        "set by",
        "only mention",
    ):
        assert words in text


def test_what_is_no_mention_is_said_so(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(InputError, match="no mention nothing"):
        explain(con, "nothing")


def test_review_suggests_the_nearest_entries(con: duckdb.DuckDBPyConnection) -> None:
    frame = review(con, limit=50)
    assert frame.height == 50
    assert frame["accept"].unique().to_list() == [""]
    assert frame["indicator_id"].null_count() < 10
    assert frame["n_documents"].is_sorted(descending=True)
