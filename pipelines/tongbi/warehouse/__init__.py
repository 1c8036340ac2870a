"""Parquet shards -> a new DuckDB file -> published by an atomic swap; and reading what was published.

What belongs here: files, locks, DDL, the order of SQL. What does not: what the SQL says (sql/) and whether it is right (`quality`).
"""

from tongbi.warehouse.connect import connect

__all__ = ["connect"]
