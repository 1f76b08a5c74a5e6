"""Labels and sheets for one's own use: whatever is on them is read back from the paper."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import zxingcpp
from PIL import Image as Pillow

from app.annexes.catalogue import load
from app.cli.options.handouts import PRINTED
from app.common import PeopleError
from app.exchange.handouts.catalogue import HANDOUTS, handouts
from app.exchange.handouts.handout import Handout
from app.printing.labels.drawing import Label, draw_labels
from app.printing.labels.sheets import SHEETS, LabelSheet, measured
from app.printing.pages import OpenPdf
from app.printing.type.fonts import MissingGlyph
from app.records import Record, Vendor
from app.records.training import Attendance
from app.work.acts.plan import Ground
from app.work.acts.stock.labelled import label_code
from tests.support.world import DURING, World

CATALOGUE = load()
ONE = timedelta(days=1)
MM = 72 / 25.4
STRANGE = "総務課－１号機"


@pytest.fixture
def world() -> World:
    made = World(CATALOGUE)
    made.under("kimitsu-hoji")
    return made


def ground(world: World, today: date = DURING) -> Ground:
    return Ground(world.facts(), world.catalogue, world.forms, today)


def made(world: World, name: str, *records: Record, **answers: Any) -> bytes:
    on, handout = ground(world), HANDOUTS[name]
    return handout.make(on, records, {**handout.given(on, records), **answers})


def words(pdf: bytes) -> str:
    with OpenPdf(pdf) as opened:
        said = "".join(opened.text(page) for page in range(opened.page_count))
    return "".join(said.split())


def codes(pdf: bytes, page: int = 0) -> dict[str, tuple[float, float]]:
    """What the codes of a page say, and where their middle is in millimetres from the upper left corner."""
    dots = 200 / 25.4
    with OpenPdf(pdf) as opened:
        held = opened.image(page, 200 / 72)
    image = Pillow.frombytes("RGB", (held.width, held.height), held.data)
    found = {}
    for one in zxingcpp.read_barcodes(image):
        at = one.position
        corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
        found[one.text] = (sum(p.x for p in corners) / 4 / dots, sum(p.y for p in corners) / 4 / dots)
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: str(one.faces))
def test_a_sheet_lies_on_the_paper_and_no_label_on_another(sheet: LabelSheet) -> None:
    assert not list(sheet.faults())
    assert sheet.left * 2 + sheet.columns * sheet.wide + (sheet.columns - 1) * sheet.gap == pytest.approx(210)
    assert sheet.top * 2 + sheet.rows * sheet.high == pytest.approx(297)
    places = [sheet.place(face) for face in range(sheet.faces)]
    assert len(set(places)) == sheet.faces
    for (left, top), (right, below) in pairwise(places):
        assert below > top - 1e-9
        assert right >= left + sheet.wide - 1e-9 or below >= top + sheet.high - 1e-9


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda one: str(one.faces))
def test_every_label_is_read_where_it_is_to_be_stuck(sheet: LabelSheet) -> None:
    labels = [Label(f"PC-{n:03}", f"PC-{n:03}", ("PC", "株式会社かもめ")) for n in range(1, sheet.faces)]
    pdf = draw_labels(labels, sheet, first=3)
    first, second = codes(pdf), codes(pdf, 1)
    assert len(first) == sheet.faces - 2
    assert list(second) == [labels[-1].code]
    for face, label in enumerate(labels[:-1], 2):
        left, top = sheet.place(face)
        x, y = first[label.code]
        assert left < x < left + sheet.wide / 2
        assert y == pytest.approx(top + sheet.high / 2, abs=0.5)


@pytest.mark.parametrize(
    ("faces", "size", "edges", "product"),
    [
        (12, (86.4, 42.3), (18.6, 21.6), "エーワン72212"),
        (24, (66, 33.9), (6, 12.9), "エーワン72224"),
        (44, (48.3, 25.4), (8.4, 8.8), "エーワン28388"),
        (65, (38.1, 21.2), (4.75, 10.7), ""),
    ],
)
def test_a_sheet_has_the_measures_of_the_product_that_it_names(
    faces: int, size: tuple[float, float], edges: tuple[float, float], product: str
) -> None:
    (sheet,) = (one for one in SHEETS if one.faces == faces)
    assert ((sheet.wide, sheet.high), (sheet.left, sheet.top)) == (size, edges)
    assert sheet.product == product
    assert (product or "要試し刷り") in sheet.title


def test_labels_go_onto_a_sheet_of_ones_own_measures(world: World) -> None:
    said = "３×１０，63.5x25.4、7.2×21.5、2.5×0"
    sheet = measured(said)
    assert (sheet.columns, sheet.rows, sheet.gap, sheet.below) == (3, 10, 2.5, 0)
    first, second = world.device(control_number="PC-001"), world.device(control_number="PC-002")
    found = codes(made(world, "labels", first, second, measures=said, **{"from": 3}))
    left, top = sheet.place(2)
    assert left == pytest.approx(7.2 + 2 * 66)
    assert left < found["PC-001"][0] < left + sheet.wide / 2
    assert found["PC-002"][1] == pytest.approx(top + sheet.high * 1.5, abs=0.5)
    gapped = measured("2×2、90×100、10×10、5×20")
    assert gapped.place(3) == (10 + 95, 10 + 120)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("24面", "読めません"),
        ("3×8、66×33.9", "読めません"),
        ("3×8、66×33.9、6×ア", "読めません"),
        ("2.5×8、66×33.9、6×12.9", "整数"),
        ("0×8、66×33.9、6×12.9", "1から25"),
        ("26×8、66×33.9、6×12.9", "1から25"),
        ("3×8、19.9×33.9、6×12.9", "幅20mm"),
        ("3×8、66×9.9、6×12.9", "高さ10mm"),
        ("3×8、66×33.9、12.1×12.9", "幅の合計が210.1mm"),
        ("3×8、66×33.9、6×25.9", "高さの合計が297.1mm"),
        ("3×8、66×33.9、6×12.9、6.1×0", "幅の合計が216.2mm"),
    ],
)
def test_measures_that_lie_on_no_paper_are_told_at_their_field(world: World, said: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        measured(said)
    fields = HANDOUTS["labels"].fields(ground(world), ())
    (field,) = (one for one in fields if one.name == "measures")
    assert any(told in one for one in field.kind.problems(said))
    assert not list(field.kind.problems(""))


@pytest.mark.parametrize("said", ["3×8、66×33.9、12×25.8", "1×1、20×10、0×0", "10×25、21×11.8、0×2"])
def test_measures_that_just_fit_are_taken(said: str) -> None:
    assert measured(said).faces


def test_what_the_printer_does_not_hit_is_shifted() -> None:
    label, sheet = Label("PC-1", "PC-1", ()), SHEETS[1]
    shifted = codes(draw_labels([label], sheet, shift=(1.5, -2.0)))[label.code]
    straight = codes(draw_labels([label], sheet))[label.code]
    assert shifted[0] - straight[0] == pytest.approx(1.5, abs=0.2)
    assert shifted[1] - straight[1] == pytest.approx(-2.0, abs=0.2)


@pytest.mark.parametrize("first", [0, 25])
def test_a_face_that_the_sheet_has_not_is_refused(world: World, first: int) -> None:
    with pytest.raises(ValueError, match=str(first)):
        draw_labels([Label("A", "A", ())], SHEETS[1], first=first)
    if first:
        with pytest.raises(PeopleError, match="24面です"):
            made(world, "labels", world.device(), **{"from": first})


def test_a_label_says_number_and_vendor_and_what_a_scanner_can_type(world: World) -> None:
    plain, strange = world.device(control_number="PC-001"), world.device(control_number=STRANGE)
    box = world.device(control_number="HK-01", kind="紙保管箱")
    world.add(
        Vendor(
            name="株式会社かもめ", address="架空市1", representative_title="代表", representative_name="鷗"
        )
    )
    pdf = made(world, "labels", plain, strange, box)
    assert set(codes(pdf)) == {label_code(one) for one in (plain, strange, box)}
    said = words(pdf)
    assert said.count("株式会社かもめ") == 3
    assert all(one in said for one in ("PC-001", "総務課－１号機", "HK-01", "紙保管箱"))


def test_a_number_that_no_font_has_is_refused() -> None:
    with pytest.raises(MissingGlyph):
        draw_labels([Label("A", "\U0001f600", ())], SHEETS[0])


def test_a_sheet_to_tick_holds_what_should_be_there_and_ticks_nothing(world: World) -> None:
    room, empty = world.place("作業室"), world.place("空き室")
    for number in ("PC-001", "PC-002"):
        world.device_use(world.device(control_number=number), location=room.id)
    gone = world.device(control_number="PC-003", retired_on=DURING - ONE)
    world.device_use(gone, location=room.id)
    said = words(made(world, "stock-sheet", room, empty))
    assert all(one in said for one in ("作業室", "PC-001", "PC-002", "2件", "☐あり☐なし"))
    assert "PC-003" not in said
    assert "☑" not in said
    with pytest.raises(PeopleError, match="登録されていません"):
        made(world, "stock-sheet", empty)


def test_a_sheet_to_tick_leaves_room_for_the_count_of_every_asset(world: World) -> None:
    room = world.place("保管庫")
    paper = world.asset(item="申請書綴り", unit="枚", identifier="SEAL-7")
    world.event(paper, "受領", 1200, location=room.id)
    said = words(made(world, "stock-sheet", room))
    assert all(one in said for one in ("情報資産1件", paper.number, "申請書綴り", "SEAL-7", "1,200枚"))
    assert "PC・媒体1件" not in said
    assert "数えた数量" in said
    assert said.count("1,200") == 1, "how many were counted is written by hand"
    with pytest.raises(PeopleError, match="PC・媒体が登録されていません"):
        made(world, "stock-sheet", room, scope="PC・媒体だけ")


def test_whoever_has_left_by_the_day_stands_on_no_attendance_sheet(world: World) -> None:
    day = DURING + timedelta(days=10)
    for at, name in ((-1, "前日退職"), (0, "当日退職"), (1, "翌日退職")):
        world.worker(name, left_on=day + timedelta(days=at))
    world.worker("従事終了", ends=day - ONE)
    session = world.training(held=day)
    session = world.change(session, attendance=())
    said = words(made(world, "attendance", session, whom="従事する者全員"))
    assert "当日退職" in said
    assert "翌日退職" in said
    assert "前日退職" not in said
    assert "従事終了" not in said
    assert "署名" in said


def test_those_who_were_absent_stand_on_the_sheet_of_the_day_made_up(world: World) -> None:
    came, absent = world.worker("出席した人"), world.worker("休んだ人")
    session = world.training(held=DURING)
    rows = (
        Attendance(person=came.id, outcome="出席"),
        Attendance(person=absent.id, outcome="欠席", planned_on=DURING + ONE),
    )
    session = world.change(session, attendance=rows)
    said = words(made(world, "attendance", session))
    assert "出席簿（補講）" in said
    assert "休んだ人" in said
    assert "出席した人" not in said
    assert "令和8年6月2日" in said
    whole = world.change(session, attendance=rows[:1])
    assert not HANDOUTS["attendance"].offered(ground(world), whole)
    with pytest.raises(PeopleError, match="載せる者がいません"):
        made(world, "attendance", whole, whom="欠席した者（補講）")


def test_what_can_be_printed_is_offered_where_it_is_looked_for(world: World) -> None:
    device, retired = world.device(), world.device(retired_on=DURING)
    room = world.place("作業室")
    use = world.device_use(device, location=room.id)
    on = ground(world)
    assert [(one.name, ids) for one, ids in handouts(on, [use])] == [("labels", (device.id,))]
    assert [one.name for one, _ids in handouts(on, [room])] == ["stock-sheet"]
    assert not handouts(on, [retired])
    assert not handouts(on, [])


@pytest.mark.parametrize("handout", HANDOUTS.values(), ids=list(HANDOUTS))
def test_the_command_line_takes_what_the_window_asks(world: World, handout: Handout) -> None:
    taken = PRINTED[handout.name]
    about: Record = {
        "labels": world.device(),
        "stock-sheet": world.place(),
        "attendance": world.training(),
    }[handout.name]
    fields = handout.fields(ground(world), (about,))
    assert (taken.record, taken.many) == (handout.about.spec.name, handout.many)
    assert list(taken.options) == [one.name for one in fields]
    assert set(PRINTED) == set(HANDOUTS)
