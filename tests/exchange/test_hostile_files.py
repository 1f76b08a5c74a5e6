"""Files made to cost time and memory are refused with a sentence, and the largest honest ones are read."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common import Cancelled, PeopleError, Progress
from app.exchange import json_text
from app.exchange.annexes import workbook as sheet_file
from app.exchange.annexes.workbook import read_workbook
from app.exchange.json_text import read_entries

MEMORY = 512
"""Megabytes that a reader of foreign files may take, the program itself among them."""
SECONDS = 20
"""Of processor time: four times what reading may take, for a machine that others use as well."""

_READ = """
import resource, sys
from pathlib import Path
from app.common import PeopleError
from app.exchange import json_text
from app.exchange.annexes import workbook as sheet_file
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
path = Path(sys.argv[1])
try:
    if path.suffix == ".xlsx":
        held = sheet_file.read_workbook(path.read_bytes(), path.name)
        print("read", sum(map(len, held.values())))
    else:
        print("read", len(json_text.read_entries(json_text.read_file(path))[0]))
except PeopleError as error:
    print("refused", error.sentence)
# Not ru_maxrss, which begins at what the process took that this one was forked from.
print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


def outcome(path: Path) -> tuple[str, int]:
    """What reading a file in a process of its own came to, and the megabytes that it took."""
    command = [sys.executable, "-c", _READ.format(seconds=SECONDS), str(path)]
    done = subprocess.run(command, capture_output=True, timeout=120, encoding="utf-8")  # our own words
    assert done.returncode == 0, done.stderr[-2000:]
    said, memory = done.stdout.splitlines()
    return said, int(memory)


