// The reader: details of a numeral on pointing, focus and by n / p; filters; the outline closed on a phone.
const NAMES = { disposition: "归类", rule: "判定规则", indicator_name: "指标名称", indicator: "目录指标", kind: "类别", value: "数值", value_low: "下限", value_high: "上限", unit: "单位", written_value: "原文数值",
  written_unit: "原文单位", obs_status: "状态", mask: "掩码", approximation: "精确程度", change_basis: "对比基准", change_direction: "方向", scenario: "情景", target_force: "目标力度", period_code: "时期",
  period_written: "时期原文", rank_scope: "排名范围", rule_name: "命名规则", rule_context: "语境规则" };
const marks = [...document.querySelectorAll("main .m")], panel = document.getElementById("detail");
const label = key => lang() === "zh" ? (NAMES[key] ?? key) : key.replaceAll("_", " ");
let current = null;
function listed(values) {
  const list = el("dl");
  for (const [key, value] of Object.entries(values)) list.append(el("dt", {}, label(key)), el("dd", {}, String(value)));
  return list;
}
function show(mark) {
  current = mark;
  const found = data.mentions[mark.id.slice(2)];
  for (const other of document.querySelectorAll(".m.on")) other.classList.remove("on");
  mark.classList.add("on");
  panel.replaceChildren(el("h2", { lang: "zh-CN" }, found.surface), listed({ disposition: found.disposition, rule: found.rule }), ...found.subjects.map(listed), el("code", { class: "soft" }, mark.id.slice(2)));
}
for (const mark of marks) {
  mark.addEventListener("mouseenter", () => show(mark));
  mark.addEventListener("focus", () => show(mark));
  mark.addEventListener("click", () => show(mark));
}
function step(by) {
  const seen = marks.filter(mark => mark.dataset.d === "indicator" && !mark.classList.contains("off"));
  if (!seen.length) return;
  const at = seen.indexOf(current);
  const next = seen[at < 0 ? 0 : (at + by + seen.length) % seen.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}
addEventListener("keydown", event => {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
});
const boxes = [...document.querySelectorAll("[data-group]")];
function filter() {
  const off = group => new Set(boxes.filter(box => box.dataset.group === group && !box.checked).map(box => box.value));
  const [kinds, statuses, dispositions] = ["kind", "status", "disposition"].map(off);
  for (const mark of marks) {
    const { d, k, s } = mark.dataset;
    mark.classList.toggle("off", dispositions.has(d) || (k !== "" && k.split(" ").every(kind => kinds.has(kind))) || (s !== "" && s.split(" ").every(status => statuses.has(status))));
  }
}
for (const box of boxes) box.addEventListener("change", filter);
if (matchMedia("(max-width: 1080px)").matches) document.getElementById("outline").open = false;
if (matchMedia("(max-width: 700px)").matches) document.getElementById("filters").open = false;
listeners.push(() => { if (current) show(current); });
function arrive() { const mark = location.hash.startsWith("#m-") && document.getElementById(decodeURIComponent(location.hash.slice(1))); if (mark) { show(mark); mark.scrollIntoView({ block: "center" }); } }
addEventListener("hashchange", arrive);
setLang(firstLang);
arrive();
