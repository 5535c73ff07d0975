import pytest

from branch_desk.store.registry import Kind, Migrations, Registry, Slice

MEMBER = Kind("member", "member", title="surname")
GUEST = Kind("guest", "member", title="forename", restricted=True)
EVENT = Kind("event", "member_event", title="kind")
REGISTRY = Registry(
    [
        Slice("members", Migrations("members"), kinds=(MEMBER, GUEST), sealed=("secret",)),
        Slice("events", Migrations("events"), kinds=(EVENT,), sealed=("vote", "paper")),
    ]
)


def test_kinds_are_known_by_name_across_slices():
    assert REGISTRY.kind("event") is EVENT
    assert list(REGISTRY.kinds) == ["member", "guest", "event"]
    with pytest.raises(LookupError, match="no slice registers the kind 'ghost'"):
        REGISTRY.kind("ghost")


def test_kinds_are_known_by_table():
    assert REGISTRY.of_table("member") == (MEMBER, GUEST)
    assert REGISTRY.of_table("ghost") == ()


def test_sealed_tables_of_all_slices_are_known():
    assert REGISTRY.sealed == {"secret", "vote", "paper"}


def test_a_row_is_called_by_its_kind_or_its_table():
    assert REGISTRY.called("member_event") == "event"
    assert REGISTRY.called("standing_order") == "standing order"


def test_a_kind_holds_and_erases_nothing_unless_it_says_so():
    assert (MEMBER.holdings, MEMBER.erase, MEMBER.searched) == (None, None, ())
    assert (MEMBER.restricted, GUEST.restricted) == (False, True)


def test_a_set_has_each_migration_once():
    migrations = Migrations("twice")

    def m001_start(db):
        """Do nothing."""

    migrations()(m001_start)
    with pytest.raises(ValueError, match="twice has a migration m001_start already"):
        migrations()(m001_start)
