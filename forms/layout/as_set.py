"""A drawn paper as the client wants it: its title, 様式 number, columns, wording and copies.

What a setting says is kept in the statement, so that a document is drawn again as it was, whatever has been
set since. Nothing of what the paper states is changed: a column left out is left out of the print alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.duties.papers.settings import PROMISE
from app.printing.blocks import (
    Block,
    CellText,
    Column,
    FormNumber,
    Grid,
    KeepTogether,
    Ki,
    Sheet,
    Table,
    Text,
    Title,
)
from app.records import PaperSetting
from app.records.kinds import OTHER
from app.records.paper_setting import FOUND, Seal
from forms.layout.copies import beside, copies

SETTING = "setting"
"""Where the facts of a statement keep what was set."""
BODY = "本文"
_NUMBER = "№"


def kept(setting: PaperSetting, choices: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The setting as a statement keeps it; of ``choices`` (label → list) those that it wants as boxes."""
    ticks = {label: list(listed) for label, listed in choices.items()} if setting.ticks else {}
    return {
        **({"ticks": ticks} if ticks else {}),
        "title": setting.title,
        "number": setting.style_number,
        "copies": list(setting.copies),
        **({"beside": True} if setting.beside else {}),
        "columns": [[row.column, row.shown, row.heading] for row in setting.columns],
        "wording": [[row.paragraph, row.text] for row in setting.wording],
    }


def addressed(facts: dict[str, Any], setting: PaperSetting, seal: str) -> dict[str, Any]:
    """The facts of a letter with the addressee and the seal of the setting; ``seal``: the vendor's own."""
    letter = dict(facts["letter"])
    if setting.addressee:
        letter["addressee"] = setting.addressee
    if setting.seal:
        sealed = setting.seal != Seal.NONE
        letter["sealed"], letter["seal"] = sealed, seal if sealed else ""
    return {**facts, "letter": letter}


def title_of(title: str, facts: Mapping[str, Any]) -> str:
    """What a paper called ``title`` by its form is called under the setting in ``facts``."""
    return facts.get(SETTING, {}).get("title") or title


def as_set(sheets: tuple[Sheet, ...], title: str, facts: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """The sheets of a form called ``title`` under the setting in ``facts``; unchanged where there is none."""
    told = facts.get(SETTING)
    if told is None:
        return sheets
    wording: dict[str, str] = dict(told["wording"])
    change, ticks = _columns(told["columns"]), told.get("ticks", {})
    made = tuple(
        replace(
            sheet,
            title=sheet.title.replace(title, title_of(title, facts)),
            blocks=(
                *((FormNumber(told["number"]),) if told["number"] and not sheet.continues else ()),
                *_worded(
                    _titled(_ticked(_each(sheet.blocks, change), ticks), title, title_of(title, facts)),
                    wording,
                ),
            ),
        )
        for sheet in sheets
    )
    made = _copied(made, told["copies"])
    return beside(made) if told.get("beside") else made


def unknown(
    sheets: Iterable[Sheet],
    setting: PaperSetting,
    paragraphs: tuple[str, ...] = (),
    choices: Collection[str] = (),
) -> Iterator[tuple[str, str]]:
    """Field and sentence for each column and paragraph of the setting that the paper does not have.

    ``paragraphs``: those that the form itself reads. ``choices``: its labels with a closed list.
    """
    drawn = tuple(sheets)
    if setting.ticks and not choices:
        yield (
            "ticks",
            "この書類には、決まった選択肢から選ぶ欄がないため、チェック欄で印刷できません。"
            "「選択の欄」を空欄にしてください。",
        )
    tables = [block for sheet in drawn for block in _tables(sheet.blocks)]
    titles = list(
        dict.fromkeys(title for table in tables for column in table.columns for title in column.titles)
    )
    for row in setting.columns:
        if row.column not in titles and not (row.shown and tables):
            yield (
                "columns",
                f"列「{row.column}」はこの書類にありません（あるのは「{'」「'.join(titles)}」）。"
                "空欄の列を加えるときは「印刷」を「する」にしてください。",
            )
        if row.shown is False and row.column in FOUND and row.column in titles:
            yield (
                "columns",
                f"列「{row.column}」は、どうであったかを述べる列のため、省けません。"
                "「印刷」を「しない」にせずに保存してください。",
            )
    for table in tables:
        hidden = {row.column for row in setting.columns if row.shown is False}
        if all(set(column.titles) <= {*hidden, _NUMBER} for column in table.columns):
            yield (
                "columns",
                f"表の列（「{table.columns[-1].title}」など）をすべて印刷しない設定はできません。",
            )
    named = {*paragraphs, *(name for sheet in drawn for name in _paragraphs(sheet.blocks))}
    for words in setting.wording:
        if words.paragraph not in named:
            known = "」「".join(sorted(named)) or "なし"
            yield "wording", f"段落「{words.paragraph}」はこの書類にありません（あるのは「{known}」）。"


def parted(sheets: tuple[Sheet, ...], setting: PaperSetting) -> Iterator[tuple[str, str]]:
    """Field and sentence where two copies are wanted on one sheet of a paper that has not two."""
    if not setting.beside:
        return
    try:
        beside(_copied(sheets, list(setting.copies)))
    except ValueError:
        yield (
            "beside",
            "1枚に2部を印刷できるのは、縦置き1ページの書類を2部印刷する場合だけです。"
            "「部数」で2部を選ぶか、「2部の用紙」を空欄にしてください。",
        )


def _titled(blocks: Iterable[Block], old: str, new: str) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Title) or (isinstance(block, Text) and block.text == f"・別紙　{old}"):
            yield replace(block, text=block.text.replace(old, new))
        else:
            yield block


