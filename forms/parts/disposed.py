"""Disposals as documents speak of them: their numbers, their lines, and what a certificate must know."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.duties.case import Case
from app.duties.holding.destruction import contradicted, flaws, made_good, not_ended
from app.printing.type.wareki import wareki
from app.records import Approval, Asset, Device, Disposal, Person
from app.records.attachment import AttachmentKind
from app.records.dated import as_of
from app.records.disposal import DisposalLine, LineResult, Method, Outcome
from app.records.ordering import number_of as called
from app.records.status import Status
from forms.parts.cells import Cell
from forms.parts.enclosures import attached
from forms.parts.needs import Asked, Need, need
from forms.parts.paper import Paper
from forms.parts.texts import NONE, lines, or_none, quantity, unique

_ERASED = (Method.OVERWRITTEN, Method.KEY_ERASED)
_VERIFIED = (*_ERASED, Method.DEGAUSSED)
"""Methods after which a medium looks as before: only a verification shows that they worked."""
Item = tuple[Disposal, DisposalLine]
"""One line of a disposal with the disposal it belongs to."""


def number_of(disposal: Disposal) -> str:
    """How documents call a disposal: by its number in the ledger."""
    return called(disposal)


def responsible_of(case: Case, disposal: Disposal) -> str:
    """Who answers for the disposal: the post held on its day, under the name borne on the paper's day."""
    person = case.facts.find(Person, disposal.responsible)
    return lines(as_of(person, disposal.done_on).post, person.name) if person else ""


def _checked(_case: Case, item: Item) -> str:
    disposal, line = item
    if line.result == LineResult.FAILED:
        return f"不良\n{line.followed}"
    return or_none(lines(disposal.verification, disposal.judged(line), disposal.verification_result))


def result_of(disposal: Disposal, line: DisposalLine) -> str:
    """What came of a line; whether it was verified only where that keeps it from having ended."""
    if line.result != LineResult.DONE or disposal.ended(line):
        return line.result
    return f"{line.result}・確認は{disposal.judged(line) or '記録なし'}"


def _done_by(case: Case, item: Item) -> str:
    disposal, _line = item
    confirmed = case.facts.find(Person, disposal.confirmed_by)
    told = (
        disposal.done_by,
        disposal.contractor,
        f"許可番号　{disposal.permit}" if disposal.permit else "",
        f"管理票　{disposal.manifest}" if disposal.manifest else "",
        f"確認　{confirmed.name}" if confirmed else "",
    )
    return or_none(lines(*told))


def _edition(name: str, edition: str) -> str:
    return f"{name}（{edition}）" if name and edition else name


def serial_of(case: Case, line: DisposalLine) -> str:
    """The serial number of what was disposed of: as recorded, else of the device or the asset.

    A control number of the vendor's own is no serial number, wherever it was typed.
    """
    device, asset = device_of(case, line), case.facts.find(Asset, line.asset)
    typed = "" if device and line.serial == device.control_number else line.serial
    return typed or (device.serial if device else "") or (asset.identifier if asset else "")


def device_of(case: Case, line: DisposalLine) -> Device | None:
    """The device that a line is about: the one chosen, else the one whose control number was typed."""
    chosen = case.facts.find(Device, line.device)
    if chosen or not line.serial:
        return chosen
    return next((one for one in case.facts.all(Device) if one.control_number == line.serial), None)


def _kept_as(case: Case, line: DisposalLine) -> str:
    """Under which number the vendor kept it, and what kind of machine or medium it was."""
    device, asset = device_of(case, line), case.facts.find(Asset, line.asset)
    if device is None:
        return asset.number if asset else ""
    model = "　".join(unique((device.maker, device.model)))
    return lines(device.control_number, model, device.capacity)


def done_by(case: Case) -> list[Disposal]:
    """The disposals of the contract done by the day of the case, by day; a plan is none."""
    held = case.facts.of(Disposal, "contract", case.contract.id)
    done = (one for one in held if one.done_on <= case.day and one.status != Status.PLANNED)
    return sorted(done, key=lambda one: (one.done_on, one.id))


def unfinished(case: Case, disposal: Disposal) -> tuple[DisposalLine, ...]:
    """The lines that have not ended and that no other disposal has finished by the day of the case."""
    done = done_by(case)
    return tuple(
        line
        for line in disposal.lines
        if not disposal.ended(line) and made_good(case.facts, done, disposal, line) is None
    )


