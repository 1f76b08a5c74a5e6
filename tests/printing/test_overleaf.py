"""Where a page ends: no row alone, no page with an end and nothing else, long rows that go on overleaf."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.printing import blocks as b
from app.printing.proof.reading import ProofError, proof_read
from app.printing.render import render
from app.printing.rows import Cell, Row
from app.printing.type.fonts import fonts
from app.printing.type.lines import break_text
from app.printing.type.words import spoken
from tests.support.measured import measured
from tests.support.places import find_text

Make = Callable[..., b.Document]
PageTexts = Callable[[bytes], list[str]]


@pytest.fixture
def unsqueezed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is won back by closer lines: where pages end is seen by itself."""
    monkeypatch.setattr("app.printing.render._MOST_SQUEEZED", 0)


CLOSE = b.KeepTogether((b.End(), b.Text("【連絡先】管理部", align="right", size=9)))


def filler(lines: int) -> tuple[b.Text, ...]:
    return tuple(b.Text(f"行{n}") for n in range(lines))


@pytest.mark.usefixtures("unsqueezed")
@pytest.mark.parametrize("lines", range(38, 48))
def test_the_end_with_its_contact_never_stands_alone(
    document: Make, page_texts: PageTexts, roster: Callable[[int], b.Table], lines: int
) -> None:
    for before in (filler(lines), (*filler(lines - 6), roster(4))):
        last = page_texts(render(document(*before, CLOSE)))[-1]
        assert "以上" in last
        assert f"行{lines - 1}" in last or spoken(str(roster(4).rows[-1][2])) in spoken(last)


def test_a_line_too_many_is_won_back_by_closer_lines(document: Make, page_texts: PageTexts) -> None:
    least = next(n for n in range(30, 60) if len(page_texts(render(document(*filler(n), CLOSE)))) == 2)
    natural = next(n for n in range(30, 60) if gap_of(document, n) < gap_of(document, 30) - 0.5)
    assert least > natural + 2, "between the two the lines stand closer and everything on one page"


def gap_of(document: Make, lines: int) -> float:
    pdf = render(document(*filler(lines), CLOSE))
    return find_text(pdf, "行0")[0].top - find_text(pdf, "行1")[0].top


@pytest.mark.usefixtures("unsqueezed")
@pytest.mark.parametrize("rows", range(30, 60))
def test_no_row_of_a_table_stands_alone_on_a_page(document: Make, page_texts: PageTexts, rows: int) -> None:
    table = b.Table((b.Column("番号", 1), b.Column("氏名", 3)), tuple((f"第{n}", "名") for n in range(rows)))
    pages = [text for text in page_texts(render(document(b.Item("１", "従事者"), table))) if "第" in text]
    assert min(text.count("第") for text in pages) > 1


