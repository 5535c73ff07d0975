"""Full-text search: one FTS5 table for each kind, of text folded by our own rules.

The index holds trigrams of folded words. A word is written with two marks before it, so that its
first letter and its first two make a trigram of their own: one or two letters find the beginnings
of words, three or more find any part of one. Words of a kind's first searched column carry another
mark, which is how their beginnings come first among the answers. The index stores no text, and
what leaves it is taken out of its pages at once (`secure-delete`).
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from branch_desk.store.schema import sql
from branch_desk.store.values import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from branch_desk.store.connections import Database
    from branch_desk.store.registry import Kind, Registry
    from branch_desk.store.schema import Table

CREATE = (
    """CREATE TABLE search_index (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL UNIQUE,
        made_for TEXT NOT NULL
    ) STRICT""",
)

# Raised when the folding changes, so that every index is made afresh.
VERSION = 1
_FIRST, _OTHER = "<<", "||"
_BATCH = 1_000
# What FTS5 gathers before it writes: fewer, larger pieces make an import a third faster.
_HASH_BYTES = 16 << 20
# Microseconds, measured: for each stale row, each row indexed before, each row of the table. Out of
# the pages one by one; marked as gone and all merged; all emptied and filled again.
ONE_BY_ONE = (1_300, 0, 0)
MERGED = (40, 13, 0)
AFRESH = (0, 3, 35)
# Up to so many rows leave the index one by one, whatever its size.
_FEW = 50

_LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\uff07"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_NUMBER = re.compile(r"\+?\d[\d ()./\-]{4,}\d")
_ABROAD = re.compile(r"(?:\+|\b00)44[ ().\-]*0?[ ().\-]*(?=\d)")
_folding_to_digits = str.maketrans("", "", "+ ()./-")


class _Folding(dict[int, str]):
    """What becomes of a letter, by its code; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in _APOSTROPHES or unicodedata.combining(letter):
            made = ""
        elif letter in _HYPHENS:
            made = "-"
        elif unicodedata.category(letter)[0] in "LMN":
            made = _LETTERS.get(letter, letter)
        else:
            made = " "
        self[code] = made
        return made


_folding = _Folding()


def folded(text: str) -> str:
    """Return text in small letters without marks or apostrophes, hyphens and spaces between."""
    if text.isascii():
        return text.lower().translate(_folding)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return plain.translate(_folding)


def words(text: str) -> list[str]:
    """Return the words to find a text by: hyphenated ones apart and joined, numbers joined."""
    plain = folded(text)
    found = plain.replace("-", " ").split()
    joined = [
        first + second
        for first, second in pairwise(found)
        if len(second) == 3 and _is_postcode(first, second)
    ]
    if "-" in plain:
        joined += [each.replace("-", "") for each in plain.split() if "-" in each]
    for number in _NUMBER.findall(text):
        digits = number.translate(_folding_to_digits)
        joined.append(digits)
        if number[0] in "+0" and _ABROAD.match(number):
            joined.append(_ABROAD.sub("0", number).translate(_folding_to_digits))
    return found + joined


def _is_postcode(first: str, second: str) -> bool:
    return (
        second[0].isdigit() and second[1:].isalpha() and 2 <= len(first) <= 4 and first[0].isalpha()
    )


def asked(text: str) -> list[str]:
    """Return the words somebody looks for, each of which must match."""
    plain = folded(_ABROAD.sub("0", text)).replace("-", " ")
    return list(dict.fromkeys(plain.split()))


def index_text(fields: Sequence[str | None]) -> str:
    """Return what the index is given for a row: the words of its searched columns, marked."""
    first = dict.fromkeys(words(fields[0] or ""))
    others = dict.fromkeys(words(" \n ".join(filter(None, fields[1:]))))
    return _FIRST.join(["", *first]) + _OTHER.join(
        ["", *(word for word in others if word not in first)]
    )


def _index(kind: Kind | str) -> str:
    return f"search_{kind if isinstance(kind, str) else kind.name}"


