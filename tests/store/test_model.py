"""The store against a plain model of it: whatever is done, undone and done again, in any order."""

from __future__ import annotations

import shutil
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from branch_desk.store.errors import Conflict
from branch_desk.store.links import Ref

from .library import opened, opening, verdict

NAMES = st.sampled_from(["Wren", "Finch", "O'Brien", "Łoś", "wren", ""])


class Model(RuleBasedStateMachine):
    """Authors and their links in a dict; what undo and redo would do in two stacks of dicts."""

    def __init__(self):
        super().__init__()
        self.folder = Path(mkdtemp())
        self.store = opened(self.folder)
        self.authors: dict[int, str] = {}
        self.links: set[tuple[int, int]] = set()
        self.undone: list[tuple[str, tuple]] = []
        self.done: list[tuple[str, tuple]] = []
        self.highest = 0
        self.count = 0

    def teardown(self):
        self.store.close()
        shutil.rmtree(self.folder)

    def state(self):
        return deepcopy((self.authors, self.links))

    def become(self, state):
        self.authors, self.links = deepcopy(state)

    @rule(names=st.lists(NAMES, max_size=3), data=st.data())
    def change(self, names, data):
        """One change of several writes, some of them in a change inside it."""
        before, self.count = self.state(), self.count + 1
        title = f"Change {self.count}"
        with self.store.change(title) as change:
            for name in names:
                made = change.insert("author", surname=name)
                assert made > self.highest
                self.authors[made] = name
            for _ in range(data.draw(st.integers(0, 4))):
                if self.authors:
                    self.deed(data)(change)
        self.highest = max(self.highest, *self.authors, 0)
        if self.state() != before:
            self.done.append((title, before))
            self.undone.clear()

    def deed(self, data):
        some = data.draw(st.sampled_from(sorted(self.authors)))
        other = data.draw(st.sampled_from(sorted(self.authors)))
        name = data.draw(NAMES)

        def rename(change):
            change.update("author", some, surname=name)
            self.authors[some] = name

        def delete(change):
            change.delete("author", some)
            del self.authors[some]
            self.links = {pair for pair in self.links if some not in pair}

        def link(change):
            change.link(Ref("author", some), Ref("author", other), "knows")
            self.links.add((some, other))

        def unlink(change):
            change.unlink(Ref("author", some), Ref("author", other), "knows")
            self.links.discard((some, other))

        def fail(_):
            with suppress(LookupError), self.store.change("Inner") as inner:
                inner.update("author", some, surname=name)
                inner.insert("author", surname=name)
                raise LookupError

        return data.draw(st.sampled_from([rename, delete, link, unlink, fail]))

    @rule(name=NAMES)
    def change_that_fails(self, name):
        with suppress(LookupError), self.store.change("Fails") as change:
            change.insert("author", surname=name)
            for each in self.authors:
                change.delete("author", each)
            raise LookupError

    @rule()
    def undo(self):
        if not self.done:
            with pytest.raises(Conflict):
                self.store.undo()
            return
        title, before = self.done.pop()
        self.undone.append((title, self.state()))
        assert self.store.undo() == title
        self.become(before)

    @rule()
    def redo(self):
        if not self.undone:
            with pytest.raises(Conflict):
                self.store.redo()
            return
        title, after = self.undone.pop()
        self.done.append((title, self.state()))
        assert self.store.redo() == title
        self.become(after)

    @rule(number=st.integers(0, 1))
    def keep_up(self, number):
        """Upkeep writes into the same rows, and no undo or redo notices."""
        with self.store.upkeep("Upkeep") as change:
            for each in self.authors:
                change.update("author", each, phone=str(number))

    @rule()
    def restart(self):
        path, key = self.store.path, self.store.key
        self.store.close()
        self.store = opening(path, key)

    @precondition(lambda self: self.authors)
    @rule(data=st.data())
    def erase(self, data):
        """After an erasure the model starts again: nothing older is promised to be undone."""
        some = data.draw(st.sampled_from(sorted(self.authors)))
        with self.store.change("Erase") as change:
            change.update("author", some, surname="erased")
            change.erase("author", [some])
        self.authors[some] = "erased"
        self.store.retain(self.store.now().replace(year=9999))
        self.done.clear()
        self.undone.clear()
        with pytest.raises(Conflict):
            self.store.undo()

    @invariant()
    def rows_are_as_the_model_says(self):
        rows = self.store.rows("SELECT id, surname FROM author")
        assert {row["id"]: row["surname"] for row in rows} == self.authors
        links = self.store.rows("SELECT from_id, to_id FROM link")
        assert {(row["from_id"], row["to_id"]) for row in links} == self.links

    @invariant()
    def the_log_adds_up(self):
        assert verdict(self.store).problems == ()

    @invariant()
    def the_search_finds_what_is_there(self):
        for typed, names in (("wre", {"Wren", "wren"}), ("obrien", {"O'Brien"}), ("los", {"Łoś"})):
            assert self.store.matching("author", typed) == {
                row_id for row_id, name in self.authors.items() if name in names
            }


TestModel = Model.TestCase
TestModel.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