def _each(blocks: Iterable[Block], change: Callable[[Table], Table]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            yield change(block)
        elif isinstance(block, KeepTogether):
            yield replace(block, blocks=tuple(_each(block.blocks, change)))
        else:
            yield block


def _ticked(blocks: Iterable[Block], ticks: Mapping[str, Sequence[str]]) -> Iterator[Block]:
    """Form sheets with every choice of a list as a box, ticked where it is what was chosen."""
    for block in blocks:
        if isinstance(block, Grid) and ticks:
            yield replace(block, rows=tuple(_boxed(row, ticks) for row in block.rows))
        elif isinstance(block, KeepTogether):
            yield replace(block, blocks=tuple(_ticked(block.blocks, ticks)))
        else:
            yield block


def _boxed(row: tuple[str, ...], ticks: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    pairs = zip(row[::2], row[1::2], strict=False)
    return tuple(part for label, text in pairs for part in (label, boxes(text, ticks.get(label, ()))))


def boxes(text: str, listed: Sequence[str]) -> str:
    """「☑施錠　☐なし」: each of ``listed``, ticked where ``text`` names it.

    A text that is not made of the list alone stays as it is: nothing that was said may get lost in boxes.
    """
    said = {part.partition("：")[0]: part.partition("：")[2] for part in text.split("、")}
    if not listed or not said.keys() <= set(listed) or any(said[one] for one in said if one != OTHER):
        return text
    told = {one: f"{one}（{said[one]}）" if said.get(one) else one for one in listed}
    return "　".join(f"{'☑' if one in said else '☐'}{told[one]}" for one in listed)


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, KeepTogether):
            yield from _tables(block.blocks)


def _paragraphs(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The names under which the fixed paragraph of a sheet may be worded otherwise."""
    return (BODY, PROMISE) if _fixed(tuple(blocks)) else ()


def _fixed(blocks: tuple[Block, ...]) -> list[int]:
    """Where the fixed paragraph stands: what is set with both edges aligned between the title and 記."""
    title = next((at for at, block in enumerate(blocks) if isinstance(block, Title)), None)
    ki = next((at for at, block in enumerate(blocks) if isinstance(block, Ki)), None)
    if title is None or ki is None:
        return []
    found = ((at, blocks[at]) for at in range(title + 1, ki))
    return [at for at, block in found if isinstance(block, Text) and block.align == "justify"]


def _worded(blocks: Iterable[Block], wording: Mapping[str, str]) -> tuple[Block, ...]:
    """The client's words in the place of ours, their leading blanks kept."""
    drawn = tuple(blocks)
    text, places = wording.get(PROMISE) or wording.get(BODY), _fixed(drawn)
    if not text or not places:
        return drawn
    own = Text(text, align="justify", after=6)
    return tuple(
        own if at == places[0] else block
        for at, block in enumerate(drawn)
        if at == places[0] or at not in places
    )


def _copied(sheets: tuple[Sheet, ...], marks: list[str]) -> tuple[Sheet, ...]:
    """As many copies as were set, in the place of those that the form makes by itself."""
    if not marks or not sheets:
        return sheets
    first = sheets[0].copy
    single = tuple(
        replace(sheet, copy="", title=sheet.title.removesuffix(f"（{first}）"))
        for sheet in sheets
        if sheet.copy == first
    )
    return copies(single, *marks)


def _columns(rows: list[list[Any]]) -> Callable[[Table], Table]:
    """What the setting makes of each table that has one of its columns."""

    def change(table: Table) -> Table:
        titles = {title for column in table.columns for title in column.titles}
        if not any(name in titles for name, _shown, _heading in rows):
            return table
        return _changed(table, rows, titles)

    return change


def _changed(table: Table, rows: list[list[Any]], titles: set[str]) -> Table:
    shown = {name: flag is not False for name, flag, _heading in rows}
    heading = {name: new for name, _flag, new in rows if new}
    order: list[int | str] = []
    for name, flag, _heading in rows:
        if name in titles:
            at = next(at for at, column in enumerate(table.columns) if name in column.titles)
            order += [at] if at not in order else []
        elif flag:
            order.append(name)
    numbers = [at for at, column in enumerate(table.columns) if column.title == _NUMBER]
    rest = [at for at in range(len(table.columns)) if at not in order and at not in numbers]
    places = [*(at for at in numbers if at not in order), *order, *rest]
    columns: list[Column] = []
    cells: list[list[CellText]] = [[] for _ in table.rows]
    average = sum(column.width for column in table.columns) / len(table.columns)
    for place in places:
        if isinstance(place, str):
            columns.append(Column(heading.get(place, place), average))
            for row in cells:
                row.append("")
            continue
        column = table.columns[place]
        lanes = [lane for lane, title in enumerate(column.titles) if shown.get(title, True)]
        if not lanes:
            continue
        named = [heading.get(column.titles[lane], column.titles[lane]) for lane in lanes]
        columns.append(replace(column, title=named[0], lower=named[1] if len(named) > 1 else ""))
        for row, old in zip(cells, table.rows, strict=True):
            row.append(_lanes(old[place], lanes))
    return replace(table, columns=tuple(columns), rows=tuple(map(tuple, cells)))


def _lanes(cell: CellText, lanes: list[int]) -> CellText:
    if isinstance(cell, str):
        return cell
    kept = tuple(text for lane, text in enumerate(cell) if lane in lanes or lane > max(lanes))
    return kept if len(kept) > 1 else kept[0]
