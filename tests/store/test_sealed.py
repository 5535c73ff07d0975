from datetime import UTC, datetime

import pytest

from branch_desk.store.errors import Conflict, Missing

from .library import NOW, opened, verdict

PAPERS = [{"code": code, "choice": "yes"} for code in ("K7", "A2", "Z9", "C4", "M1")]


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        yield store


def fill(store, papers=PAPERS):
    with store.sealed("Open the envelopes") as batch:
        batch.insert_many("vote", papers)


def test_rows_lie_in_the_order_of_their_codes(library):
    fill(library)
    assert library.column("SELECT code FROM vote ORDER BY id") == ["A2", "C4", "K7", "M1", "Z9"]


def test_the_log_tells_the_day_and_totals_and_nothing_of_any_paper(library):
    fill(library)
    (entry,) = library.rows("SELECT * FROM audit_entry")
    assert (entry["kind"], entry["totals"], entry["row_count"]) == ("sealed", '{"vote":5}', 0)
    assert entry["at"] == f"{NOW.date()}T00:00:00+00:00"
    assert library.rows("SELECT * FROM audit_row") == []
    assert verdict(library).ok


def test_it_is_not_undone_and_clears_nothing_to_undo(library):
    with library.change("Add") as change:
        change.insert("author", surname="Wren")
    fill(library)
    assert library.undo() == "Add"
    with pytest.raises(Conflict, match="nothing to undo"):
        library.undo()
    assert library.value("SELECT count(*) FROM vote") == 5


def test_listeners_hear_that_something_changed_but_no_ids(library):
    heard = []
    library.listen(heard.append)
    fill(library)
    assert [(each.change_id, each.tables) for each in heard] == [(0, {"vote": None})]


@pytest.mark.parametrize("few", [1, 4])
def test_fewer_than_five_papers_are_refused(library, few):
    with pytest.raises(Conflict, match=f"5 or more at a time.*these are {few}"):
        fill(library, PAPERS[:few])
    assert library.value("SELECT count(*) FROM vote") == 0
    assert library.rows("SELECT * FROM audit_entry") == []


def test_five_rows_of_fewer_papers_are_refused(library):
    fill(library)
    with pytest.raises(Conflict, match="these are 1"), library.sealed("Correct") as batch:
        batch.update_many("vote", [{"code": "A2", "choice": "no"}] * 5)
    assert library.column("SELECT DISTINCT choice FROM vote") == ["yes"]


def test_papers_are_changed_by_their_codes(library):
    fill(library)
    with library.sealed("Count") as batch:
        batch.update_many("vote", [{"code": each["code"], "choice": None} for each in PAPERS])
    assert library.column("SELECT choice FROM vote") == [None] * 5
    with pytest.raises(Missing, match="no paper with the code Q1"), library.sealed("x") as batch:
        batch.update_many(
            "vote", [{"code": each, "choice": "no"} for each in ("A2", "C4", "K7", "M1", "Q1")]
        )
    assert library.column("SELECT choice FROM vote") == [None] * 5


def test_a_batch_is_all_or_nothing(library):
    def failing():
        with library.sealed("Open") as batch:
            batch.insert_many("vote", PAPERS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    assert library.value("SELECT count(*) FROM vote") == 0


def test_an_empty_batch_leaves_nothing(library):
    heard = []
    library.listen(heard.append)
    with library.sealed("Nothing"):
        pass
    assert library.rows("SELECT * FROM audit_entry") == []
    assert heard == []


def test_it_writes_no_other_table_no_time_no_id_and_no_unknown_column(library):
    with library.sealed("x") as batch:
        with pytest.raises(RuntimeError, match="not sealed"):
            batch.insert_many("author", [{"surname": "Wren"}])
        with pytest.raises(RuntimeError, match="no time"):
            batch.insert_many("vote", [{"code": "A", "choice": datetime(2026, 5, 1, tzinfo=UTC)}])
        for row in ({"choice": "yes"}, {"code": "A", "id": 4}, {"code": "A", "who": "Wren"}):
            with pytest.raises(LookupError, match="a row of 'vote'"):
                batch.insert_many("vote", [row])


def test_it_is_not_done_inside_a_change(library):
    with (
        library.change("Outer"),
        pytest.raises(RuntimeError, match="inside a change"),
        library.sealed("Inner"),
    ):
        pass
