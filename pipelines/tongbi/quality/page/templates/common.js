"use strict";
// Language and theme of a page; what a reader chose is remembered where the browser allows it.
const root = document.documentElement;
const recall = key => { try { return localStorage.getItem("tongbi-" + key); } catch { return null; } };
const remember = (key, value) => { try { localStorage.setItem("tongbi-" + key, value); } catch { /* a page from disk may have no store */ } };
const listeners = [];
const lang = () => root.lang.startsWith("zh") ? "zh" : "en";
function setLang(value) {
  root.lang = value === "zh" ? "zh-CN" : "en";
  remember("lang", value);
  document.title = document.body.dataset[value === "zh" ? "titleZh" : "titleEn"] || document.title;
  for (const listen of listeners) listen();
}
function setTheme(value) { root.dataset.theme = value; remember("theme", value); }
const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") node.className = value; else if (key.startsWith("on")) node.addEventListener(key.slice(2), value); else node.setAttribute(key, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}
document.getElementById("lang").addEventListener("click", () => setLang(lang() === "zh" ? "en" : "zh"));
document.getElementById("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
if (recall("theme")) root.dataset.theme = recall("theme");
const firstLang = recall("lang") || (navigator.language.startsWith("zh") ? "zh" : "en");
const data = JSON.parse(document.getElementById("data").textContent);
