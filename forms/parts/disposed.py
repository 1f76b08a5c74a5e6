"""Disposals as documents speak of them: their numbers, their lines, and what a certificate must know."""

from __future__ import annotations

from app.duties.case import Case
from app.printing.type.wareki import wareki
from app.records import Asset, Device, Disposal, Person
from app.records.disposal import DisposalLine, LineResult, Method
from forms.parts.texts import lines, or_none, quantity
from forms.parts.wanted import Wanted

_ERASED = (Method.OVERWRITTEN, Method.KEY_ERASED)
_VERIFIED = (*_ERASED, Method.DEGAUSSED)
"""Methods after which a medium looks as before: only a verification shows that they worked."""


def number_of(disposal: Disposal) -> str:
    """How documents call a disposal: by its number in the ledger."""
    return f"D-{disposal.id:04}"


def responsible_of(case: Case, disposal: Disposal) -> str:
    """Post and name of who answers for the disposal."""
    person = case.facts.find(Person, disposal.responsible)
    return lines(person.post, person.name) if person else ""


def line_entry(case: Case, disposal: Disposal, line: DisposalLine) -> dict[str, str]:
    """One line of a disposal, all that the sheet of items prints of it."""
    confirmed = case.facts.find(Person, disposal.confirmed_by)
    failed = line.result == LineResult.FAILED
    return {
        "廃棄番号": number_of(disposal),
        "情報項目": line.item,
        "媒体名": line.medium,
        "数量": quantity(line.quantity, line.unit),
        "製造番号等": or_none(serial_of(case, line)),
        "方法": lines(disposal.method, disposal.level),
        "使用したソフト・機器（版）": or_none(_edition(disposal.tool, disposal.tool_version)),
        "準拠した基準（版）": or_none(_edition(disposal.standard, disposal.standard_edition)),
        "確認": (
            f"不良\n{line.followed}"
            if failed
            else or_none(lines(disposal.verification, disposal.verification_result))
        ),
        "実施者・確認者": or_none(
            lines(disposal.done_by, _contractor(disposal), f"確認　{confirmed.name}" if confirmed else "")
        ),
        "実施場所": or_none(disposal.place),
        "年月日": wareki(disposal.done_on),
    }


def _edition(name: str, edition: str) -> str:
    return f"{name}（{edition}）" if name and edition else name


def _contractor(disposal: Disposal) -> str:
    return lines(
        disposal.contractor,
        f"許可番号　{disposal.permit}" if disposal.permit else "",
        f"管理票　{disposal.manifest}" if disposal.manifest else "",
    )


def serial_of(case: Case, line: DisposalLine) -> str:
    """The serial number of what was disposed of: as recorded, else of the device or the asset."""
    device, asset = case.facts.find(Device, line.device), case.facts.find(Asset, line.asset)
    return line.serial or (device.serial if device else "") or (asset.identifier if asset else "")


def unfinished(case: Case, disposal: Disposal) -> tuple[DisposalLine, ...]:
    """The failed lines of a disposal that no other disposal has finished by the day of the case."""
    later = [
        line
        for other in case.facts.of(Disposal, "contract", case.contract.id)
        if disposal.done_on <= other.done_on <= case.day and other.id != disposal.id
        for line in other.lines
        if line.result == LineResult.DONE
    ]
    return tuple(
        line
        for line in disposal.lines
        if line.result == LineResult.FAILED
        and not any((line.asset, line.device) == (other.asset, other.device) for other in later)
    )


def ask(case: Case, disposal: Disposal, wanted: Wanted) -> None:
    """Note what a certificate of this disposal would have to leave open."""
    number = number_of(disposal)
    name = f"{wareki(disposal.done_on)}の廃棄・消去（{number}）"
    failed = "、".join(line.item for line in unfinished(case, disposal))
    wanted.need(
        not failed,
        f"{name}には不良のままの明細（{failed}）があり、完全に終わっていません。"
        "やり直した廃棄・消去を登録してから証明書を作成してください。",
        "disposal",
        disposal.id,
        "lines",
    )
    asked = (
        {"tool": "使用したソフト・機器", "tool_version": "バージョン"} if disposal.method in _ERASED else {}
    )
    if disposal.method in _VERIFIED:
        asked |= {"verification": "確認の方法", "verification_result": "確認の結果"}
    if disposal.standard:
        asked["standard_edition"] = "基準の版"
    for field, label in asked.items():
        sentence = f"{name}の{label}を入力してください。"
        wanted.need(getattr(disposal, field), sentence, "disposal", disposal.id, field)
    for row, line in enumerate(disposal.lines, 1):
        if line.device is not None:
            sentence = f"{name}の明細{row}（{line.medium}）の製造番号等を入力してください。"
            wanted.need(serial_of(case, line), sentence, "disposal", disposal.id, f"lines.{row}.serial")
