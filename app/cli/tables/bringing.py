"""import: records from JSON, Excel and CSV, all or none; with ``--dry-run``, what would come of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.cli import records
from app.cli.access import open_ledger, today
from app.cli.arguments import Wanted
from app.cli.output import Steps, put_error, put_json, put_line, put_table
from app.cli.tables.mending import Asked, check_rest
from app.common import PeopleError
from app.exchange import saving
from app.exchange.coming_in import importing
from app.exchange.json_text import check_kind, read_file, shown
from app.exchange.mending import runs
from app.exchange.sheets import apart
from app.exchange.sheets.limits import LARGEST_FILE
from app.exchange.tables import mapping, planning
from app.exchange.tables.beside.words import words_with
from app.exchange.tables.line import place_text
from app.exchange.tables.planned import Status, TablePlan
from app.exchange.tables.telling import told
from app.file_kinds import FileKind, kind_of
from app.filesystem import read_given
from app.preferences import Preferences
from app.records import Spec
from app.start import Product

_TEXTS = (".csv", ".tsv", ".txt")
STANDARD_INPUT = "-"
_PIPED = "標準入力.tsv"
"""What comes in there has no name: text is a table unless it says that it is JSON."""
_IN_PARTS = "分けてから取り込んでください。"
_WORDS = {
    Status.NEW: "新規",
    Status.CHANGED: "変更",
    Status.SAME: "変更なし",
    Status.ASK: "要確認",
    Status.ERROR: "誤り",
    Status.SKIPPED: "対象外",
}


def bring(wanted: Wanted) -> int:
    """Bring in one file of records of a kind."""
    spec = importing.importable(wanted.kind)
    data, name = _given(wanted.file)
    if not _is_table(data, name):
        check_kind(data, name)
        if wanted.sheet or wanted.map or wanted.rest or wanted.remembered:
            names = "--sheet、--map、--rest、--remembered"
            raise PeopleError(f"{names} は、Excelブックか CSV を取り込むときに指定してください。")
        return records.bring(wanted, spec, data, name)
    if wanted.rest is not None:
        check_rest(wanted.rest, dry=wanted.dry_run)
    said = _said(wanted, spec)
    book = apart.read(data, name, Steps())
    with open_ledger(wanted, Product()) as ledger:
        asked = Asked(ledger.facts(), spec, book, wanted.update, today())
        planned, said, known = asked.plan(said, recalled=wanted.remembered)
        known = [*asked.seen_before(runs.digest_of(data)), *known]
        if wanted.dry_run:
            _show(wanted, planned, known)
            return 0
        saved: bytes | None = None
        if wanted.rest is not None:
            saved, planned, said = asked.without_rest(planned, said)
        run = runs.run_of(planned, said, name, runs.digest_of(data))
        try:
            backups = Preferences().backups(ledger.path)
            planning.apply(ledger, planned, backups, Steps(), beside=(run,))
        except importing.ImportRefusedError as error:
            if wanted.json:
                put_json({**told(planned), "known": known})
            put_error(error.sentence)
            return 1
    if saved is not None and wanted.rest is not None:
        saving.save(wanted.rest, saved)
        known.append(f"取り込まなかった行を「{wanted.rest.name}」に保存しました。")
    _show(wanted, planned, known, done=True)
    return 0


def _given(file: Path) -> tuple[bytes, str]:
    """What is to be brought in, and what it is called. Raises ``PeopleError``."""
    if str(file) != STANDARD_INPUT:
        return read_given(file, LARGEST_FILE, _IN_PARTS), file.name
    data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise PeopleError(f"標準入力は大きすぎます（{LARGEST_FILE // 1024 // 1024}MBまで）。{_IN_PARTS}")
    return data, _PIPED


def _is_table(data: bytes, name: str) -> bool:
    kind = kind_of(data, name)
    if kind.is_table or kind is FileKind.LOCKED:
        return True
    text = kind in (FileKind.TEXT, FileKind.UNKNOWN)
    return text and name.lower().endswith(_TEXTS)


def _said(wanted: Wanted, spec: Spec[Any]) -> mapping.Said:
    said = mapping.read(read_file(wanted.map), wanted.map.name, spec) if wanted.map else mapping.Said()
    return mapping.on_sheet(said, wanted.sheet)


def _show(wanted: Wanted, planned: TablePlan, known: Sequence[str], *, done: bool = False) -> None:
    if wanted.json:
        put_json({**told(planned), "known": list(known)})
        return
    for one in known:
        put_line(one)
    for one in planned.told:
        put_line(one)
    for doubt in planned.plan.doubts:
        put_line(f"確認：{planned.plan.sentence_of(doubt)}")
    if not done:
        _show_rows(planned)
    found = "、".join(f"{_WORDS[status]}{planned.counts[status]}件" for status in Status)
    erased = f"、空欄で消す値{planned.erased}件" if planned.erased else ""
    put_line(f"{planned.spec.label}：{found}{erased}")
    for beside in planned.besides:
        counts = beside.plan.counts
        same = f"、変更なし{counts['same']}件" if counts["same"] else ""
        put_line(f"{beside.plan.spec.label}：新規{counts['new']}件{same}")


def _show_rows(planned: TablePlan) -> None:
    heads = ("列", "見出し", "項目", "値のある行", "例")
    fields = {path: target.label for path, target in words_with(planned.spec).targets.items()}
    columns = [
        (
            column.letter,
            shown(column.title),
            fields.get(column.path or "", column.path or column.left or "（決まっていません）"),
            f"{column.filled:,}",
            "、".join(shown(text, 12) for text in column.samples),
        )
        for column in planned.columns
    ]
    put_table(heads, columns, "列がありません。")
    for stop in planned.stops:
        put_line(f"確認：{stop}")
    rows = []
    for line in planned.lines:
        for problem in line.problems:
            at = problem.where if problem.at or problem.column else str(problem.row)
            rows.append(
                (at, _WORDS[line.status], shown(problem.value, 20), f"{problem.reason}{problem.advice}")
            )
        if line.why:
            rows.append(
                (place_text(line.at) if line.at else str(line.row), _WORDS[line.status], "", line.why)
            )
    put_table(("行", "状態", "値", "理由"), rows, "確かめる行はありません。")
