"""The drawn queries are asked of a real database, filled with the tables as the stem prints them."""

import sqlite3

import pytest

from tests.learning.templates.reading import agrees


def cell(text):
    return None if text == "NULL" else int(text) if text.isdecimal() else text


@pytest.fixture(scope="module")
def run():
    with sqlite3.connect(":memory:") as database:
        def asked(shown):
            *tables, query = shown.split("\n", 1)[1].strip().split("\n\n")
            names = []
            for name, columns, *rows in (block.split("\n") for block in tables):
                database.execute(f"CREATE TABLE {name} ({columns.replace('|', ',')})")
                filled = [tuple(cell(part.strip()) for part in row.split("|")) for row in rows]
                database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(filled[0]))})", filled)
                names.append(name)
            found = database.execute(query.rstrip(";")).fetchall()
            for name in names:
                database.execute(f"DROP TABLE {name}")
            return ", ".join(str(row[0]) for row in found)
        yield asked


APART = dict.fromkeys(("sql-count-column", "sql-count-distinct", "sql-inner-join", "sql-left-join", "sql-without-match",
                       "sql-having", "sql-not-equal", "sql-between", "sql-limit", "sql-average", "sql-precedence",
                       "sql-pattern"))


@pytest.mark.parametrize("name", APART)
def test_the_database_gives_the_key(name, run):
    agrees(name, run, None)
