"""Speed of extraction: text -> observations as Parquet, on one core; in shards of about 8 MB, as a build does it.

`extract.py [--gigabyte] [--line]`: the same up to 1 GB, or with one line of 200 MB, as well. Each measurement is a process of its own;
CPU time is counted, not the clock, but for two workers.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

os.environ["POLARS_MAX_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parent))
SHARD = 8.0  # MB
ROUNDS = 3
PATHS = {
    "one character": lambda mb: "一" * int(mb * 1e6 / 3),
    "one line": lambda mb: "".join(_texts(mb)).replace("\n", "，"),
    "only masks": lambda mb: "xx.x%、xxx家，" * int(mb * 1e6 / 17),
    "only numerals": lambda mb: "12.5%、3万元，一百二十家，" * int(mb * 1e6 / 42),
}


def _texts(megabytes: float, thin: float = 1.0, seed: int = 1) -> Iterator[str]:
    from corpus import texts

    return texts(megabytes, seed, thin)


def frame(texts: list[str]) -> pl.DataFrame:
    """Texts as the stages take them."""
    import polars as pl

    from tongbi.ingest.pack import texts_schema

    rows = [
        {"source_id": f"{i:016d}", "path": f"bench/{i}.txt", "batch": "bench", "format": "text", "text": t, "chrome_spans": []}
        for i, t in enumerate(texts)
    ]
    return pl.DataFrame(rows, schema=texts_schema())


def extract(texts: list[str], folder: Path) -> tuple[float, int]:
    """One shard: the outline is made first and not counted; CPU seconds from text to Parquet, and numerals."""
    from tongbi import segment
    from tongbi.extract import mentions, observations
    from tongbi.shards import write_parquet

    source = frame(texts)
    documents = segment.documents(source)
    sections = segment.sections(source, documents)
    before = time.process_time()
    found = mentions(source, documents, sections)
    facts = observations(found, source, documents, sections)
    write_parquet(found.select(c for c in found.columns if not c.startswith("_")), folder / "mentions.parquet")
    write_parquet(facts, folder / "observations.parquet")
    return time.process_time() - before, found.height


def child(kind: str, megabytes: float, thin: float, seed: int) -> dict[str, float]:
    """One measurement: warm up on a small text, then shard by shard."""
    with tempfile.TemporaryDirectory() as folder:
        extract(list(_texts(0.3)), Path(folder))
        base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds, numerals, size, wall = 0.0, 0, 0.0, time.perf_counter()
        while size < megabytes * 0.999:
            step = min(SHARD, megabytes - size)
            texts = [PATHS[kind](megabytes)] if kind in PATHS else list(_texts(step, thin, seed + int(size)))
            runs = [extract(texts, Path(folder)) for _ in range(ROUNDS if megabytes <= SHARD and kind not in PATHS else 1)]
            seconds, numerals = seconds + min(r[0] for r in runs), numerals + runs[0][1]
            size += sum(len(t.encode()) for t in texts) / 1e6
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"cpu": seconds, "numerals": numerals, "mb": size, "wall": time.perf_counter() - wall, "base": base, "peak": peak}


def start(kind: str, megabytes: float, thin: float = 1.0, seed: int = 1) -> subprocess.Popen[str]:
    from tongbi.shards import WORKER

    command = [sys.executable, __file__, "--child", kind, str(megabytes), str(thin), str(seed)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | WORKER)


def measure(kind: str, megabytes: float, thin: float = 1.0) -> dict[str, float]:
    out, _ = start(kind, megabytes, thin).communicate()
    return json.loads(out) if out else {}


def throughput() -> dict[str, float]:
    """The main figure, and what a MB and a numeral cost, fitted on texts of two densities."""
    usual, sparse = measure("usual", SHARD), measure("usual", SHARD, 0.4)
    per_mention = (usual["cpu"] / usual["mb"] - sparse["cpu"] / sparse["mb"]) / (
        usual["numerals"] / usual["mb"] - sparse["numerals"] / sparse["mb"]
    )
    per_mb = usual["cpu"] / usual["mb"] - per_mention * usual["numerals"] / usual["mb"]
    print(f"{usual['mb'] / usual['cpu']:.1f} MB per CPU second at {usual['numerals'] / usual['mb'] / 1000:.1f} numerals a KB (goal: 25)")
    print(
        f"{usual['cpu'] / usual['numerals'] * 1e6:.2f} µs a mention; fitted: {per_mb * 1e3:.1f} ms a MB and {per_mention * 1e6:.2f} µs a mention"
    )
    small = measure("usual", 1.0)
    print(f"{(usual['peak'] - small['peak']) / (usual['mb'] - small['mb']):.1f} MB of memory a MB in flight (goal: at most 20)")
    return usual


def two_workers() -> None:
    """How much more two processes do than one, by the clock."""
    alone = measure("usual", 2 * SHARD)["wall"]
    both = [start("usual", 2 * SHARD, seed=s) for s in (1, 50)]
    walls = [json.loads(p.communicate()[0])["wall"] for p in both]
    print(f"two workers: {2 * alone / max(walls):.2f} times one (goal: 1.8, on idle cores; load was {os.getloadavg()[0]:.1f})")


def growth(sizes: list[float]) -> None:
    """CPU seconds a MB from small to large."""
    for size in sizes:
        got = measure("usual", size)
        print(f"{got['mb']:8.1f} MB: {got['cpu']:7.2f} s, {got['mb'] / got['cpu']:5.1f} MB/s, peak memory {got['peak']:.0f} MB", flush=True)


def hard(usual: dict[str, float], line: bool) -> None:
    """Texts made to be slow: linear in size, and no dearer a numeral than twice the usual."""
    normal = usual["cpu"] / usual["numerals"]
    for kind in PATHS:
        small, large = measure(kind, 1), measure(kind, 200 if line and kind == "one line" else 4)
        if not (small and large):
            print(f"{kind:14}: did not end")
            continue
        each = large["cpu"] / max(1, large["numerals"])
        bound = f"{each / normal:.1f} times the usual cost of a numeral" if large["numerals"] > 1000 else "few numerals"
        ratio = (large["cpu"] / large["mb"]) / (small["cpu"] / small["mb"])
        print(f"{kind:14}: {large['mb']:.0f} MB in {large['cpu']:.2f} s, {ratio:.2f} times the cost a MB of 1 MB; {bound}", flush=True)


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        kind, megabytes, thin, seed = sys.argv[2:]
        print(json.dumps(child(kind, float(megabytes), float(thin), int(seed))))
        return 0
    usual = throughput()
    two_workers()
    growth([1, 4, 16, 100, *([1000] if "--gigabyte" in sys.argv else [])])
    hard(usual, "--line" in sys.argv)
    import peers

    peers.compare(usual["mb"] / usual["cpu"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