def prepare(database: Database, registry: Registry) -> None:
    """Make the index of each kind that is searched, and make afresh those made for other columns.

    The connection must be able to write.
    """
    execute = database.conn.execute
    made = dict(execute("SELECT kind, made_for FROM search_index").fetchall())
    wanted = {kind.name: kind for kind in registry.kinds.values() if kind.searched}
    with database.atomic():
        for name in made.keys() - wanted.keys():
            execute(sql("DROP TABLE IF EXISTS {index}", index=_index(name)))
            execute("DELETE FROM search_index WHERE kind = ?", [name])
        for name, kind in wanted.items():
            made_for = canonical([VERSION, kind.table, kind.searched])
            if made.get(name) != made_for:
                _make(database, kind)
                execute(
                    "INSERT INTO search_index (kind, made_for) VALUES (?, ?)"
                    " ON CONFLICT (kind) DO UPDATE SET made_for = excluded.made_for",
                    [name, made_for],
                )


def _make(database: Database, kind: Kind) -> None:
    execute = database.conn.execute
    execute(sql("DROP TABLE IF EXISTS {index}", index=_index(kind)))
    execute(
        sql(
            "CREATE VIRTUAL TABLE {index} USING fts5("
            "text, content='', columnsize=0, tokenize='trigram case_sensitive 1')",
            index=_index(kind),
        )
    )
    _set(database, kind, "secure-delete", 1)
    _set(database, kind, "hashsize", _HASH_BYTES)
    _fill(database, kind)


def _set(database: Database, kind: Kind, option: str, value: int) -> None:
    database.conn.execute(
        sql("INSERT INTO {index} ({index}, rank) VALUES (?, ?)", index=_index(kind)),
        [option, value],
    )


def _fill(database: Database, kind: Kind) -> None:
    rows = database.conn.execute(
        sql(
            "SELECT id, {columns} FROM {table} ORDER BY id",
            columns=kind.searched,
            table=kind.table,
        )
    )
    while some := list(islice(rows, _BATCH)):
        _add(database, kind, [(row_id, index_text(fields)) for row_id, *fields in some])


class Feed:
    """Keeps the indexes in step with what a change writes; `close` brings in what is left.

    A change feeds them once, when it ends: inside it, search finds what was there before.
    """

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry
        # For each kind: rows whose words are in the index and have to leave it, and what follows.
        self._stale: dict[str, list[_Stale]] = {}

    def take(
        self,
        known: Table,
        rows: Iterable[tuple[int, tuple[Any, ...] | None, tuple[Any, ...] | None]],
    ) -> None:
        """Take rows of a table, given by id as they were and as they are."""
        for kind in self._registry.of_table(known.name):
            if kind.searched:
                pick = itemgetter(*map(known.columns.index, (kind.searched[0], *kind.searched)))
                self._take(kind, pick, rows)

    def _take(
        self,
        kind: Kind,
        pick: Callable[[tuple[Any, ...]], tuple[Any, ...]],
        rows: Iterable[tuple[int, tuple[Any, ...] | None, tuple[Any, ...] | None]],
    ) -> None:
        new: list[tuple[int, str]] = []
        for row_id, was, now in rows:
            old = pick(was)[1:] if was else None
            fresh = pick(now)[1:] if now else None
            if old is not None and old != fresh:
                self._stale.setdefault(kind.name, []).append(_Stale(row_id, old, fresh))
            elif old is None and fresh is not None:
                new.append((row_id, index_text(fresh)))
        _add(self._database, kind, new)

    def close(self) -> None:
        """Take what is stale out of the indexes, in whichever way is quickest for so many."""
        for name, stale in self._stale.items():
            kind = self._registry.kind(name)
            if len(stale) <= _FEW:
                _replace(self._database, kind, stale)
                continue
            (rows,) = self._database.conn.execute(
                sql("SELECT count(*) FROM {table}", table=kind.table)
            ).fetchone()
            left = rows + sum(each.fresh is None for each in stale)
            ways = ((_replace, ONE_BY_ONE), (_replace_and_merge, MERGED), (_make_afresh, AFRESH))
            costs = {way: a * len(stale) + b * left + c * rows for way, (a, b, c) in ways}
            min(costs, key=costs.__getitem__)(self._database, kind, stale)


