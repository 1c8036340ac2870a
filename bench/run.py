"""`make bench`: every measurement in one run, one after another, so that they do not disturb each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("read.py", "extract.py", "views.py")


def main() -> int:
    """Run the parts that are asked for, or all; returns how many failed."""
    wanted = sys.argv[1:] or list(PARTS)
    failed = 0
    for part in wanted:
        print(f"\n== {part} ==", flush=True)
        failed += subprocess.run([sys.executable, str(HERE / part)], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
