// Tables of the quality report: sorted, filtered and paged over the data in the page; text is only ever set as text.
const PAGE = matchMedia("(max-width: 700px)").matches ? 10 : 25, grids = [];
const T = {
  en: { search: "Search", all: "all", of: "of", shown: "shown", prev: "‹ Previous", next: "Next ›", none: "Nothing to show.", open: "open in the report", rows: "show rows",
    pass: "✓ pass", warn: "! warning", fail: "✕ failed", not_evaluated: "– not evaluated", error: "error", yes: "fired", no: "did not fire", never: "never" },
  zh: { search: "搜索", all: "全部", of: "/", shown: "条", prev: "‹ 上一页", next: "下一页 ›", none: "无内容。", open: "在报告中查看", rows: "查看这些行",
    pass: "✓ 通过", warn: "! 警告", fail: "✕ 未通过", not_evaluated: "– 未评估", error: "错误", yes: "有效", no: "失效", never: "从不" },
};
const t = key => (T[lang()][key] ?? key);
const CODES = {
  dimension: { completeness: "完整性", validity: "有效性", consistency: "一致性", uniqueness: "唯一性", timeliness: "及时性", provenance: "可追溯性" },
  severity: { error: "错误", warn: "警告" },
  status: { quarantined: "未能读取", duplicate: "重复" },
  finding: { growth: "增速", parts: "分项合计", rate: "比率", cumulative: "累计" },
  reason: { rounding: "四舍五入", constant_prices: "可比价", base_restated: "基数修订", contradiction: "矛盾", comparable_basis: "同口径" },
};
const code = (list, value) => lang() === "zh" ? (CODES[list]?.[value] ?? value) : value?.replaceAll("_", " ");
const number = value => value === null || value === undefined ? "" : Number(value).toLocaleString("en-US", { maximumFractionDigits: 2 });
const percent = value => value === null || value === undefined ? "–" : (100 * value).toFixed(value > 0 && value < 0.001 ? 2 : 1) + "%";
const badge = status => el("span", { class: "badge " + status }, t(status));
const unpack = packed => packed.rows.map(row => Object.fromEntries(packed.columns.map((name, i) => [name, row[i]])));

function spark(row) {
  const most = Math.max(...row.past_failed, 1);
  const said = row.past_failed.length + " × " + row.past_failed.slice(-5).join(", ");
  return el("span", { class: "spark", role: "img", "aria-label": (lang() === "zh" ? "最近各次未通过行数：" : "failed rows of the last runs: ") + said },
    ...row.past_failed.map((n, i) => { const bar = el("i", { class: row.past_status[i] }); bar.style.height = Math.round(3 + 17 * n / most) + "px"; return bar; }));
}
function quote(parts) { return parts ? el("p", { class: "sentence", lang: "zh-CN" }, parts[0], el("mark", {}, parts[1]), parts[2]) : null; }
function reader(row) {
  if (!row.document_id) return null;
  const anchor = row.mention_id ? "#m-" + row.mention_id : "";
  if (data.readers.includes(row.document_id)) return el("a", { class: "more open", href: "view/" + encodeURIComponent(row.document_id) + ".html" + anchor }, t("open"));
  return el("code", { class: "more" }, "tongbi view " + row.document_id);
}
const where = row => [row.organisation, row.year, row.path].filter(Boolean).join(" · ");

