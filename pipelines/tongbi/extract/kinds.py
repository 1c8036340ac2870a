"""Kind and unit of a figure, and what the figures of a list share."""

from __future__ import annotations

import polars as pl

from tongbi.extract.context import HERE
from tongbi.extract.few import change, few, without
from tongbi.extract.lexicon import cue

DECIMAL = pl.Decimal(38, 6)
MONEY = "(?:投入|收入|投资|资金|[^员名]额|元|补贴|补助|贷款|支出|税|费|产值|利润|奖金|经费|价值|拨付|救助金|增收|减负)[^，,]{0,6}$"
PERSON = (
    "^(?:名|多|余)?.{0,8}?(?:群众|居民|农民|人口|老人|学生|职工|党员|干部|群体|家庭|人员|青年|人才|游客|患者|儿童|妇女|孕产妇|老年人|劳动力|移民|农村|城镇|重点|"
    "贫困|人民|市民|工人|劳动者|孩子|考生|会员|师生|网友|消费者|观众|婴幼儿|学员|职员|农户|.{0,12}人(?:员|才|口)?$)"
)
COUNTED = "(?:人数|员额|人口|人员|学生|职工|劳动力|居民|网民|农民)[^，,]{0,8}$"
VIEWS = "(?:播放|点击|阅读|浏览|曝光|访问|流)量[^，,]{0,4}$"
HOUSEHOLD = "^(?:农牧?|住|租|商|低保|脱贫|监测|林|[^，,]{0,6}用)?户"
# 各新增3个; no 各类, 各地
EACH = "(?:(?:分别|依次)[^，,。]{0,12}|各(?:[^类级项种地方界族省市区县旗州乡镇村街单部行业学校式色自个有大][^，,。]{0,11})?)$"
SCORED = "指数|满意度|得分|评分|系数|倍差"
# what holds no numeral or only half of one
TOLD = {"half_of": 50, "flat": 0, "ranking_head": 1}


