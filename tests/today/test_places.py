from datetime import timedelta

import pytest

from branch_desk.desk.finding import find, still_there
from branch_desk.leaflets import records as leaflets
from branch_desk.meetings import records as meetings
from branch_desk.meetings.rules import MeetingKind
from branch_desk.members import records as members
from branch_desk.motions import records as motions
from branch_desk.today import places


def found(store, text):
    return [
        (kind.page, each.title, each.detail) for kind, each in find(store, places.kinds(), text)
    ]


def test_members_of_one_name_are_told_apart(store):
    for number, postcode in (("0900001", "HF1 2AB"), ("0900002", "HF3 4CD")):
        members.add(store, forename="Ada", surname="Okafor", number=number, postcode=postcode)
    assert found(store, "okafor") == [
        ("Members", "Ada Okafor", "0900001, HF1 2AB"),
        ("Members", "Ada Okafor", "0900002, HF3 4CD"),
    ]


def test_each_kind_leads_to_its_page(store):
    motions.add(store, title="Zebra crossing", text="We ask for one.", mover="Bryn Howells")
    meetings.add(
        store,
        kind=MeetingKind.ORDINARY,
        starts_at=store.clock() + timedelta(days=8),
        title="Zebra evening",
    )
    leaflet = leaflets.add(store, title="Zebra leaflet", layout="sorry-we-missed-you-a6")
    pages = {page: title for page, title, _ in found(store, "zebra")}
    assert pages == {
        "Motions": "2026/01 Zebra crossing",
        "Meetings": "Zebra evening",
        "Leaflets": "Zebra leaflet",
    }
    (again,) = still_there(store, places.kinds(), [("Leaflets", leaflet), ("Leaflets", 999)])
    assert again[1].title == "Zebra leaflet"


def test_a_thread_is_found_by_any_of_its_letters_and_once(store):
    from branch_desk.correspondence import records as correspondence

    for subject in ("Zebra", "Re: Zebra"):
        correspondence.add_letter(
            store,
            direction=correspondence.Direction.OUT,
            on=store.today(),
            subject=subject,
            recipient="Office",
            office="Office",
            body="Please confirm.",
        )
    letters = [each for each in found(store, "zebra") if each[0] == "Letters"]
    assert len(letters) == 1
    assert letters[0][2] == "Office, 14 May 2026"


@pytest.mark.parametrize("kind", places.kinds(), ids=lambda kind: kind.kind)
def test_every_kind_is_one_the_store_searches(store, kind):
    assert store.registry.kind(kind.kind).searched
    assert store.search(kind.kind, "zzz") == []
    assert list(kind.tell(store, [])) == []