class Grid {
  constructor(id, rows, columns, options = {}) {
    Object.assign(this, { id, rows, columns, sort: null, down: false, page: 0, chosen: {}, words: "" }, { filters: [], cards: true, size: PAGE }, options);
    this.host = document.getElementById(id);
    this.haystack = rows.map(row => JSON.stringify(Object.values(row)).toLowerCase());
    listeners.push(() => this.build());
    grids.push(this);
  }
  build() {
    this.host.replaceChildren();
    if (!this.rows.length) { this.host.append(el("p", { class: "soft" }, t("none"))); return; }
    const controls = el("div", { class: "controls" });
    const search = el("input", { type: "search", value: this.words, oninput: event => { this.words = event.target.value; this.page = 0; this.fill(); } });
    controls.append(el("label", {}, t("search"), search));
    for (const filter of this.filters) controls.append(this.select(filter));
    this.head = el("tr"); this.body = el("tbody"); this.count = el("span", { "aria-live": "polite", class: "count" });
    const table = el("table", { class: "t" + (this.cards ? " cards" : "") }, el("caption", { class: "hidden" }, this.caption?.[lang()] ?? this.id), el("thead", {}, this.head), this.body);
    this.prev = el("button", { type: "button", onclick: () => { this.page--; this.fill(); } }, t("prev"));
    this.next = el("button", { type: "button", onclick: () => { this.page++; this.fill(); } }, t("next"));
    for (const column of this.columns) {
      const name = column[lang()] ?? column.en;
      const button = column.key ? el("button", { type: "button", onclick: () => { this.down = this.sort === column.key ? !this.down : Boolean(column.num); this.sort = column.key; this.page = 0; this.fill(); } }, name) : name;
      this.head.append(el("th", { scope: "col", class: column.num ? "num" : null, "data-key": column.key ?? "" }, button));
    }
    this.host.append(controls, el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.caption?.[lang()] ?? this.id }, table), el("div", { class: "pager" }, this.prev, this.next, this.count));
    this.fill();
  }
  select(filter) {
    const values = [...new Set(this.rows.map(row => row[filter.key]).filter(v => v !== null && v !== undefined))].sort((a, b) => String(a).localeCompare(String(b), "zh"));
    const list = el("select", { "data-filter": filter.key, onchange: event => { this.chosen[filter.key] = event.target.value; this.page = 0; this.fill(); } }, el("option", { value: "" }, t("all")),
      ...values.slice(0, 800).map(value => el("option", { value, selected: this.chosen[filter.key] === String(value) ? "" : null }, filter.show ? filter.show(value) : String(value))));
    return el("label", { class: "short" }, filter[lang()] ?? filter.en, list);
  }
  matching() {
    const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = [];
    this.rows.forEach((row, i) => {
      if (words.every(word => this.haystack[i].includes(word)) && Object.entries(this.chosen).every(([key, value]) => value === "" || String(row[key]) === value)) kept.push(row);
    });
    if (this.sort) {
      const key = this.sort, sign = this.down ? -1 : 1;
      kept.sort((a, b) => sign * (typeof a[key] === "number" && typeof b[key] === "number" ? a[key] - b[key] : String(a[key] ?? "").localeCompare(String(b[key] ?? ""), "zh")));
    }
    return kept;
  }
  fill(size = this.size) {
    if (!this.body) return;
    const rows = this.matching();
    const pages = Math.max(1, Math.ceil(rows.length / size));
    this.page = Math.min(Math.max(0, this.page), pages - 1);
    const shown = rows.slice(this.page * size, (this.page + 1) * size);
    this.body.replaceChildren(...shown.map(row => el("tr", { "data-id": this.rowId ? row[this.rowId] : null }, ...this.columns.map(column => {
      const value = column.show ? column.show(row) : row[column.key];
      return el("td", { class: [column.num ? "num" : "", column.wide ? "wide" : ""].join(" ").trim() || null, "data-label": column[lang()] ?? column.en }, ...(Array.isArray(value) ? value : [value ?? ""]));
    }))));
    for (const cell of this.head.children) if (cell.dataset.key === this.sort) cell.setAttribute("aria-sort", this.down ? "descending" : "ascending"); else cell.removeAttribute("aria-sort");
    this.prev.disabled = this.page === 0; this.next.disabled = this.page >= pages - 1;
    const first = rows.length ? this.page * size + 1 : 0;
    this.count.textContent = `${number(first)}–${number(this.page * size + shown.length)} ${t("of")} ${number(rows.length)} ${t("shown")}`;
  }
  choose(key, value) { this.chosen = { [key]: value }; this.words = ""; this.page = 0; this.build(); }
}

const sentenceOf = (row, key = "sentence") => lang() === "zh" ? (row[key + "_zh"] || row[key]) : row[key];
const checks = unpack(data.checks), failures = unpack(data.failures);
const byId = Object.fromEntries(checks.map(check => [check.check_id, check]));
const shownOf = Object.groupBy ? Object.groupBy(failures, row => row.check_id) : failures.reduce((all, row) => { (all[row.check_id] ||= []).push(row); return all; }, {});

const failing = new Grid("failures-table", failures, [
  { key: "check_id", en: "Check", zh: "检查", show: row => [el("p", {}, sentenceOf(byId[row.check_id] ?? { sentence: row.check_id })), el("code", { class: "soft" }, row.check_id)] },
  { key: "path", en: "Where", zh: "位置", show: row => where(row) || el("code", {}, row.row_key) },
  { key: "detail", en: "What is wrong", zh: "问题", wide: true, show: row => [el("p", {}, sentenceOf(row, "detail") || row.value || ""), quote(row.sentence), reader(row)] },
], { caption: { en: "Failing rows", zh: "未通过的行" }, filters: [
  { key: "check_id", en: "Check", zh: "检查", show: id => sentenceOf(byId[id] ?? { sentence: id }) },
  { key: "organisation", en: "Organisation", zh: "单位" } ] });

