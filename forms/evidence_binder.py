"""証跡綴り: one file for a contract and a period, with everything that shows how its annex was kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.duties.case import PAGE, Bound
from app.duties.papers.claims import Cites
from app.printing.blocks import Block, Column, Gap, Grid, Sheet, Table, Text, Title
from app.printing.type.wareki import wareki
from app.records import Attestation, Contract, Statement
from forms.binder.bound import added, filed
from forms.binder.clauses import clause_tables, ended
from forms.binder.registers import registers
from forms.binder.widths import fitting
from forms.form import Form
from forms.layout.registers import covered
from forms.parts.letter import contract_grid
from forms.parts.needs import Asked
from forms.parts.paper import Paper
from forms.parts.standing import AFTER, unjudged

_DOCUMENTS = (
    Column("綴り番号", 10, "center", fit=True),
    Column("文書番号", 13, fit=True),
    Column("書類名", 27),
    Column("発行日", 18, fit=True),
    Column("提出・受理等", 24),
    Column(PAGE, 8, "right", fit=True),
)
_ATTACHMENTS = (
    Column("綴り番号", 10, "center", fit=True),
    Column("添付先の記録", 29),
    Column("名称", 22),
    Column("受領日", 17, fit=True),
    Column("ファイル名", 14),
    Column(PAGE, 8, "right", fit=True),
)
_CLAUSES = (
    Column("条項", 17),
    Column("求められること", 14),
    Column("状況", 10, "center"),
    Column("根拠・確認した日", 25),
    Column("備考", 25),
    Column("綴り番号", 9),
)
_HASHES = (
    Column("綴り番号", 10, "center", fit=True),
    Column("文書番号・ファイル名", 26),
    Column("SHA-256", 64),
)
_PARTS = ("条項と証跡の対照表", "記録の一覧", "綴った書類", "添付", "ファイルのSHA-256と確かめ方")
_HOW = (
    "綴った書類は、発行したときのままです。元のファイルがこの表のものと同じであることは、"
    "受託台帳がなくても次の手順で確かめられます。",
    "１　元のファイルを当社から受け取り、PCに保存します。",
    "２　Windowsでは「certutil -hashfile ファイル名 SHA256」、"
    "その他では「shasum -a 256 ファイル名」を実行します。",
    "３　表示された64桁の値を、この表の値と比べます。1字でも違えば、同じファイルではありません。",
    "各書類のページの下部にある照合コードと台帳の先頭値は、当社の台帳との照合に用います。照合は当社にお求めください。",
)
_NOTHING = "該当するものはありません。"
_NOTHING_BOUND = "対象期間に発行した書類及び受領した添付の記録はありません。"


def _facts(paper: Paper[Any]) -> dict[str, Any]:
    """Everything that the binder's own pages print; what is bound behind them stands in it by its hash."""
    case = paper.case
    documents = tuple(filed(case))
    return {
        "documents": [list(one) for one in documents],
        "attachments": [list(one) for one in added(case)],
        "chapters": clause_tables(case, documents),
        **({"ended": wareki(case.day)} if ended(case) else {}),
        "registers": [
            [one.label, list(one.heads), [list(row) for row in one.rows]]
            for one in registers(case.facts, case.contract)
        ],
    }


def draw(statement: Statement) -> tuple[Sheet, ...]:
    """Cover with the index; clauses, registers and hashes across. What is bound follows them."""
    return _cover(statement), _clauses(statement), _registers(statement), _hashes(statement)


def bound(statement: Statement) -> tuple[Bound, ...]:
    """The files that stand behind the binder's own pages, in the order of the index."""
    held = statement.facts
    documents = (
        Bound(tag, f"{tag}　{number}　{title}", digest, f"{number}.pdf", issued=True)
        for tag, number, title, _issued, _became, digest in held["documents"]
    )
    attachments = (
        Bound(tag, f"{tag}　{title}", digest, file_name)
        for tag, _owner, title, _received, file_name, digest in held["attachments"]
    )
    return *documents, *attachments


