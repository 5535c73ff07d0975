"""Make a leaflet from a layout: 8 actions from the Today page, and without a mouse."""

import io

import pikepdf
import pytest
from PIL import Image

from branch_desk.branch import records as branch
from branch_desk.leaflets import records
from branch_desk.paper import preview

AT_MOST = 8


@pytest.fixture
def photo(tmp_path):
    out = io.BytesIO()
    Image.effect_noise((1800, 1400), 60).convert("RGB").save(out, "JPEG")
    path = tmp_path / "library.jpg"
    path.write_bytes(out.getvalue())
    return path


def judge(person, saved):
    """What was typed, the picture and the branch's own imprint are on the sheet that was saved."""
    made = records.many(person.store, [records.ids(person.store)[0]])[0]
    assert made.title == "Keep our library open"
    assert made.picture.name == "library.jpg"
    assert made.texts["when"] == "Thu 4 June\n7.30pm"
    assert made.texts["where"] == "Community Centre\nHigh Street"
    data = saved.read_bytes()
    said = " ".join(preview.texts(data)[0].split())
    for words in ("Keep our library open", "Thu 4 June", "7.30pm", "Community Centre"):
        assert words in said
    promoter = branch.details(person.store).promoter.split(",")[0].split("\n")[0]
    assert promoter
    assert promoter in said
    with pikepdf.open(saved) as pdf:
        size = [round(float(side)) for side in pdf.pages[0].mediabox]
        assert size == [0, 0, 842, 595], "A4 on its side, two of them beside one another"
        assert len(pdf.pages[0].get_images()) == 1
    assert preview.image(data, 0, 0.2).getcolors(200) is None, "the picture is there, not a pattern"


def test_a_leaflet_is_made_and_saved_in_eight_actions(hand, photo, tmp_path):
    hand.click("Leaflets")
    hand.click("Begin: Event flyer, A5")
    hand.until(lambda: hand.focus == "Headline")
    hand.type("Keep our library open")
    for _ in range(20):
        hand.key("Tab")
        if hand.focus == "When":
            break
    hand.type("Thu 4 June\n7.30pm")
    hand.key("Tab")
    assert hand.focus == "Where"
    hand.type("Community Centre\nHigh Street")
    hand.drop(photo, onto="Picture")
    hand.until(lambda: records.get(hand.store, records.ids(hand.store)[0]).picture is not None)
    hand.click("Save PDF…")
    saved = tmp_path / "leaflet.pdf"
    hand.choose_file(saved)
    hand.until(saved.exists)
    assert hand.actions <= AT_MOST, hand.did
    judge(hand, saved)


def test_a_leaflet_is_made_without_a_mouse(keys, photo, tmp_path):
    keys.press("Ctrl+6")
    keys.press("Ctrl+N")
    assert keys.focus == "Event flyer, A5"
    keys.press("Return")
    keys.until(lambda: keys.focus == "Headline")
    keys.type("Keep our library open")
    keys.tab_to("When")
    keys.type("Thu 4 June\n7.30pm")
    keys.tab_to("Where")
    keys.type("Community Centre\nHigh Street")
    keys.tab_to("Picture", back=True)
    keys.press("Return")
    keys.choose_file(photo)
    keys.until(lambda: records.get(keys.store, records.ids(keys.store)[0]).picture is not None)
    keys.press("Ctrl+Shift+S")
    saved = tmp_path / "leaflet.pdf"
    keys.choose_file(saved)
    keys.until(saved.exists)
    judge(keys, saved)


def test_what_stops_it_is_opened_to_be_put_right(hand):
    hand.click("Leaflets")
    hand.click("Begin: Event flyer, A5")
    hand.until(lambda: hand.focus == "Headline")
    hand.type("Keep our library open")
    hand.click("Save PDF…")
    hand.sees("“When” is empty; the leaflet needs it.")
    hand.click("Show me")
    hand.window.activateWindow()  # as a system does once its dialog is closed
    hand.until(lambda: hand.focus == "When")
