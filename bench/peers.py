"""Speed of other readers of Chinese numerals on the same text, and the values they invent where figures are masked.

They live in an environment of their own, `.bench/`, made by `peers.py --install` from requirements-peers.txt (needs a network);
without it they are left out, and said to be.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "1"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = ROOT / ".bench" / "bin" / "python"
REDACTED = [ROOT / "tests" / "texts" / "某区商务和乡镇工作总结（数据隐去）.txt", *sorted((ROOT.parent / "shared" / "seed").glob("*.txt"))]
GOALS = {"jionlp": 40, "recognizers": 1000}
Found = tuple[int, str, object]
MODELS = {"jionlp": "money and time", "recognizers": "six models", "cn2an": "sentences to digits"}


def install() -> int:
    """Make `.bench/` with the readers to compare with."""
    import venv

    venv.create(PYTHON.parent.parent, with_pip=True)
    return subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", "-r", str(HERE / "requirements-peers.txt")], check=False).returncode


def reader(name: str) -> Callable[[str], list[Found]]:
    """A function from a sentence to the values that a reader gives for its numerals: where each begins, its surface and value."""
    if name == "jionlp":
        jio = import_module("jionlp")

        def read(text: str) -> list[Found]:
            money = jio.ner.extract_money(text, with_parsing=True) or []
            times = jio.ner.extract_time(text, with_parsing=False) or []
            return [(m["offset"][0], m["text"], m["detail"]["num"]) for m in money] + [(t["offset"][0], t["text"], None) for t in times]

        return read
    if name == "cn2an":
        cn2an = import_module("cn2an")

        return lambda text: [(0, "", None)] if cn2an.transform(text, "cn2an") else []
    units, dates, plain = (import_module(f"recognizers_{n}") for n in ("number_with_unit", "date_time", "number"))
    models = [plain.recognize_number, plain.recognize_ordinal, plain.recognize_percentage, units.recognize_currency, units.recognize_dimension,
              dates.recognize_datetime]  # fmt: skip

    def all_models(text: str) -> list[Found]:
        found = [r for model in models for r in model(text, "zh-cn")]
        return [(r.start, r.text, (r.resolution or {}).get("value")) for r in found]

    return all_models


def child(name: str) -> None:
    """Measured inside `.bench/`: CPU seconds a MB, and values invented for masks."""
    read, texts = reader(name), json.loads(sys.stdin.read())
    read("2023年完成投资3.5亿元。")
    seconds, size, failed = 0.0, 0, 0
    for sentence in texts["speed"]:
        before = time.process_time()
        try:
            read(sentence)
        except Exception:
            failed += 1
        seconds += time.process_time() - before
        size += len(sentence.encode())
        if seconds > 60:
            break
    invented = []
    for sentences in texts["masked"]:
        count = 0
        for sentence in sentences:
            try:
                found = read(sentence)
            except Exception:
                continue
            # 万元 of xxx万元, read as 10,000 元, is invented as well
            count += sum(
                1
                for at, surface, value in found
                if value not in (None, "") and any(c in sentence[max(0, at - 1) : at] + surface for c in "xX×＊")
            )
        invented.append(count)
    print(json.dumps({"mb_s": size / 1e6 / seconds, "failed": failed, "invented": invented}))


def ours(texts: list[str]) -> list[int]:
    """Values that our own reading gives for masked figures."""
    import polars as pl

    from tongbi import extract

    valued = pl.any_horizontal(pl.col("value", "value_low", "value_high").is_not_null()) & pl.col("surface").str.contains("[xX×＊]")
    return [extract(text).filter(valued & (pl.col("disposition") == "indicator")).height for text in texts]


def compare(mb_s: float) -> None:
    """Print every reader side by side; `mb_s` is our own speed in MB per CPU second."""
    from corpus import texts

    masked = [p.read_text(encoding="utf-8") for p in REDACTED]
    sentences = [s for t in texts(0.4) for s in t.replace("\n", "。").split("。") if s]
    work = json.dumps({"speed": sentences, "masked": [[s for s in t.replace("\n", "。").split("。") if s] for t in masked]})
    print(
        f"{'reader':12} {'MB per CPU second':>18} {'we are':>12}   values for masked figures in {', '.join(p.name[:6] + '…' for p in REDACTED)}"
    )
    print(f"{'tongbi':12} {mb_s:18.2f} {'':>12}   {ours(masked)}")
    for name in MODELS:
        if not PYTHON.exists():
            print(f"{name:12} not measured: no {PYTHON.parent.parent} (make it with `python bench/peers.py --install`)")
            continue
        done = subprocess.run([str(PYTHON), __file__, "--child", name], input=work, capture_output=True, text=True, check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            print(f"{name:12} not measured: {last[:120]}")
            continue
        got = json.loads(done.stdout.strip().splitlines()[-1])
        goal = f" (goal: {GOALS[name]})" if name in GOALS else ""
        broken = f"; {got['failed']} sentences broke it" if got["failed"] else ""
        print(f"{name:12} {got['mb_s']:18.4f} {mb_s / got['mb_s']:10.0f} x   {got['invented']}{goal}; {MODELS[name]}{broken}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2])
    elif sys.argv[1:] == ["--install"]:
        sys.exit(install())
    else:
        sys.path.insert(0, str(HERE))
        from extract import SHARD, measure

        got = measure("usual", SHARD)
        compare(got["mb"] / got["cpu"])