def _cover(statement: Statement) -> Sheet:
    held = statement.facts
    letter = held["letter"]
    submitter = tuple(tuple(row) for row in letter["submitter"])
    counts = (
        ("綴った書類", f"{len(held['documents'])}件", "添付", f"{len(held['attachments'])}件"),
        ("記録の種類", f"{len(held['registers'])}種類", "記録の基準日", wareki(statement.on)),
    )
    blocks: tuple[Block, ...] = (
        Text(letter["date"], align="right"),
        Gap(14),
        Title(FORM.title),
        Text(f"対象期間　{covered(statement)}", align="center", after=14),
        *((Text(f"根拠　{letter['cited']}", size=9.5, after=2),) if letter["cited"] else ()),
        contract_grid(letter["contract"]),
        Gap(3),
        Grid((*submitter, *counts), size=9.5, label=0.18),
        Gap(6),
        *_said(statement),
        Text("目次", bold=True, leads=True, after=2),
        *(Text(f"{number}　{name}", indent=1) for number, name in zip("１２３４５", _order(), strict=True)),
        Gap(4),
        *_index("綴った書類", _DOCUMENTS, held["documents"]),
        Gap(4),
        *_index("添付", _ATTACHMENTS, held["attachments"]),
    )
    return Sheet(blocks, f"{FORM.title}　表紙・目次")


def _said(statement: Statement) -> Iterator[Block]:
    """That nothing of the period is bound: a reader may not take the other parts for its evidence."""
    held = statement.facts
    if held["documents"] or held["attachments"]:
        return
    listed = "条項と証跡の対照表" + ("及び記録の一覧" if held["registers"] else "")
    yield Text(f"{_NOTHING_BOUND}{listed}は、{wareki(statement.on)}現在のものです。", before=2, after=5)


def _order() -> tuple[str, ...]:
    """The parts in the order in which they are bound."""
    clauses, records, documents, attachments, hashes = _PARTS
    return clauses, records, hashes, documents, attachments


def _index(title: str, columns: tuple[Column, ...], rows: Iterable[list[str]]) -> Iterator[Block]:
    """The lines of an index; the hash, which ends a line of what is bound, gives way to the page."""
    yield Text(title, bold=True, leads=True, after=1)
    lines = tuple((*row[:-1], row[0]) for row in rows)
    yield Table(columns, lines, size=8.5) if lines else Text(_NOTHING, indent=1)


def _clauses(statement: Statement) -> Sheet:
    held = statement.facts
    after = f"根拠のうち、対象期間の後の日付のものには{AFTER}と付記しています。" if "ended" in held else ""
    blocks: list[Block] = [
        Title(_PARTS[0]),
        Text(f"状況は、{wareki(statement.on)}現在のものです。{after}", size=9),
    ]
    for title, rows in held["chapters"]:
        blocks += [
            Text(title, size=9.5, bold=True, before=3, after=1, leads=True),
            Table(_CLAUSES, tuple(tuple(row) for row in rows), size=8),
        ]
    return _across(blocks, _PARTS[0])


def _registers(statement: Statement) -> Sheet:
    registered = statement.facts["registers"]
    told = (
        "この契約の記録の全件で、対象期間の外のものを含みます。"
        if registered
        else "この契約の記録はありません。"
    )
    blocks: list[Block] = [Title(_PARTS[1]), Text(f"{wareki(statement.on)}現在。{told}", size=9)]
    for label, heads, rows in registered:
        blocks += [
            Text(f"{label}（{len(rows)}件）", size=9.5, bold=True, before=4, after=1, leads=True),
            Table(fitting(heads, rows), tuple(tuple(row) for row in rows), size=8),
        ]
    return _across(blocks, _PARTS[1])


def _hashes(statement: Statement) -> Sheet:
    held = statement.facts
    rows = [
        *((row[0], row[1], row[-1]) for row in held["documents"]),
        *((row[0], row[4], row[-1]) for row in held["attachments"]),
    ]
    blocks: list[Block] = [Title(_PARTS[4]), *(Text(line, size=9, hang=2) for line in _HOW), Gap(3)]
    blocks.append(Table(_HASHES, tuple(rows), size=8) if rows else Text(_NOTHING))
    return _across(blocks, _PARTS[4])


def _across(blocks: list[Block], title: str) -> Sheet:
    return Sheet(tuple(blocks), title, landscape=True, continues=True, close=True)


def _empty(paper: Paper[Any]) -> Iterator[tuple[int, str]]:
    """A binder that binds nothing and lists nothing would be handed in as evidence all the same."""
    case = paper.case
    bound_ones = (*filed(case), *added(case))
    if not bound_ones and next(registers(case.facts, case.contract), None) is None:
        yield (
            0,
            f"契約「{case.contract.title}」には、対象期間に発行した書類も、受領した添付も、記録もありません。"
            "証跡となる記録を登録してから、証跡綴りを作成してください。",
        )


FORM: Form[Any] = Form(
    id="evidence-binder",
    title="証跡綴り",
    proves=(Cites("status-report"), Cites("audit")),
    needs=(Asked(Contract, "annexes", unjudged), Asked(Attestation, "", _empty)),
    facts=_facts,
    draw=draw,
    binds=bound,
    periodic=True,
)
