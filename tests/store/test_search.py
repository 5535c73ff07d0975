import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branch_desk.store import search
from branch_desk.store.registry import Kind, Slice

from .library import AUTHOR, BOOK, SLICE, behind_the_back, migrations, opened, opening, verdict


@pytest.fixture
def library(tmp_path):
    with opened(tmp_path) as store:
        yield store


def add(store, *authors):
    with store.change("Add") as change:
        return [
            change.insert("author", surname=surname, forename=forename, phone=phone)
            for surname, forename, phone in authors
        ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("O'Brien", "obrien"),
        ("O\u2019BRIEN", "obrien"),
        ("O\u02bcBrien", "obrien"),
        ("Łoś", "los"),
        ("Siân", "sian"),
        ("SIA\u0302N", "sian"),
        ("Bjørn Đorđe", "bjorn dorde"),
        ("Æsa Œuvre", "aesa oeuvre"),
        ("Groß", "gross"),
        ("Þóra Guðrún", "thora gudrun"),
        ("İpek I\u015f\u0131k", "ipek isik"),
        ("ﬁn", "fin"),
        ("Smith\u2013Jones", "smith-jones"),
        ("a.b@c_d", "a b c d"),
        ("রহিমা", "রহিমা"),
        ("Ⅷ", "viii"),
    ],
)
def test_letters_are_folded_to_what_people_type(text, plain):
    assert search.folded(text) == plain


@pytest.mark.parametrize(
    ("surname", "typed"),
    [
        ("O'Brien", ["OBrien", "o\u2019brien", "O'Br", "brien", "obr", "ob", "o"]),
        ("Wiśniewski", ["wisniewski", "WIŚN", "niew", "ski", "wi", "w"]),
        ("Smith-Jones", ["smith jones", "jones smith", "smithjones", "smith-j", "thjon", "jo"]),
        ("Al Masri", ["al-masri", "masri al"]),
        ("Nguyễn", ["nguyen", "uye"]),
        ("রহমান", ["রহমান", "রহম", "র"]),
    ],
)
def test_a_name_is_found_however_it_is_typed(library, surname, typed):
    add(library, (surname, "Xerxes", None), ("Quill", "Xerxes", None))
    for text in typed:
        assert library.search("author", text) == [1], text


@pytest.mark.parametrize(
    "stored",
    ["07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900-123", "0044 7700900123"],
)
@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123",
        "07700900123",
        "0770 0900 123",
        "900123",
        "07700-900",
        "+44 7700 900 123",
        "+447700900123",
    ],
)
def test_a_phone_number_is_found_however_it_is_grouped(library, stored, typed):
    add(library, ("Wren", "A", "01632 960000"), ("Finch", "B", stored))
    assert library.search("author", typed) == [2]


@pytest.mark.parametrize("stored", ["HX1 2AB", "hx12ab"])
@pytest.mark.parametrize("typed", ["hx1 2ab", "HX12AB", "x12a", "hx"])
def test_a_postcode_is_found_with_and_without_its_space(library, stored, typed):
    add(library, ("Wren", "A", "HX10 2XY"), ("Finch", "B", stored))
    assert 2 in library.search("author", typed)
    if typed != "hx":
        assert library.search("author", typed) == [2]


def test_every_word_must_match_in_any_order_and_any_column(library):
    add(library, ("Wren", "Ada", "1234567"), ("Wren", "Bo", None), ("Finch", "Ada", None))
    assert library.search("author", "ada wren") == [1]
    assert library.search("author", "wren a 345") == [1]
    assert library.search("author", "wren x") == []
    assert library.search("author", "a") == [1, 3]


def test_one_and_two_letters_are_beginnings_three_any_part(library):
    add(library, ("Wren", "Ada", None), ("Newton", "Bo", None))
    assert library.search("author", "e") == []
    assert library.search("author", "re") == []
    assert library.search("author", "ren") == [1]
    assert library.search("author", "ewt") == [2]


def test_beginnings_in_the_first_column_come_first(library):
    add(library, ("Ashgreen", "Bo", None), ("Hill", "Green", None), ("Greene", "Cy", None))
    assert library.search("author", "green") == [3, 1, 2]
    assert library.search("author", "gr") == [3, 2]
    assert library.search("author", "gr", 1) == [3]
    assert library.search("author", "green", 2) == [3, 1]


def test_blank_text_finds_everything_and_signs_nothing(library):
    add(library, ("Wren", "Ada", None), ("Finch", "Bo", None))
    assert library.search("author", " ") == [1, 2]
    assert library.search("author", "", 1) == [1]
    assert library.search("author", "?!*") == []
    assert library.matching("author", "") == {1, 2}
    assert library.matching("author", "*") == frozenset()


def test_what_matches_can_be_had_whole_to_count_and_sieve_with(library):
    add(library, *((f"Wren{n}", "Ada", None) for n in range(300)), ("Finch", "Bo", None))
    assert len(library.search("author", "wren", 50)) == 50
    assert library.matching("author", "wren") == set(range(1, 301))
    assert library.matching("author", "a wren29") == {30, *range(291, 301)}


@pytest.mark.parametrize(
    "text",
    [
        '"', "'", "*", "a*", "AND", "OR wren", "NOT", "NEAR(a b)", "text:wren", "^wren",
        "(", ")", "wren AND", '"wren" OR 1', "-", "--", "a-b", "{text}", "+", "\x00",
        "wren\x00", "||w", "<<w",
    ],
)  # fmt: skip
def test_what_is_typed_is_never_syntax(library, text):
    add(library, ("Wren", "Ada", None))
    library.search("author", text)
    library.matching("author", text)


