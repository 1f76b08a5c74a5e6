"""Several tables on a sheet, and texts around them: whatever is in a cell is brought in, asked or told."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.tables.planned import TablePlan
from tests.support.registers import Row, entries, planned, sheet, statuses

SMALL = ("管理番号", "種別", "所有")
LARGE = (*SMALL, "型番", "製造番号", "OS", "備考")


def test_a_small_table_above_a_large_one_is_one_all_the_same() -> None:
    found = planned(
        "device",
        sheet(
            ("第1表　PC",),
            SMALL,
            ("PC-1", "PC", "自社"),
            ("PC-2", "PC", "自社"),
            (),
            ("第2表　サーバ",),
            LARGE,
            ("S-1", "サーバ", "自社", "X1", "A-1", "Windows Server", None),
        ),
    )
    assert found.head == (2,)
    assert statuses(found) == {3: "new", 4: "new", 6: "skipped", 8: "new"}
    assert [one["control_number"] for one in entries(found)] == ["PC-1", "PC-2", "S-1"]


def test_what_stands_above_the_titles_is_told_if_it_is_more_than_a_title() -> None:
    table: tuple[Row, ...] = (LARGE, ("S-1", "サーバ", "自社", "X1", "A-1", "Windows Server", None))
    counted = planned("device", sheet(("集計",), ("PC", 2), ("サーバ", 1), (), *table))
    assert counted.told == ("見出しより上の「集計」「PC」ほか3か所は取り込みません。",)
    assert planned("device", sheet(("機器台帳",), (), *table)).told == ()


def heard(found: TablePlan) -> str:
    """Everything that the plan says, in one text."""
    texts = [*found.told, *found.stops, *(f"{one.title}{''.join(one.samples)}" for one in found.columns)]
    for line in found.lines:
        texts += [str(line.entry), line.why, *(f"{one.value}{one.reason}" for one in line.problems)]
    return "".join(texts)


def settled(found: TablePlan, row: int, column: int) -> bool:
    """Whether people are told what becomes of the whole row, or of the whole column."""
    skipped = any(line.row == row and line.why for line in found.lines)
    dropped = any(one.number == column and (one.undecided or one.left) for one in found.columns)
    return skipped or dropped


_WORDS = st.sampled_from(["PC", "自社", "x1", "同上", "－", "合計", "※注", "R8.4.1", "○", "なぞ", "12"])


@settings(max_examples=80, deadline=None)
@given(
    tables=st.lists(
        st.tuples(
            st.permutations(["種別", "所有", "型番", "備考", "なぞ"]),
            st.lists(st.lists(st.none() | _WORDS, min_size=5, max_size=6), min_size=1, max_size=4),
        ),
        min_size=1,
        max_size=3,
    ),
    between=st.none() | _WORDS,
)
def test_nothing_in_a_table_vanishes(
    tables: list[tuple[list[str], list[list[str | None]]]], between: str | None
) -> None:
    rows: list[Row] = []
    for at, (titles, held) in enumerate(tables):
        rows += [(between,), ("管理番号", *titles)]
        rows += [(f"N-{at}-{n}", *cells) for n, cells in enumerate(held)]
    found = planned("device", sheet(*rows))
    said = heard(found)
    for number, row in enumerate(rows, 1):
        if found.head and number <= found.head[-1]:
            continue
        for column, text in enumerate(row, 1):
            if isinstance(text, str) and text not in ("－", "同上"):
                assert text in said or settled(found, number, column) or _read(found, number, column), (
                    number,
                    text,
                )


def _read(found: TablePlan, row: int, column: int) -> bool:
    """Whether the cell is a value of a record in other words (a choice, a day), or asked about."""
    paths = {one.path for one in found.columns if one.number == column and one.path}
    letters = {one.letter for one in found.columns if one.number == column}
    return any(
        line.row == row and (paths & line.entry.keys() or letters & {one.column for one in line.problems})
        for line in found.lines
    )