new Grid("checks-table", checks, [
  { key: "status", en: "Result", zh: "结果", show: row => badge(row.status) },
  { key: "check_id", en: "Check", zh: "检查", wide: true, show: row => [el("p", {}, sentenceOf(row)), el("code", { class: "soft" }, row.check_id),
    shownOf[row.check_id] ? el("button", { type: "button", class: "more rows small", onclick: () => { failing.choose("check_id", row.check_id); document.getElementById("failures").scrollIntoView(); } }, t("rows")) : null] },
  { key: "severity", en: "Severity", zh: "级别", show: row => [el("div", {}, code("severity", row.severity)), el("div", { class: "soft" }, code("dimension", row.dimension))] },
  { key: "rows_tested", en: "Tested", zh: "检查", num: true, show: row => number(row.rows_tested) },
  { key: "passed", en: "Passed", zh: "通过", num: true, show: row => number(Math.max(0, row.rows_tested - row.rows_failed)) },
  { key: "rows_failed", en: "Failed", zh: "未通过", num: true, show: row => number(row.rows_failed) },
  { key: "warn_above", en: "Warn / fail above", zh: "警告／失败阈值", num: true, show: row => percent(row.warn_above) + " / " + (row.error_above === null ? t("never") : percent(row.error_above)) },
  { key: "canary_fired", en: "Self-test", zh: "自检", show: row => row.canary_fired === null ? "–" : row.canary_fired ? "✓ " + t("yes") : "✕ " + t("no") },
  { en: "Last runs", zh: "最近运行", show: spark },
], { rowId: "check_id", caption: { en: "Checks", zh: "检查" }, filters: [
  { key: "status", en: "Result", zh: "结果", show: t }, { key: "severity", en: "Severity", zh: "级别", show: v => code("severity", v) },
  { key: "dimension", en: "Dimension", zh: "维度", show: v => code("dimension", v) }, { key: "table_name", en: "Table", zh: "表" } ] });
for (const check of checks) check.passed = check.rows_tested - check.rows_failed;

const MARKS = { 4: ["●", "stated", "已写明"], 3: ["x", "redacted", "隐去"], 2: ["?", "unreadable", "不可读"], 1: ["○", "planned only", "仅计划"], 0: ["–", "not mentioned", "未提及"] };
const matrix = unpack(data.matrix).map(row => ({ ...row, ...Object.fromEntries(Object.entries(row.cells).map(([year, rank]) => ["y" + year, rank])) }));
const allYears = [...new Set(matrix.flatMap(row => Object.keys(row.cells)))].sort();
const years = allYears.slice(-12);
new Grid("matrix-table", matrix, [
  { key: "organisation", en: "Organisation", zh: "单位" },
  { key: "indicator", en: "Indicator", zh: "指标", show: row => lang() === "zh" ? row.indicator : [el("span", { lang: "zh-CN" }, row.indicator), el("span", { class: "soft" }, row.indicator_en ? " " + row.indicator_en : "")] },
  ...years.map(year => ({ key: "y" + year, en: year, zh: year, show: row => {
    const rank = row.cells[year]; if (rank === undefined) return "";
    const mark = MARKS[rank]; return el("span", { class: "cell c" + rank, title: lang() === "zh" ? mark[2] : mark[1], role: "img", "aria-label": lang() === "zh" ? mark[2] : mark[1] }, mark[0]); } })),
], { cards: false, caption: { en: "Which organisation states which indicator in which year", zh: "各单位各年各指标的有无" }, filters: [{ key: "organisation", en: "Organisation", zh: "单位" }, { key: "indicator", en: "Indicator", zh: "指标" }] });

