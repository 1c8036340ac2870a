"""What a run was made with: hashes of the code and of the rules, so that two runs can be told apart."""

from __future__ import annotations

import hashlib
from functools import cache

from tongbi.settings import PACKAGE, SQL_DIR


@cache
def _hash(suffixes: frozenset[str]) -> str:
    digest = hashlib.sha256()
    for root in (PACKAGE, SQL_DIR):
        for path in sorted(p for p in root.rglob("*") if p.suffix in suffixes and p.is_file()):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def code_version() -> str:
    """Hash of every Python and SQL file."""
    return _hash(frozenset({".py", ".sql"}))


def rules_version() -> str:
    """Hash of every word list, rule table and catalogue."""
    return _hash(frozenset({".csv", ".toml"}))