WORDS = st.text(
    st.sampled_from("abAB'\u2019-łŁøß. 0123456789é\u0301*\"|<রহ"), min_size=0, max_size=12
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(WORDS, WORDS, st.none() | WORDS), max_size=6), typed=WORDS)
def test_the_index_finds_just_what_the_rule_says(library, rows, typed):
    """The rule again, plainly: each word begins a word, or from three letters is part of one."""
    with library.change("Start again") as change:
        change.delete_many("author", library.column("SELECT id FROM author"))
        ids = [
            change.insert("author", surname=surname, forename=forename, phone=phone)
            for surname, forename, phone in rows
        ]

    def finds(row, typed):
        words = [*search.words(row[0]), *search.words(f"{row[1]} \n {row[2] or ''}")]
        return all(
            any(word.startswith(each) or (len(each) > 2 and each in word) for word in words)
            for each in search.asked(typed)
        )

    expected = {
        row_id
        for row_id, row in zip(ids, rows, strict=True)
        if not typed.strip() or (search.asked(typed) and finds(row, typed))
    }
    assert library.matching("author", typed) == expected
    found = library.search("author", typed)
    assert set(found) == expected
    assert len(found) == len(expected)
    assert library.search("author", typed, 2) == found[:2]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=30))
def test_whatever_is_stored_is_found_by_itself(library, text):
    with library.change("Start again") as change:
        change.delete_many("author", library.column("SELECT id FROM author"))
        made = change.insert("author", surname=text, forename="")
    if search.asked(text):
        assert library.search("author", text) == [made]


def test_the_index_follows_updates_and_deletes(library):
    add(library, ("Wren", "Ada", None), ("Finch", "Bo", None))
    with library.change("Change") as change:
        change.update("author", 1, surname="Heron")
        change.update("author", 2, born="1970-01-01")
    assert library.search("author", "wren") == []
    assert library.search("author", "heron ada") == [1]
    with library.change("Delete") as change:
        change.delete("author", 2)
    assert library.search("author", "finch") == []
    assert library.search("author", "bo") == []


@pytest.mark.parametrize("way", ["_replace", "_replace_and_merge", "_make_afresh"])
def test_many_rows_leave_the_index_in_any_of_three_ways_and_nothing_stays(
    library, way, monkeypatch
):
    add(library, *((f"Wren{n}", "Ada", None) for n in range(200)))
    taken = []
    for each in ("_replace", "_replace_and_merge", "_make_afresh"):
        real = getattr(search, each)

        def watched(database, kind, stale, real=real):
            taken.append(real.__name__)
            real(database, kind, stale)

        monkeypatch.setattr(search, each, watched)
    weights = {"_replace": "ONE_BY_ONE", "_replace_and_merge": "MERGED", "_make_afresh": "AFRESH"}
    for name, weight in weights.items():
        monkeypatch.setattr(search, weight, (0, 0, 0) if name == way else (1, 1, 1))
    with library.change("Change and delete") as change:
        change.update_many("author", ({"id": n, "surname": f"Zebra{n}"} for n in range(1, 61)))
        change.delete_many("author", range(61, 121))
    assert taken[0] == way
    assert library.matching("author", "wren") == set(range(121, 201))
    assert library.matching("author", "zebra") == set(range(1, 61))
    assert library.value("SELECT v FROM search_author_config WHERE k = 'secure-delete'") == 1
    behind_the_back(library, "INSERT INTO search_author (search_author) VALUES ('integrity-check')")
    assert verdict(library).ok


def test_a_deleted_name_is_in_no_page_of_the_index(library):
    add(library, ("Wren", "Ada", None), ("Zyzzyva", "Bo", None))
    with library.change("Delete") as change:
        change.delete("author", 2)
    blocks = library.column("SELECT block FROM search_author_data")
    assert any(b"wre" in each for each in blocks)
    for part in (b"zyz", b"yzz", b"zzy", b"yva"):
        assert not any(part in each for each in blocks)


def test_a_kind_with_nothing_searched_finds_nothing_but_lists_all(library):
    with library.change("Add") as change:
        book = change.insert("book", title="Nests")
        change.insert("review", book=book, body="A wren of a book")
    assert library.search("review", "wren") == []
    assert library.matching("review", "wren") == frozenset()
    assert library.search("review", "") == [1]


def test_the_index_is_made_afresh_when_other_columns_are_searched(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        add(store, ("Wren", "Ada", "1234567"))
        with store.change("Add") as change:
            change.insert("book", title="Nests")
    fewer = Slice(
        SLICE.name,
        migrations,
        kinds=(Kind("author", "author", title="surname", searched=("forename",)),),
        sealed=SLICE.sealed,
    )
    with opening(path, key, fewer) as store:
        assert store.search("author", "ada") == [1]
        assert store.search("author", "wren") == []
        assert store.column("SELECT kind FROM search_index") == ["author"]
        with store.change("Add") as change:
            change.insert("book", title="Eggs")
    with opening(path, key) as store:
        assert store.search("author", "wren") == [1]
        assert store.search(BOOK.name, "eggs") == [2]


def test_opening_again_leaves_the_index_alone(tmp_path):
    with opened(tmp_path) as store:
        path, key = store.path, store.key
        add(store, ("Wren", "Ada", None))
        behind_the_back(store, "INSERT INTO author (surname) VALUES ('Finch')")
    with opening(path, key) as store:
        assert store.search(AUTHOR.name, "finch") == []
