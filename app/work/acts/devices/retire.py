"""使用終了: a machine or medium is taken out of use for good, once nothing that was entrusted is on it.

What may still be read on it is never passed over: it is refused, or goes on under a reason that stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.evaluators.devices import holds_data
from app.duties.holding.destruction import misfits
from app.records import (
    BackupRun,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Field,
    Incident,
    Location,
    Record,
)
from app.records.days import wareki
from app.records.device import Owner
from app.records.incident import IncidentKind
from app.records.kinds import Day, Text
from app.records.status import Status
from app.work.acts.devices.contents import contents
from app.work.acts.devices.uses import begun_since, devices_of, numbers_of, out_on, uses_of
from app.work.acts.following import ended, goes_on
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, with_values

_DAY = Field("on", Day(label="使用を終える日", back=2), required=True, default=None)
_UNERASED = Field(
    "unerased",
    Text(
        label="消去の記録がない理由",
        lines=2,
        longest=500,
        hint="消去・破壊の記録がないまま使用を終えるときに入力します。備考に残ります",
    ),
    required=False,
    default="",
)
_LOST = frozenset((IncidentKind.LOSS, IncidentKind.THEFT))


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    devices = devices_of(records)
    title, day = f"使用終了　{numbers_of(devices)}", answers.get("on")
    if not isinstance(day, date):
        return Draft(title, title, asks=(Ask("使用を終える日を入力してください。", "on", needed=True),))
    reason = str(answers.get("unerased") or "")
    each = tuple(_Retiring(ground, one, day, reason) for one in devices)
    refusals = tuple(sentence for one in each for sentence in one.refusals())
    writes = () if refusals else tuple(write for one in each for write in one.writes())
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        () if refusals else tuple(ask for one in each for ask in one.asks()),
        refusals,
        () if refusals else tuple(sentence for one in each for sentence in one.remarks()),
    )


class _Retiring:
    """One device whose last day of use is ``day``."""

    def __init__(self, ground: Ground, device: Device, day: date, reason: str) -> None:
        self._facts, self._today = ground.facts, ground.today
        self._device, self._day, self._reason = device, day, reason
        known = min(day, ground.today)
        held = contents(ground.facts, device, known)
        self._kept = [one.named for one in held if one.sure]
        self._doubtful = [one.named for one in held if not one.sure]
        self._lost = _lost(ground.facts, device, known)
        self._away = out_on(ground.facts, device, day)
        self._unerased = self._open()

    def writes(self) -> Iterator[Write]:
        device, note = self._device, self._device.note
        if self._unerased and self._reason:
            told = f"消去の記録がないまま使用終了（{wareki(self._day)}）。理由：{self._reason}"
            note = f"{note}\n{told}" if note else told
        yield Write(with_values(device, retired_on=self._day, note=note), device)
        for use in uses_of(self._facts, device):
            if goes_on(use, self._day):
                yield ended(use, self._day, f"{device.control_number}の使用終了")

    def asks(self) -> Iterator[Ask]:
        if self._unerased and not self._reason:
            yield Ask(
                f"{self._unerased}先に「廃棄・消去」を登録するか、記録がないまま使用を終える理由を入力してください。",
                "unerased",
                needed=True,
            )
        if not holds_data(self._device):
            yield Ask(f"{self._device.control_number}に書類が残っていないかを確かめてください。")

    def remarks(self) -> Iterator[str]:
        number = self._device.control_number
        if self._unerased and self._reason:
            yield f"{self._unerased}理由「{self._reason}」を{number}の備考に残します。"
        if not self._has_to_come_back:
            for use in self._away:
                place = self._place(use)
                yield f"{number}は{place}にあると登録されています。持ち帰ったかを確かめてください。"

    def refusals(self) -> Iterator[str]:
        device, number = self._device, self._device.control_number
        if device.retired_on is not None:
            over = f"{number}は既に{wareki(device.retired_on)}に使用を終えています。"
            yield f"{over}管理番号を確かめてください。"
            return
        going = [one for one in uses_of(self._facts, device) if goes_on(one, self._day)]
        if late := begun_since(self._facts, going, self._day, self._today):
            yield f"{late}使用を終える日を、その日以後にしてください。"
        elif (last := self._last_event()) is not None and self._day < last.happened_at.date() <= self._today:
            yield (
                f"{number}は{wareki(last.happened_at.date())}の取扱い（{last.kind}）に使われています。"
                "使用を終える日を、その日以後にしてください。"
            )
        for use in self._away if self._has_to_come_back else ():
            # Its use there would end, and nobody would ask any more whether it ever came back.
            yield (
                f"{number}は{wareki(use.starts_on)}から{self._place(use)}に持ち出されています。"
                "先に「機器の持帰り」を登録してから、使用を終えてください。"
            )
        if self._kept and not self._lost:
            yield (
                f"{number}に{'、'.join(self._kept)}が残っています。"
                "先に消去又は返還を登録してから、使用を終えてください。"
            )

    @property
    def _has_to_come_back(self) -> bool:
        """What was lost cannot, and what the client lent ends with the client."""
        return not self._lost and self._device.owner != Owner.LENT

    def _place(self, use: DeviceUse) -> str:
        return self._facts.title(self._facts.find(Location, use.location))

    def _open(self) -> str:
        """What may still be read on the device, in one sentence; empty where nothing may."""
        number = self._device.control_number
        if self._kept and self._lost:
            return f"{number}は{self._lost}で失われ、{'、'.join(self._kept)}が消去されないままです。"
        if self._erased():
            return ""
        if self._doubtful:
            return f"{number}で使われた{'、'.join(self._doubtful)}が残っていないことを示す記録がありません。"
        if not holds_data(self._device) or not self._ever_used():
            return ""
        storages = "、".join(one.name for one in self._device.storages) or "記憶装置"
        return f"{number}の{storages}を、最後に使った後に消去・破壊した記録がありません。"

    def _erased(self) -> bool:
        """Whether all of the device was erased or destroyed after it was last used, by a way that works."""
        events = self._last_event()
        starts = [one.starts_on for one in uses_of(self._facts, self._device) if one.starts_on <= self._day]
        since = max([*starts, *([events.happened_at.date()] if events else ())], default=date.min)
        for disposal in self._facts.of(Disposal, "lines.device", self._device.id):
            unfit = {flaw.row for flaw in misfits(self._facts, disposal)}
            for row, line in enumerate(disposal.lines):
                whole = line.device == self._device.id and line.asset is None
                in_time = since <= disposal.done_on <= self._day
                if whole and in_time and disposal.ended(line) and row not in unfit:
                    return True
        return False

    def _ever_used(self) -> bool:
        """Whether anything that was entrusted can ever have been on it."""
        number = self._device.id
        used = (one for one in uses_of(self._facts, self._device) if one.starts_on <= self._day)
        return (
            any(used) or self._last_event() is not None or bool(self._facts.of(BackupRun, "device", number))
        )

    def _last_event(self) -> Event | None:
        held = (
            one for one in self._facts.of(Event, "device", self._device.id) if one.status != Status.PLANNED
        )
        return max(held, key=lambda one: one.happened_at.date(), default=None)


def _lost(facts: Facts, device: Device, day: date) -> str:
    """The incident in which the device was lost by ``day``: what is gone, nobody can erase; else empty."""
    for one in facts.all(Incident):
        lost = one.found_at.date() <= day and bool(_LOST & set(one.kinds))
        if lost and any(row.device == device.id for row in one.assets):
            return one.number
    return ""


RETIRE = Act(
    name="retire",
    title="使用終了",
    words=("使用終了", "廃止", "廃棄する機器", "処分", "返却", "リース終了", "使わなくなった"),
    hint="情報が残っていないことを確かめ、すべての契約での使用を終えます。",
    about=Device,
    fields=(_DAY, _UNERASED),
    draft=_draft,
    many=True,
    offered=lambda _ground, one: isinstance(one, Device) and one.retired_on is None,
)
