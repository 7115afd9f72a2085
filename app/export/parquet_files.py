"""Tables as Parquet: money as int64 cents, dates as date32, one file a chunk and table."""

import sys
from collections.abc import Iterable
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from app.export.tables import TABLES, Row, Table
from app.learning.population import Billed


class _NoPandas(MetaPathFinder):
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Refuse pandas, and let the others look for the rest."""
        if name == "pandas":
            raise ModuleNotFoundError("not wanted here", name=name)


def refuse_pandas() -> None:
    """In a process of our own: pyarrow loads pandas where it is installed, 45 MB that no table here uses."""
    sys.meta_path.insert(0, _NoPandas())


def write(cases: Iterable[Billed], folder: Path, chunk: int) -> list[str]:
    """Write a chunk of every table. Return the names in order."""
    import pyarrow as pa  # 40 MB that only this needs
    import pyarrow.parquet as parquet

    pa.set_memory_pool(pa.system_memory_pool())  # gives back what it does not use
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for case in cases:
        for table in TABLES:
            rows[table.name].extend(table.rows(case))
    names = []
    for table in TABLES:
        name = f"{table.name}-{chunk:05d}.parquet"
        parquet.write_table(_arrow(table, rows.pop(table.name)), folder / name, compression="zstd")
        names.append(name)
    return names


def _arrow(table: Table, rows: list[Row]) -> Any:
    import pyarrow as pa

    types = {"text": pa.string(), "whole": pa.int32(), "cents": pa.int64(), "date": pa.date32(),
             "moment": pa.timestamp("ms"), "yes_no": pa.bool_()}
    schema = pa.schema([pa.field(column.name, types[column.kind], metadata={"says": column.says})
                        for column in table.columns])
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return pa.table([pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)],
                    schema=schema)