def method_of(case: Case, item: Item) -> str:
    """The method of a line, with its reason where it was not the one that fits or was asked for."""
    disposal, _line = item
    reason = f"（理由・追加の措置　{disposal.method_reason}）" if _off(case, item) else ""
    return lines(disposal.method, disposal.level, reason)


def method_in_short(case: Case, item: Item) -> str:
    """The method of a line where the sheet of items tells its reason."""
    return lines(item[0].method, "（理由・追加の措置は別紙）" if _off(case, item) else "")


def _off(case: Case, item: Item) -> bool:
    disposal, line = item
    found = flaws(case.facts, disposal, (), _rested_on(case, disposal)) if disposal.method_reason else ()
    return any(disposal.lines[fault.row] is line for fault in found)


def _rested_on(case: Case, disposal: Disposal) -> tuple[Approval, ...]:
    approval = case.facts.find(Approval, disposal.approval)
    return (approval,) if approval else ()


_NUMBER: Cell[Item] = Cell("廃棄番号", lambda _case, item: number_of(item[0]), 11, "center", fit=True)
_ON: Cell[Item] = Cell("年月日", lambda _case, item: wareki(item[0].done_on))
_WHAT: Cell[Item] = Cell("情報項目", lambda _case, item: item[1].item, 15)
_MEDIUM: Cell[Item] = Cell("媒体名", lambda _case, item: item[1].medium)
_QUANTITY: Cell[Item] = Cell(
    "数量", lambda _case, item: quantity(item[1].quantity, item[1].unit), 8, "right", fit=True
)
_SERIAL: Cell[Item] = Cell("製造番号等", lambda case, item: or_none(serial_of(case, item[1])), 13)
_KEPT_AS: Cell[Item] = Cell("管理番号・機種・容量", lambda case, item: or_none(_kept_as(case, item[1])))
_METHOD: Cell[Item] = Cell("廃棄又は消去の方法", method_of, 13)
_TOOL: Cell[Item] = Cell(
    "使用したソフト・機器（版）",
    lambda _case, item: or_none(_edition(item[0].tool, item[0].tool_version)),
    15,
)
_STANDARD: Cell[Item] = Cell(
    "準拠した基準（版）", lambda _case, item: or_none(_edition(item[0].standard, item[0].standard_edition))
)
_CHECKED: Cell[Item] = Cell("確認の方法・結果", _checked, 13)
_DONE_BY: Cell[Item] = Cell("実施者・確認者", _done_by, 16)
_PLACE: Cell[Item] = Cell("実施場所", lambda _case, item: or_none(item[0].place))
PHOTOS: Cell[Item] = Cell("写真", lambda _case, _item: NONE)
"""The numbers of the photographs, which only the sheet of items knows."""
ITEM: tuple[Cell[Item], ...] = (
    _NUMBER,
    _ON,
    _WHAT,
    _MEDIUM,
    _QUANTITY,
    _SERIAL,
    _KEPT_AS,
    _METHOD,
    _TOOL,
    _STANDARD,
    _CHECKED,
    _DONE_BY,
    _PLACE,
)
"""What the sheet of items says of one line of a disposal."""
COLUMNS = (
    (_NUMBER, _ON),
    (_WHAT, _MEDIUM),
    (_QUANTITY, PHOTOS),
    (_SERIAL, _KEPT_AS),
    (_METHOD,),
    (_TOOL, _STANDARD),
    (_CHECKED,),
    (_DONE_BY, _PLACE),
)
"""How they stand in the columns of the sheet."""


def _named(paper: Paper[Disposal]) -> Iterator[tuple[Disposal, str]]:
    return ((one, f"{wareki(one.done_on)}の廃棄・消去（{number_of(one)}）") for one in paper.things)