class _Stale(NamedTuple):
    """A row whose words in the index no longer hold, and those that do, None if it is gone."""

    id: int
    old: tuple[str | None, ...]
    fresh: tuple[str | None, ...] | None


def _add(database: Database, kind: Kind, rows: Iterable[tuple[int, str]]) -> None:
    database.conn.executemany(
        sql("INSERT INTO {index} (rowid, text) VALUES (?, ?)", index=_index(kind)), rows
    )


def _replace(database: Database, kind: Kind, stale: Sequence[_Stale]) -> None:
    database.conn.executemany(
        sql(
            "INSERT INTO {index} ({index}, rowid, text) VALUES ('delete', ?, ?)", index=_index(kind)
        ),
        ((each.id, index_text(each.old)) for each in stale),
    )
    _add(
        database,
        kind,
        ((each.id, index_text(each.fresh)) for each in stale if each.fresh is not None),
    )


def _replace_and_merge(database: Database, kind: Kind, stale: Sequence[_Stale]) -> None:
    _set(database, kind, "secure-delete", 0)
    _replace(database, kind, stale)
    _order(database, kind, "optimize")
    _set(database, kind, "secure-delete", 1)


def _order(database: Database, kind: Kind, what: str) -> None:
    database.conn.execute(
        sql("INSERT INTO {index} ({index}) VALUES (?)", index=_index(kind)), [what]
    )


def _make_afresh(database: Database, kind: Kind, _: Sequence[_Stale]) -> None:
    _order(database, kind, "delete-all")
    _fill(database, kind)


def search(database: Database, kind: Kind, text: str, limit: int | None = None) -> list[int]:
    """Return ids of a kind whose words match every word of `text`, in any order.

    First those where a word begins a word of the first searched column, then the others, each in
    order of their ids. Blank text finds everything, text without a letter or digit nothing.
    """
    most = -1 if limit is None else limit
    if not text.strip():
        return _ids(
            database, sql("SELECT id FROM {table} ORDER BY id LIMIT ?", table=kind.table), [most]
        )
    looked_for = asked(text)
    if not looked_for or not kind.searched:
        return []
    every = " AND ".join(map(_anywhere, looked_for))
    first = " OR ".join(map(_beginning, looked_for))
    query = sql("SELECT rowid FROM {index} WHERE {index} MATCH ? LIMIT ?", index=_index(kind))
    best = _ids(database, query, [f"({first}) AND {every}", most])
    if len(best) == limit:
        return best
    found = _ids(database, query, [every, most])
    return list(dict.fromkeys(best + found))[:limit]


def matching(database: Database, kind: Kind, text: str) -> frozenset[int]:
    """Return every id that `search` finds, to count them and to sieve an ordered list with."""
    if not text.strip():
        return frozenset(_ids(database, sql("SELECT id FROM {table}", table=kind.table), []))
    looked_for = asked(text)
    if not looked_for or not kind.searched:
        return frozenset()
    query = sql("SELECT rowid FROM {index} WHERE {index} MATCH ?", index=_index(kind))
    return frozenset(_ids(database, query, [" AND ".join(map(_anywhere, looked_for))]))


def _ids(database: Database, sql: str, params: list[Any]) -> list[int]:
    return [row_id for (row_id,) in database.conn.execute(sql, params)]


def _anywhere(word: str) -> str:
    """Return the FTS5 phrase for a word; it holds letters and digits only, so nothing to escape."""
    if len(word) >= 3:
        return f'"{word}"'
    return f"({_beginning(word)} OR {_marked(_OTHER, word)})"


def _beginning(word: str) -> str:
    return _marked(_FIRST, word)


def _marked(mark: str, word: str) -> str:
    return f'"{mark if len(word) == 1 else mark[0]}{word}"'
