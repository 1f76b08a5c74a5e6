"""バックアップ・点検記録: the backups of a period, whether each could be restored, and the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from app.duties.case import Case
from app.duties.papers.claims import Whole
from app.printing.blocks import Block, Column, Gap, Sheet, Table, Text
from app.printing.type.wareki import wareki
from app.records import BackupRun, Check, Device, Location, Person, Statement
from app.records.check import CheckKind
from forms.denied import CHECKED
from forms.form import Form
from forms.layout.checked import checks_of, items_of, mending_of, result_of, subject_of
from forms.layout.period import UNRECORDED, falls
from forms.layout.registers import register_sheet
from forms.parts.about import About
from forms.parts.cells import Cell
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none

_Done: TypeAlias = BackupRun | Check
_RUNS = (
    Column("№", 4, "center"),
    Column("実施日", 12, "center", fit=True),
    Column("対象", 22),
    Column("世代", 8, "center"),
    Column("実施の結果", 9, "center"),
    Column("保管場所\n保管媒体", 15),
    Column("暗号化", 7, "center"),
    Column("復元試験", 13),
    Column("実施者", 10),
)
_CHECKS = (
    Column("№", 4, "center"),
    Column("実施日", 12, "center", fit=True),
    Column("種別", 12),
    Column("点検の対象", 28),
    Column("点検項目と結果", 24),
    Column("是正の措置", 10),
    Column("実施者", 10),
)
_KINDS = (CheckKind.STORAGE, CheckKind.ACCURACY)


def _runs(case: Case) -> list[BackupRun]:
    held = case.facts.covering(BackupRun, case.contract.id)
    return sorted((one for one in held if falls(case, one.done_on)), key=lambda one: (one.done_on, one.id))


def _done(case: Case) -> Iterator[_Done]:
    """The backups of the period and the checks of what is kept, each by day."""
    yield from _runs(case)
    yield from checks_of(case, *_KINDS)


def _what(case: Case, one: _Done) -> str:
    return one.what if isinstance(one, BackupRun) else subject_of(case, one)


def _kind(_case: Case, one: _Done) -> str:
    return one.spec.label if isinstance(one, BackupRun) else one.kind


def _result(case: Case, one: _Done) -> str:
    if isinstance(one, Check):
        return items_of(one)
    tested = one.restore_tested_on
    # A trial after the period is told of where it is known, and makes no document of the period wrong.
    trial = _trial(one) if tested and falls(case, tested) else ""
    return "／".join(filter(None, (case.facts.shown(one, "result") or UNRECORDED, trial)))


def _restored(case: Case, run: BackupRun) -> str:
    """The trial by the day printed; none on record is said so."""
    tested = run.restore_tested_on
    return _trial(run) if tested and tested <= case.day else UNRECORDED


def _trial(run: BackupRun) -> str:
    return lines(wareki(run.restore_tested_on), run.restore_result) if run.restore_tested_on else ""


def _who(case: Case, one: _Done) -> str:
    person = case.facts.find(Person, one.done_by if isinstance(one, BackupRun) else one.checked_by)
    return person.name if person else UNRECORDED


def _kept(case: Case, one: _Done) -> str:
    if isinstance(one, Check):
        return ""
    place, device = case.facts.find(Location, one.location), case.facts.find(Device, one.device)
    return lines(place.name if place else "", device.control_number if device else "") or UNRECORDED


def _encrypted(case: Case, one: _Done) -> str:
    return "" if isinstance(one, Check) else case.facts.shown(one, "encrypted") or UNRECORDED


def _mended(_case: Case, one: _Done) -> str:
    return one.action if isinstance(one, Check) else ""


_ON: Cell[_Done] = Cell("実施日", lambda _case, one: wareki(one.done_on))
_KIND: Cell[_Done] = Cell("種別", _kind)
_WHAT: Cell[_Done] = Cell("対象", _what)
_RESULT: Cell[_Done] = Cell("結果", _result)
_KEPT: Cell[_Done] = Cell("保管", _kept)
_ENCRYPTED: Cell[_Done] = Cell("暗号化", _encrypted)
_MENDED: Cell[_Done] = Cell("是正の措置", _mended)
_BY: Cell[_Done] = Cell("実施者", _who)


def _facts(paper: Paper[_Done]) -> dict[str, Any]:
    case = paper.case
    told = list(zip(paper.things, paper.entries, strict=True))
    runs = [_run(case, one, entry) for one, entry in told if isinstance(one, BackupRun)]
    checks = [_check(case, one, entry) for one, entry in told if isinstance(one, Check)]
    return {"runs": runs, "checks": checks}


def _run(case: Case, run: BackupRun, entry: Mapping[str, str]) -> list[str]:
    return [
        entry[_ON.label],
        entry[_WHAT.label],
        run.generation or UNRECORDED,
        case.facts.shown(run, "result") or UNRECORDED,
        entry[_KEPT.label],
        entry[_ENCRYPTED.label],
        _restored(case, run),
        entry[_BY.label],
    ]


def _check(case: Case, check: Check, entry: Mapping[str, str]) -> list[str]:
    items = "\n".join(f"{row.item}　{row.result}" for row in check.items)
    return [
        entry[_ON.label],
        entry[_KIND.label],
        entry[_WHAT.label],
        items or result_of(check),
        mending_of(case, check) or (NONE if check.items and check.good else UNRECORDED),
        entry[_BY.label],
    ]


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """Two tables; where one has no rows, that is said."""
    held = statement.facts
    blocks: tuple[Block, ...] = (
        Text("バックアップの実施と復元試験", size=10, bold=True, after=2, leads=True),
        _table(_RUNS, held["runs"], "バックアップ"),
        Gap(4),
        Text("保管状況及びデータの正確性の点検", size=10, bold=True, after=2, leads=True),
        _table(_CHECKS, held["checks"], "点検"),
    )
    return (register_sheet(statement, FORM.title, blocks, landscape=True),)


def _table(columns: tuple[Column, ...], rows: list[list[str]], what: str) -> Block:
    if not rows:
        return Text(f"　対象期間に、{what}の記録はありません。", size=9.5)
    return Table(columns, tuple((str(at), *map(or_none, row)) for at, row in enumerate(rows, 1)), size=8.5)


FORM: Form[_Done] = Form(
    id="backup-record",
    title="バックアップ・点検記録",
    proves=(Whole("backup-check"),),
    about=About(
        BackupRun,
        _done,
        past=True,
        empty="対象期間に、この契約についてのバックアップも点検も登録されていません。バックアップを登録してください。",
    ),
    entry=(_ON, _KIND, _WHAT, _RESULT, _KEPT, _ENCRYPTED, _MENDED, _BY),
    needs=(CHECKED,),
    facts=_facts,
    draw=draw,
    periodic=True,
)
