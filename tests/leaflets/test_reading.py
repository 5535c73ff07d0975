from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branch_desk.leaflets import reading
from branch_desk.leaflets.reading import by
from branch_desk.store.errors import Invalid


@dataclass(frozen=True)
class Inner:
    size: float = field(metadata=by(reading.number(1, 9)))


@dataclass(frozen=True)
class Thing:
    name: str = field(metadata=by(reading.name))
    count: int = field(default=1, metadata=by(reading.whole(1, 5)))
    open: bool = field(default=False, metadata=by(reading.flag))
    colour: str = field(default="#000000", metadata=by(reading.colour))
    side: str = field(default="left", metadata=by(reading.choice("left", "right")))
    inner: Inner | None = field(default=None, metadata=by(reading.table(Inner)))
    parts: tuple = field(
        default=(), metadata=by(reading.several(reading.table(Inner), least=1, most=2))
    )
    named: dict = field(default_factory=dict, metadata=by(reading.tables(Inner)))


def test_a_table_fills_a_record():
    table = {
        "name": "a-b",
        "count": 2,
        "open": True,
        "colour": "#abcdef",
        "side": "right",
        "inner": {"size": 3},
        "parts": [{"size": 4.5}],
        "named": {"one": {"size": 1}},
    }
    assert reading.record(Thing, table, "x.toml") == Thing(
        "a-b", 2, True, "#ABCDEF", "right", Inner(3.0), (Inner(4.5),), {"one": Inner(1.0)}
    )


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "x.toml must be a table"),
        ({}, "x.toml has no “name”"),
        ({"name": "a", "colr": "#000000"}, "Is “colour” meant?"),
        ({"name": "a", "zzzz": 1}, "Known are: name, count"),
        ({"name": 3}, "x.toml, “name” must be text"),
        ({"name": "A b"}, "small letters"),
        ({"name": "a", "count": 9}, "between 1 and 5; it is 9"),
        ({"name": "a", "count": 1.5}, "a whole number"),
        ({"name": "a", "count": True}, "must be a number"),
        ({"name": "a", "count": float("nan")}, "must be a number"),
        ({"name": "a", "open": "yes"}, "true or false"),
        ({"name": "a", "colour": "red"}, "#RRGGBB"),
        ({"name": "a", "side": "top"}, "one of left, right; it is “top”"),
        ({"name": "a", "side": ["left"]}, "one of left, right"),
        ({"name": "a", "inner": 3}, "“inner” must be a table"),
        ({"name": "a", "inner": {"size": 99}}, "x.toml, “inner”, “size” must lie"),
        ({"name": "a", "parts": {}}, "must be a list"),
        ({"name": "a", "parts": []}, "1 to 2 parts; it has 0"),
        ({"name": "a", "parts": [{"size": 1}, {}]}, "“parts” 2 has no “size”"),
        ({"name": "a", "named": []}, "a table of named tables"),
        ({"name": "a", "named": {"No": {"size": 1}}}, "small letters"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(table, sentence):
    with pytest.raises(Invalid) as raised:
        reading.record(Thing, table, "x.toml")
    assert sentence in str(raised.value)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*Thing.__dataclass_fields__, "size", "x"]), inner, max_size=5
        )
    ),
    max_leaves=8,
)


@given(values)
def test_anything_is_read_or_refused_with_a_sentence(value):
    try:
        found = reading.record(Thing, value, "x.toml")
    except Invalid as error:
        found = error
    assert isinstance(found, Thing) or str(found).startswith("x.toml")
