from concurrent.futures import ThreadPoolExecutor

from branch_desk.paper import charts, preview
from branch_desk.paper.blocks import Text
from branch_desk.paper.render import render


def test_a_page_is_pixels_in_red_green_blue_and_opacity(one_section):
    pdf = render(one_section(Text("x")))
    pixels = preview.raster(pdf, 0, 0.5)
    assert abs(pixels.width - 298) <= 1
    assert abs(pixels.height - 421) <= 1
    assert len(pixels.rgba) == pixels.width * pixels.height * 4
    assert pixels.rgba[:4] == b"\xff\xff\xff\xff"


def test_the_accent_is_seen_in_its_own_colour(one_section):
    pixels = preview.raster(render(one_section(Text("x"))), 0, 2)
    colours = {pixels.rgba[at : at + 3] for at in range(0, len(pixels.rgba), 4)}
    assert bytes.fromhex("1F6F54") in colours


def test_pages_are_counted_and_measured(one_section):
    pdf = render(one_section(Text("x\n\n" * 90)))
    assert preview.page_count(pdf) == len(preview.texts(pdf)) > 1
    assert [round(edge) for edge in preview.page_size(pdf, 0)] == [595, 842]


def test_many_threads_may_ask_at_once(one_section):
    pdf = render(one_section(Text("x")))
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: preview.raster(pdf, 0, 0.2).rgba, range(12)))
    assert len(set(made)) == 1


def test_a_chart_is_pixels_for_the_screen_too():
    pixels = preview.drawing(charts.horizontal_bars([("Members", 3)], accent="#1F6F54"), 2)
    assert pixels.width == round(charts.WIDTH * 2)
    colours = {pixels.rgba[at : at + 3] for at in range(0, len(pixels.rgba), 4)}
    assert {b"\xff\xff\xff", bytes.fromhex("1F6F54")} <= colours


def test_papers_made_by_two_threads_at_once_are_the_same(every_block):
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda _: render(every_block), range(4)))
    assert len(set(made)) == 1