def times(part: str, size: int) -> Callable[[], bytes]:
    """An array of so many bytes, of one part again and again."""
    return lambda: b"[" + part.encode("utf-8") * (size // len(part.encode("utf-8"))) + b"0]"


LIMIT = json_text.LARGEST_FILE - 2
HOSTILE_JSON = {
    "nested a little": times("[[[[1]]]],", LIMIT),
    "empty objects": times("{},", LIMIT),
    "empty arrays": times("[],", LIMIT),
    "deep": lambda: b"[" * LIMIT,
    "small numbers": times("1,", LIMIT),
    "short texts": times('"ab",', LIMIT),
    "quotes": lambda: b'"' * LIMIT,
    "backslashes": lambda: b'["' + b"\\" * (LIMIT - 4) + b'"]',
    "beyond the plane": times('"𠮷",', LIMIT),
    "one wide object": lambda: b"{" + b",".join(b'"%06d":1' % number for number in range(LIMIT // 11)) + b"}",
    "one text": lambda: b'["' + b"x" * (LIMIT - 4) + b'"]',
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits and memory of a process are as Linux tells them")
@pytest.mark.parametrize("make", HOSTILE_JSON.values(), ids=HOSTILE_JSON)
def test_hostile_json_costs_little(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(make())
    said, memory = outcome(path)
    assert said.startswith(("refused ", "read 1"))
    assert memory <= MEMORY


def test_the_longest_honest_list_is_read() -> None:
    """A hundred thousand records, as many values as the file has room for."""
    entry = '{"asset":"A-1","kind":"受領","quantity":10,"happened_at":"2026-04-01T09:30","x":[{"y":["z"]}]},'
    data = ("[" + entry * json_text.MOST_ENTRIES).removesuffix(",") + "]"
    assert len(data.encode("utf-8")) < json_text.LARGEST_FILE
    assert len(read_entries(data.encode("utf-8"))[0]) == json_text.MOST_ENTRIES


@pytest.mark.parametrize(("depth", "read"), [(15, True), (16, True), (17, False)])
def test_json_may_be_as_deep_as_the_limit(depth: int, read: bool) -> None:
    data = b"[" * depth + b"]" * depth
    if read and depth > 1:
        assert len(read_entries(data)[0]) == 1
    else:
        with pytest.raises(PeopleError, match="入れ子が深すぎます"):
            read_entries(data)


@pytest.mark.parametrize(("groups", "read"), [(9, True), (10, True), (11, False)])
def test_json_may_have_as_many_groups_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, groups: int, read: bool
) -> None:
    monkeypatch.setattr(json_text, "MOST_GROUPS", 10)
    data = ("[" + ",".join(["{}"] * (groups - 1)) + "]").encode("ascii")
    if read:
        assert len(read_entries(data)[0]) == groups - 1
    else:
        with pytest.raises(PeopleError, match="値が多すぎます"):
            read_entries(data)


@pytest.mark.parametrize(("records", "read"), [(1, True), (2, True), (3, False)])
def test_as_many_records_of_thirty_values_are_read_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, records: int, read: bool
) -> None:
    monkeypatch.setattr(json_text, "MOST_ENTRIES", 2)
    data = json.dumps([{f"f{number}": "x" for number in range(30)}] * records).encode("ascii")
    if read:
        assert len(read_entries(data)[0]) == records
    else:
        with pytest.raises(PeopleError, match="1回に取り込めるのは2件まで"):
            read_entries(data)


@pytest.mark.parametrize(("names", "read"), [(9_999, True), (10_000, True), (10_001, False)])
def test_an_object_may_be_as_wide_as_the_limit(names: int, read: bool) -> None:
    data = json.dumps({f"f{number}": 1 for number in range(names)}).encode("ascii")
    if read:
        assert len(read_entries(data)[0]) == 1
    else:
        with pytest.raises(PeopleError, match="値が多すぎます"):
            read_entries(data)


_TEXTS = st.text(alphabet='ab"\\[]{},:表𠮷\n', max_size=12)
_JSON = st.recursive(
    _TEXTS | st.integers(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


def _groups(held: object) -> int:
    if isinstance(held, dict):
        return 1 + sum(map(_groups, held.values()))
    return 1 + sum(map(_groups, held)) if isinstance(held, list) else 0


@given(st.lists(_JSON, min_size=1, max_size=5), st.booleans())
def test_what_is_counted_before_is_what_the_parser_makes(held: list[object], ascii_only: bool) -> None:
    """Whatever stands in texts: quotes, backslashes, brackets."""
    data = json.dumps(held, ensure_ascii=ascii_only).encode("utf-8")
    groups = _groups(held)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "MOST_GROUPS", groups)
        assert read_entries(data)[0] == held
        patch.setattr(json_text, "MOST_GROUPS", groups - 1)
        with pytest.raises(PeopleError, match="値が多すぎます"):
            read_entries(data)


_HEAD = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def book(*sheets: bytes, also: dict[str, bytes] | None = None) -> bytes:
    """A workbook whose sheets hold these rows as they are."""
    import openpyxl

    plain, out = BytesIO(), BytesIO()
    made = openpyxl.Workbook()
    for _ in sheets[1:]:
        made.create_sheet()
    made.save(plain)
    with zipfile.ZipFile(plain) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for number, rows in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _HEAD + rows + b"</sheetData></worksheet>"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**parts, **(also or {})}.items():
            packed.writestr(name, data)
    return out.getvalue()


def rows(count: int, cells: bytes) -> bytes:
    return b"".join(b'<row r="%d">%b</row>' % (number, cells) for number in range(1, count + 1))


HOSTILE_BOOKS = {
    "60,000 rows of 256 empty cells": lambda: book(rows(60_000, b"<c/>" * 256)),
    "many cells under another prefix": lambda: book(rows(30_000, b"<x:c/>" * 64)),
    "one far cell in each row": lambda: book(
        b"".join(b'<row r="%d"><c r="IV%d"><v>1</v></c></row>' % (at, at) for at in range(1, 60_000))
    ),
    "one row of endless cells": lambda: book(rows(1, b"<c/>" * 10_000_000)),
    "many sheets": lambda: book(*[rows(500, b"<c/>" * 200)] * 60),
    "endless styles": lambda: book(rows(1, b""), also={"xl/styles.xml": b"<a>" + b"<b/>" * 10_000_000}),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits and memory of a process are as Linux tells them")
@pytest.mark.parametrize("make", HOSTILE_BOOKS.values(), ids=HOSTILE_BOOKS)
def test_hostile_books_cost_little(tmp_path: Path, make: Callable[[], bytes]) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(make())
    said, memory = outcome(path)
    assert "セルが多すぎます" in said
    assert memory <= MEMORY


SLOW_BOOKS = {
    "one endless text": rows(1, b'<c t="inlineStr"><is><t>' + b"a" * 60_000_000 + b"</t></is></c>"),
    "one endless comment": b"<!--" + b"a" * 60_000_000 + b"-->",
    "a row of endless attributes": b"<row %b/>" % b" ".join(b'a%d=""' % at for at in range(300_000)),
    "many rows of many attributes": b"<row %b/>" % b" ".join(b'a%d=""' % at for at in range(20_000)) * 130,
}


@pytest.mark.parametrize("made", SLOW_BOOKS.values(), ids=SLOW_BOOKS)
@pytest.mark.parametrize("before", [b"", b" " * 2_000_000])
def test_what_no_cell_holds_is_refused_before_it_is_parsed(
    monkeypatch: pytest.MonkeyPatch, made: bytes, before: bytes
) -> None:
    monkeypatch.setattr("openpyxl.load_workbook", None)
    with pytest.raises(PeopleError, match=r"セルに入らない長さ|セルが多すぎます"):
        read_workbook(book(b"", also={"xl/worksheets/sheet1.xml": before + _HEAD + made}), "条項.xlsx")


@pytest.mark.parametrize(("more", "read"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("at_once", [1 << 20, 1000, 1])
def test_a_piece_may_be_as_long_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, more: int, read: bool, at_once: int
) -> None:
    monkeypatch.setattr(sheet_file, "_AT_ONCE", at_once)
    monkeypatch.setattr(sheet_file, "LONGEST_PIECE", 3000)
    text = b"a" * (3000 + more - len("t>"))
    made = book(rows(1, b'<c t="inlineStr"><is><t>' + text + b"</t></is></c>"))
    if read:
        assert read_workbook(made, "条項.xlsx")["Sheet"] == [(text.decode(),)]
    else:
        with pytest.raises(PeopleError, match="セルに入らない長さ"):
            read_workbook(made, "条項.xlsx")


def test_excels_longest_cell_and_a_picture_are_read() -> None:
    longest = b"_x000D_" * 32_767
    made = book(
        rows(1, b'<c t="inlineStr"><is><t>' + longest + b"</t></is></c>"),
        also={"xl/media/image1.bmp": b"BM" + bytes(2_000_000)},
    )
    assert len(read_workbook(made, "条項.xlsx")["Sheet"]) == 1


@pytest.mark.parametrize(("count", "read"), [(19, True), (20, True), (21, False)])
def test_a_book_may_have_as_many_cells_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, count: int, read: bool
) -> None:
    """Of all sheets together."""
    monkeypatch.setattr(sheet_file, "MOST_CELLS", 20)
    made = book(rows(10, b"<c/>"), rows(count - 10, b'<c t="n"><v>1</v></c>'))
    if read:
        assert [len(held) for held in read_workbook(made, "条項.xlsx").values()] == [10, count - 10]
    else:
        with pytest.raises(PeopleError, match="セルが多すぎます"):
            read_workbook(made, "条項.xlsx")


@pytest.mark.parametrize(("count", "read"), [(2, True), (3, True), (4, False)])
def test_a_book_may_have_as_many_sheets_as_the_limit(
    monkeypatch: pytest.MonkeyPatch, count: int, read: bool
) -> None:
    monkeypatch.setattr(sheet_file, "MOST_SHEETS", 3)
    made = book(*[b""] * count)
    if read:
        assert len(read_workbook(made, "条項.xlsx")) == count
    else:
        with pytest.raises(PeopleError, match="シートが多すぎます"):
            read_workbook(made, "条項.xlsx")


@pytest.mark.parametrize(("more", "read"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("limit", ["MOST_PARTS", "MOST_TAGS", "MOST_ATTRIBUTES"])
def test_a_book_may_have_as_many_parts_and_tags_as_the_limits(
    monkeypatch: pytest.MonkeyPatch, limit: str, more: int, read: bool
) -> None:
    made = book(rows(1, b"<c/>"))
    with zipfile.ZipFile(BytesIO(made)) as packed:
        names = packed.namelist()
        texts = [packed.read(one) for one in names]
    held = {
        "MOST_PARTS": len(names),
        "MOST_TAGS": sum(one.count(b"<") for one in texts),
        "MOST_ATTRIBUTES": sum(one.count(b"=") for one in texts),
    }
    monkeypatch.setattr(sheet_file, limit, held[limit] - more)
    if read:
        read_workbook(made, "条項.xlsx")
    else:
        with pytest.raises(PeopleError, match="多すぎます"):
            read_workbook(made, "条項.xlsx")


@pytest.mark.parametrize("step", [1, 3, 40])
def test_reading_a_book_can_be_cancelled(step: int) -> None:
    """While its parts are counted and while its rows are read."""
    steps = 0

    def say(_done: int, _total: int, _what: str) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            progress.cancel()

    progress = Progress(say)
    with pytest.raises(Cancelled):
        read_workbook(book(rows(100, b"<c/>")), "条項.xlsx", progress)
    assert steps == step