def kinds(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `kind` and mends `unit`, `low`, `high`; a scale word without a unit is money where money is spoken of, else a
    count of what follows. In: `unit, unit_kind, rule, clause, lead, tail, surface, n1, scaled, follows`."""
    rule, ranking = pl.col("rule"), pl.col("rule").str.starts_with("ranking")
    ratio = pl.col("n1").str.contains("[:：∶]").fill_null(False) | rule.str.starts_with("ratio_")
    rows = _unwritten(rows.with_columns(_bare_unit=pl.col("unit").is_null() & ~ranking, _ratio=ratio))
    rows = _moved(rows)
    bare, moved = pl.col("_bare_unit"), pl.col("_moved").fill_null(False)
    plain = rule.is_in(["half_of", "flat"])
    rows = rows.with_columns(_ranking=ranking, _plain=plain, kind="unit_kind")
    unit = (
        pl.when(moved | pl.col("_ranking")).then(pl.lit("位"))
        .when(rule == "streak").then(pl.lit("次"))
        .when(rule.is_in(["half_of", "flat"]) | (bare & pl.col("_ratio"))).then(pl.lit("%"))
        .when(bare).then("_guess")
        .otherwise("unit")
    )  # fmt: skip
    kind = (
        pl.when("_ranking").then(pl.lit("ranking"))
        .when(pl.col("_plain") | (bare & pl.col("_ratio"))).then(pl.lit("percentage"))
        .when(bare).then("_guess_kind")
        .otherwise("kind")
    )  # fmt: skip
    told = rule.replace_strict(TOLD, default=None, return_dtype=pl.Int64).cast(DECIMAL)
    seen = ["rule", "unit", "kind", "low", "high", "_ranking", "_moved", "_ratio", "_plain", "_guess", "_guess_kind", "_bare_unit"]
    rows = change(
        rows, pl.col("_ranking") | moved | pl.col("_plain") | bare | rule.is_in(["streak", *TOLD]), seen,
        unit=unit, kind=kind, low=pl.coalesce(told, "low"), high=pl.coalesce(told, "high"),
    )  # fmt: skip
    rows = without(
        rows, "_ranking", "_plain", "_guess", "_guess_kind", "_bare_unit", "_ratio", "_moved", "_persons", "unit_kind", "scaled", "n1"
    )
    # the unit at the end of a list is that of all its figures
    shared = rule.str.starts_with("shared_")
    rows = rows.with_columns(_end=pl.when(~shared).then(HERE).backward_fill())
    unit, kind = (pl.lit(rows[c]).gather(pl.col("_end")) for c in ("unit", "kind"))
    return without(change(rows, shared, ["_end"], unit=unit, kind=kind), "_end")


def _unwritten(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_guess` and `_guess_kind`: what a figure without a unit counts."""
    rule, clause, tail = pl.col("rule"), pl.col("clause"), pl.col("tail")
    # a number of persons before
    rows = few(rows, pl.col("unit").is_null() & pl.col("_bare_unit").shift(-1), ["clause"], _numbered=clause.str.contains(COUNTED))
    persons = (pl.col("unit").shift(1) == "人") | pl.col("_numbered").shift(1)
    rows = without(rows.with_columns(_persons=persons & pl.col("follows")), "_numbered")
    noun = (tail.str.len_chars() > 1) & tail.str.contains("^[\u4e00-\u9fff]") & ~tail.str.contains(rf"^{cue('names', 'not_noun')}")
    summed = clause.str.contains("^(?:总计|合计|累计|共|达到?|超过?|突破|总数|[和及与、])+$") & pl.col("_persons").fill_null(False)
    money = clause.str.contains(MONEY)
    person = (tail.str.contains(PERSON) | (clause.str.contains(COUNTED) & tail.is_in(["", "和", "及", "与"])) | summed) & ~money
    index = rule.is_in(["index_value", "index_reached"]) | (
        rule.is_in(["masked_score", "masked_decimal"]) & pl.col("lead").str.contains(SCORED)
    )
    household = tail.str.contains(HOUSEHOLD) & ~money
    viewed = clause.str.contains(VIEWS)
    worth = (pl.col("scaled") & (money | ~noun) & ~viewed) | ((rule == "shown_change") & money)
    none = (rule == "rate_of_none") & clause.str.contains("率")  # 死亡率为0
    points = pl.when(pl.col("lead").str.contains("满意度|得分|评分")).then(pl.lit("分"))
    guess = (
        pl.when(rule == "index_reached").then(points.shift(1))  # 从91.3提升至95.6
        .when(index).then(points)
        .when(rule == "years_decimal").then(pl.lit("年"))
        .when(none).then(pl.lit("%"))
        .when(household).then(pl.lit("户"))
        .when(person).then(pl.lit("人"))
        .when(worth).then(pl.lit("元"))
        .when(viewed).then(pl.lit("次"))
        .otherwise(pl.lit("个"))
    )  # fmt: skip
    kind = (
        pl.when(none).then(pl.lit("percentage"))
        .when(index | (rule == "years_decimal") | (worth & ~household & ~person)).then(pl.lit("amount"))
        .otherwise(pl.lit("count"))
    )  # fmt: skip
    return few(rows, pl.col("_bare_unit"), ["rule", "clause", "tail", "lead", "scaled", "_persons"], _guess=guess, _guess_kind=kind)


def _moved(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `_moved`: 位 of a place won or lost (提升3位、5位), not of persons."""
    clause = pl.col("clause")
    moved = clause.str.contains("(?:位次|名次|排名|排位|提升|上升|前移|前进|后退|下降)[^，,]{0,4}$")
    moved = moved | (clause.str.contains("^[、和及]*$") & moved.shift(1)).fill_null(False)
    return few(rows, (pl.col("unit") == "人", pl.col("surface").str.ends_with("位")), ["clause"], _moved=moved)


def listing(leads: pl.DataFrame) -> pl.DataFrame:
    """Adds how words join figures: `_sep`, `_turned` (a list goes on), `_each` (分别), `_phrase` (the subjects before it), `_several` (均), `_joins`,
    `_of_which` (其中)."""
    sep = pl.col("lead").str.contains(r"^(?:、|，|,|和|及|以及|与|或|\s)+(?:了|约|近)?$")
    turned = pl.col("lead").str.contains(rf"^[、和及](?:{cue('cues', 'up')}|{cue('cues', 'down')}|达到?|为)(?:了|约|近)?$")
    clause = pl.col("clause")
    each = clause.str.contains(EACH)
    both = clause.str.contains(
        r"(?:(?:^|[^人日户月年平])(?:均|都|双双)[^，,、]{0,8}|[、和及与][^，,]*分别[^，,、]{0,8}|[、和及与][^，,]+各)$"
    )
    leads = few(leads.with_columns(_sep=sep), clause.str.contains("[别次各均都双]"), ["clause"], _each=each, _several=both)
    leads = leads.with_columns(_joins=pl.col("lead").str.contains("^[、和及]"), _of_which=pl.col("lead").str.starts_with("，其中"))
    leads = few(leads, pl.col("_joins"), ["lead"], _turned=turned)
    leads = leads.with_columns(pl.col("_each", "_several", "_turned").fill_null(False))
    # before `_each`: the subjects
    return few(leads, pl.col("_each"), ["clause"], _phrase=clause.str.extract(f"^(.*?){EACH}", 1))


def lists(rows: pl.DataFrame) -> pl.DataFrame:
    """A figure right after another in a list shares its change and its bounds: 分别增长4.3%、5.5%. In: also what `listing` adds."""
    rows = rows.with_columns(_joined=((pl.col("_sep") | pl.col("_turned")) & pl.col("follows")).fill_null(False))
    # behind 分别 units and directions may differ
    told = pl.col("_each") & (pl.col("_sep").shift(-1) | pl.col("change_word").is_not_null())
    told = pl.when(~pl.col("_joined")).then(told).forward_fill()
    apart = pl.col("lead").is_in(["，", ","]) & (pl.col("tail") != "")  # 减少一半，95%以上实行备案
    alike = (pl.col("_sep") & (pl.col("unit") == pl.col("unit").shift(1)) & ~apart).fill_null(False)
    return _shared(rows.with_columns(_listed=pl.col("_joined") & (told | alike)))


def _shared(rows: pl.DataFrame) -> pl.DataFrame:
    """What the first of a list says of all, and the last."""
    own = ~pl.col("_listed")
    rows = rows.with_columns(
        _head=pl.when(own).then(HERE).forward_fill(), _end=pl.when(own.shift(-1).fill_null(True)).then(HERE).backward_fill()
    )
    direction, basis, approximation = (pl.lit(rows[c]) for c in ("direction", "basis", "approximation"))
    head, end = pl.col("_head"), pl.col("_end")
    stated = pl.col("change_word").is_not_null()
    rows = change(rows, ~own & ~stated, ["_head"], direction=direction.gather(head), basis=basis.gather(head))
    # a bound behind the last holds for all: 分别稳定在800亿斤、60亿斤以上
    final = approximation.gather(end)
    bound = pl.when(~final.is_in(["range", "exact"])).then(final).when(~own).then(approximation.gather(head)).otherwise("approximation")
    bounded = pl.col("_each").gather(head) & (pl.col("approximation") == "exact")
    return without(change(rows, bounded, ["_head", "_end", "_listed", "approximation"], approximation=bound), "_head", "_end")