new Grid("coverage-table", unpack(data.coverage).map(row => ({ ...row, rate: row.observations ? row.redacted / row.observations : null, pair_rate: row.pairs ? row.comparable_pairs / row.pairs : null, mention_rate: row.numerals ? row.observations / row.numerals : null })), [
  { key: "organisation", en: "Organisation", zh: "单位" }, { key: "year", en: "Year", zh: "年份" },
  { key: "numerals", en: "Numerals", zh: "数字", num: true, show: row => number(row.numerals) },
  { key: "observations", en: "Observations", zh: "观测值", num: true, show: row => number(row.observations) },
  { key: "mention_rate", en: "Mention rate", zh: "指标率", num: true, show: row => percent(row.mention_rate) },
  { key: "rate", en: "Redacted", zh: "隐去率", num: true, show: row => percent(row.rate) },
  { key: "pairs", en: "Pairs", zh: "同比对", num: true, show: row => number(row.pairs) },
  { key: "pair_rate", en: "Comparable", zh: "可比率", num: true, show: row => percent(row.pair_rate) },
  { key: "unmapped", en: "Unmapped", zh: "未归入目录", num: true, show: row => number(row.unmapped) },
], { caption: { en: "Rates by organisation and year", zh: "各单位各年比率" }, filters: [{ key: "organisation", en: "Organisation", zh: "单位" }, { key: "year", en: "Year", zh: "年份" }] });

new Grid("findings-table", unpack(data.findings), [
  { key: "check_type", en: "Kind", zh: "类别", show: row => code("finding", row.check_type) }, { key: "reason", en: "Reason", zh: "原因", show: row => code("reason", row.reason) },
  { key: "organisation", en: "Where", zh: "位置", show: where }, { key: "indicator", en: "Indicator", zh: "指标", wide: true, show: row => [el("p", {}, row.indicator ?? ""), quote(row.sentence), reader(row)] },
  { key: "stated", en: "Stated", zh: "文中", num: true, show: row => number(row.stated) }, { key: "computed", en: "Computed", zh: "计算", num: true, show: row => number(row.computed) },
  { key: "tolerance", en: "Tolerance", zh: "容差", num: true, show: row => number(row.tolerance) },
], { caption: { en: "Stated against computed", zh: "文中数与计算数" }, filters: [{ key: "reason", en: "Reason", zh: "原因", show: v => code("reason", v) }, { key: "organisation", en: "Organisation", zh: "单位" }] });

new Grid("gap-table", unpack(data.gap), [
  { key: "organisation", en: "Where", zh: "位置", show: where }, { key: "sentence", en: "Sentence with a numeral and no indicator", zh: "有数字而无指标的句子", wide: true, show: row => [el("p", { lang: "zh-CN" }, row.sentence), reader(row)] },
], { size: 10, caption: { en: "Sentences that gave no indicator", zh: "没有指标的句子" }, filters: [{ key: "organisation", en: "Organisation", zh: "单位" }] });
new Grid("unmapped-table", unpack(data.unmapped), [
  { key: "indicator", en: "Name", zh: "名称" }, { key: "n_mentions", en: "Times", zh: "次数", num: true }, { key: "n_documents", en: "Reports", zh: "报告数", num: true },
  { key: "nearest_1", en: "Nearest in the catalogue", zh: "目录中最接近的" }, { key: "score", en: "Score", zh: "相似度", num: true, show: row => number(row.score) },
], { size: 10, caption: { en: "Names that are not in the catalogue", zh: "未归入目录的名称" } });
new Grid("units-table", unpack(data.units), [{ key: "unit", en: "Unit", zh: "单位" }, { key: "n", en: "Times", zh: "次数", num: true }], { size: 10, caption: { en: "Units that are not in the list", zh: "单位表以外的单位" } });
new Grid("sources-table", unpack(data.sources), [
  { key: "status", en: "Status", zh: "状态", show: row => el("span", { class: "badge " + (row.status === "quarantined" ? "warn" : "") }, code("status", row.status)) },
  { key: "path", en: "File", zh: "文件", wide: true }, { key: "error", en: "Why", zh: "原因", wide: true, show: row => row.error ?? (row.duplicate_of ? "= " + row.duplicate_of : "") },
], { caption: { en: "Files that did not load", zh: "未载入的文件" }, filters: [{ key: "status", en: "Status", zh: "状态", show: v => code("status", v) }] });
new Grid("rules-table", unpack(data.rules), [
  { key: "rule", en: "Rule", zh: "规则", show: row => el("code", {}, row.rule) }, { key: "now", en: "Rows", zh: "行数", num: true, show: row => number(row.now) }, { key: "before", en: "Last release", zh: "上次发布", num: true, show: row => number(row.before) },
], { size: 10, caption: { en: "Rows decided by each rule", zh: "各规则判定的行数" } });

addEventListener("beforeprint", () => grids.forEach(grid => grid.fill(100)));
addEventListener("afterprint", () => grids.forEach(grid => grid.fill()));
setLang(firstLang);