@pytest.mark.parametrize("length", [200, 2000, 9000])
def test_a_row_higher_than_a_page_goes_on_overleaf(
    document: Make, page_texts: PageTexts, length: int
) -> None:
    long = "".join(f"説明{n:04}。" for n in range(length // 7))
    rows = (("一", "短い"), (long, "二号"), ("三", "短い"))
    made = document(b.Item("１", "件"), b.Table((b.Column("備考", 3), b.Column("件", 9)), rows), CLOSE)
    pdf = render(made)
    proof_read(pdf, made)
    pages = page_texts(pdf)
    assert (len(pages) > 1) == (length > 200)
    assert spoken("".join(pages).replace("備考", "").replace("件", "")).count("説明") == length // 7


def test_a_sheet_with_a_long_value_goes_on_overleaf(document: Make, page_texts: PageTexts) -> None:
    names = "\n".join(f"要員{n:03}（補講の日は未定）" for n in range(120))
    made = document(b.Grid((("対象者", "120人"), ("未受講者", f"120人\n{names}"))), CLOSE)
    pdf = render(made)
    proof_read(pdf, made)
    text = spoken("".join(page_texts(pdf)))
    assert [text.count(f"要員{n:03}") for n in range(120)] == [1] * 120
    assert text.count("未受講者") == len(page_texts(pdf)), "what the row is about stands on every page"


def test_what_is_missing_overleaf_is_found(document: Make) -> None:
    def sheet(count: int) -> b.Document:
        names = "\n".join(f"要員{n:03}（補講の日は未定）" for n in range(120) if n != count)
        return document(b.Grid((("未受講者", names),)), CLOSE)

    for lost in (60, 119):
        with pytest.raises(Exception, match="is missing"):
            proof_read(render(sheet(lost)), sheet(-1))


def test_a_text_that_goes_on_overleaf_is_not_taken_for_one_that_begins_alike(document: Make) -> None:
    """The second begins as the first does, for longer than the page had room for the first."""
    alike = "".join(f"同じ文{number:03}。" for number in range(300))
    columns = (b.Column("№", 1), b.Column("備考", 2), b.Column("隣", 2))

    def sheet(first: str, second: str) -> b.Document:
        rows = (("1", f"{alike}{first}", f"{alike}隣の欄"), ("2", f"{alike}{second}", f"{alike}隣の欄"))
        return document(b.Table(columns, rows), CLOSE)

    made = sheet("ほか11件", "ほか9件")
    pdf = render(made)
    proof_read(pdf, made)
    for other in (sheet("ほか9件", "ほか11件"), sheet("ほか11件", "ほか9"), sheet("ほか11", "ほか9件")):
        with pytest.raises(ProofError, match="string"):
            proof_read(pdf, other)


LONG = "その他の事情によりこの欄に書かれた長い説明。"
CELLS = st.one_of(
    st.sampled_from(("", "1", "従事者", "業務責任者", "あ")),
    st.builds(
        lambda size, text: (text * 400)[:size],
        st.integers(1, 400),
        st.sampled_from((LONG, "あ", "フリガナ、", "R8-1")),
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cells_however_long_are_printed_and_read_back(document: Make, data: st.DataObject) -> None:
    """Side by side in any column, alike or not: a name beside a role of two lines stopped a register."""
    count = data.draw(st.integers(2, 6))
    columns = tuple(
        b.Column(f"見出し{at}", data.draw(st.integers(1, 4)), fit=data.draw(st.booleans()))
        for at in range(count)
    )
    laned = data.draw(st.frozensets(st.integers(0, count - 1), max_size=count))
    rows = []
    for _ in range(data.draw(st.integers(1, 4))):
        lanes = data.draw(st.integers(1, 3))
        rows.append(
            tuple(
                tuple(data.draw(CELLS) for _ in range(lanes)) if at in laned else data.draw(CELLS)
                for at in range(count)
            )
        )
    before = data.draw(st.integers(0, 40))
    made = document(*filler(before), b.Table(columns, tuple(rows)), CLOSE)
    pdf = render(made)
    proof_read(pdf, made)


def test_lanes_stand_below_one_another_beside_what_they_share(document: Make) -> None:
    columns = (b.Column("条項", 2), b.Column("状況", 3, lower="根拠"), b.Column("備考", 3))
    made = document(b.Table(columns, (("第1条", ("充足", "誓約書"), "左のとおり"), ("第2条", "済", "なし"))))
    pdf = render(made)
    proof_read(pdf, made)
    shared, upper, lower = (find_text(pdf, text)[0] for text in ("第1条", "充足", "誓約書"))
    assert upper.bottom > lower.top
    assert upper.bottom > shared.bottom > lower.bottom
    assert find_text(pdf, "状況")[0].bottom > find_text(pdf, "根拠")[0].top


def cell(text: str, width: float = 60) -> Cell:
    return Cell(0, width, break_text(fonts().body, text, width * 100), 10, "left")


TEXTS = st.text("あいうえお", min_size=1, max_size=120)


@settings(max_examples=60)
@given(lanes=st.lists(TEXTS, min_size=1, max_size=4), beside=TEXTS, room=st.floats(0, 400))
def test_what_is_cut_is_all_there_and_fits(lanes: list[str], beside: str, room: float) -> None:
    row = Row(((cell(beside),), tuple(map(cell, lanes))), 3)
    parts = row.cut(room)
    if parts is None:
        return
    first, rest = parts
    assert sum(first.heights) <= room + 1e-6
    kept, over = (["".join(_said(c) for c in column) for column in part.columns] for part in parts)
    assert kept[1] + over[1] == "".join(lanes)
    assert beside in (kept[0] + over[0], over[0])
    assert sum(rest.heights) < sum(row.heights) + 1e-6


def _said(held: Cell) -> str:
    return "".join(glyph.text for line in held.lines for glyph in line.glyphs)


def test_a_cell_with_texts_for_other_lanes_is_a_fault_of_the_form(document: Make) -> None:
    columns = (b.Column("一", 1), b.Column("二", 1))
    with pytest.raises(ValueError, match="lanes"):
        render(document(b.Table(columns, ((("一", "二"), ("一", "二", "三")),))))


def test_sheets_that_continue_are_numbered_as_one(document: Make, page_texts: PageTexts) -> None:
    sheets = (
        b.Sheet(filler(60), "証明書"),
        b.Sheet((b.Text("明細"),), "別紙", landscape=True, continues=True),
        b.Sheet((b.Text("次"),), "誓約書"),
    )
    made = document(*sheets)
    pdf = render(made)
    proof_read(pdf, made)
    assert [text.split()[0] for text in page_texts(pdf)] == ["1／3", "2／3", "3／3", "1／1"]


@pytest.mark.parametrize("name", ["林　誠", "アレクサンダー・フィッツジェラルド・モンゴメリー三世"])
def test_the_seal_follows_the_name(document: Make, name: str) -> None:
    rows = (("所在地", "千葉県君津市久保二丁目13番1号"), ("代表者職氏名", name))
    pdf = render(document(b.Submitter(rows, None, 1)))
    end, seal = find_text(pdf, name[-2:])[-1], find_text(pdf, "印")[0]
    assert 0 < seal.left - end.right < 30


@pytest.mark.parametrize(("length", "left"), [(15, "right"), (120, "wider")])
def test_a_long_address_takes_more_than_the_right_half(document: Make, length: int, left: str) -> None:
    rows = (("所在地", "町" * length), ("代表者職氏名", "林　誠"))
    start = find_text(render(document(b.Submitter(rows, None, 1))), "所")[0].left
    assert (start > 230) == (left == "right")


def test_every_page_leads_back_in_a_size_that_can_be_read(document: Make) -> None:
    for number in ("2026-0003", "個人情報取扱業務提出書類令和八年度第二千二十六号の三"):
        pdf = render(document(*filler(60), number=number))
        for page in measured(pdf):
            assert page.of("照合コード") == page.of("9f86d081" * 8) == {7.5}


def test_the_file_was_made_on_the_day_printed(document: Make) -> None:
    made = b.Document("誓約書", document(b.Text("本文")).sheets, None, on=date(2026, 6, 1))
    with pikepdf.open(BytesIO(render(made))) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20260601000000+09'00'"
        assert pdf.open_metadata()["xmp:CreateDate"] == "2026-06-01T00:00:00+09:00"
    assert render(made) == render(made)