def _planned(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    for disposal, name in _named(paper):
        if disposal.status == Status.PLANNED:
            yield (
                disposal.id,
                f"{name}は予定であり、まだ行われていません。行った後に「実績」とその結果を入力してください。",
            )


def _to_come(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    for disposal, name in _named(paper):
        if disposal.status != Status.PLANNED and disposal.done_on > paper.case.day:
            day = wareki(paper.case.day)
            yield disposal.id, f"{name}は、書類の日付（{day}）より後のため証明できません。"


def _unfit(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    """A method that leaves something readable, or is not the one asked for, and no reason beside it."""
    case = paper.case
    for disposal, name in _named(paper):
        happened = _happened(case, disposal)
        for fault in flaws(case.facts, disposal, (), _rested_on(case, disposal)) if happened else ():
            line = disposal.lines[fault.row]
            if fault.certain and made_good(case.facts, done_by(case), disposal, line) is None:
                yield (
                    disposal.id,
                    f"{name}の{line.item}（{line.medium}）は、{fault.words}。"
                    "結果を「不良」としてやり直すか、方法の理由・追加の措置を入力してください。",
                )


def _open(paper: Paper[Disposal], *, verified: bool) -> Iterator[tuple[int, str]]:
    """What has not ended: because it failed, or because of what its verification came to (``verified``)."""
    for disposal, name in _named(paper):
        for line in unfinished(paper.case, disposal) if _happened(paper.case, disposal) else ():
            if verified is (line.result == LineResult.FAILED):
                continue
            again = "やり直した廃棄・消去を登録して"
            how = again if _failed(disposal, line) else f"確認して「{Outcome.PASSED}」とするか、{again}"
            yield (
                disposal.id,
                f"{name}の{line.item}（{line.medium}）は、{not_ended(disposal, line)}。"
                f"{how}から証明書を作成してください。",
            )


def _failed(disposal: Disposal, line: DisposalLine) -> bool:
    return line.result == LineResult.FAILED or disposal.judged(line) == Outcome.FAILED


def _denied(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    """A verification that was passed, and beside it, on the same paper, words that say otherwise."""
    for disposal, name in _named(paper):
        told = contradicted(disposal)
        if told and _happened(paper.case, disposal) and any(map(disposal.ended, disposal.lines)):
            yield (
                disposal.id,
                f"{name}の確認の結果が「{told}」となっており、完全に廃棄・消去したこととが食い違います。"
                "確認の判定か、確認の結果の記載を改めてください。",
            )


def _astray(paper: Paper[Disposal]) -> Iterator[tuple[int, str]]:
    """A photograph of a thing that is on none of the lines would be printed beside what it does not show."""
    for disposal, name in _named(paper):
        for photo in attached(paper.case.facts, (disposal,), (AttachmentKind.PHOTO,)):
            if not any(photo.shows(line) for line in disposal.lines):
                yield (
                    disposal.id,
                    f"{name}の写真「{photo.title}」は、明細にないものの写真とされています。"
                    "添付の「写真の明細」で選び直してください。",
                )


def _nameless(paper: Paper[Disposal]) -> Iterator[tuple[int, str, str]]:
    for disposal, name in _named(paper):
        for row, line in enumerate(disposal.lines if _happened(paper.case, disposal) else (), 1):
            if line.device is not None and not serial_of(paper.case, line):
                sentence = f"{name}の明細{row}（{line.medium}）の製造番号等を入力してください。"
                yield disposal.id, sentence, f"{row}.serial"


def _erased(case: Case, disposal: Disposal) -> bool:
    return _happened(case, disposal) and disposal.method in _ERASED


def _verified(case: Case, disposal: Disposal) -> bool:
    return _happened(case, disposal) and disposal.method in _VERIFIED


def _standardised(case: Case, disposal: Disposal) -> bool:
    return _happened(case, disposal) and bool(disposal.standard)


def _happened(case: Case, disposal: Disposal) -> bool:
    """What is still to come is asked for nothing else: it cannot be certified whatever is filled in."""
    return disposal.status != Status.PLANNED and disposal.done_on <= case.day


CERTIFIED: tuple[Need[Disposal] | Asked[Disposal], ...] = (
    Asked(Disposal, "status", _planned),
    Asked(Disposal, "done_on", _to_come),
    Asked(Disposal, "method_reason", _unfit),
    Asked(Disposal, "lines", partial(_open, verified=False)),
    Asked(Disposal, "outcome", partial(_open, verified=True)),
    Asked(Disposal, "verification_result", _denied),
    need(Disposal, "tool", _erased),
    need(Disposal, "tool_version", _erased),
    need(Disposal, "verification", _verified),
    need(Disposal, "verification_result", _verified),
    need(Disposal, "standard_edition", _standardised),
    Asked(Disposal, "lines", _nameless),
    Asked(Disposal, "lines", _astray),
)
"""What a certificate of a disposal must not leave open."""
