"""ソフトウェア点検: a round over many machines with one result, a record for each.

What was not looked at is left open, and what was found wanting is said in words: no record passes for a good
one that is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.duties.evaluators.devices import holds_data
from app.records import Contract, Device, DeviceCheck, Field, Person, Record
from app.records.days import wareki
from app.records.device_check import Occasion
from app.records.kinds import Day, Flag, Ref, Text
from app.records.status import Status
from app.work.acts.devices.persons import unfit
from app.work.acts.devices.uses import devices_of, going_on, numbers_of, unused
from app.work.acts.plan import Act, Answers, Ask, Draft, Ground, Write, numbered
from app.work.acts.rounds.asking import told_since

_KIND = "software-hygiene"
_DAY = Field("on", Day(label="点検日", past=True, back=2), required=True, default=None)
_BY = Field("by", Ref(label="点検者", to="person"), required=False, default=None)
_PATCHES = Field(
    "patches", Flag(label="更新プログラム", yes="適用済み", no="未適用あり"), required=False, default=None
)
_ANTI_MALWARE = Field(
    "antimalware",
    Flag(label="マルウェア対策の定義", yes="最新", no="最新でない"),
    required=False,
    default=None,
)
_FORBIDDEN = Field(
    "forbidden", Flag(label="禁止ソフトウェア", yes="あり", no="なし"), required=False, default=None
)
_FOUND = Field(
    "found",
    Text(label="見つかったもの", longest=1000, hint="不適のとき。1台だけが不適のときは、分けて登録します"),
    required=False,
    default="",
)
_ACTION = Field("action", Text(label="措置", lines=2, longest=1000), required=False, default="")
_FIELDS = (_DAY, _BY, _PATCHES, _ANTI_MALWARE, _FORBIDDEN, _FOUND, _ACTION)


def _draft(ground: Ground, records: tuple[Record, ...], answers: Answers) -> Draft:
    devices, day = devices_of(records), answers.get("on")
    title = f"ソフトウェア点検　{numbers_of(devices)}"
    checking = _Round(ground, devices, answers)
    needed = tuple(checking.needed())
    if needed or not isinstance(day, date):
        return Draft(title, title, asks=needed)
    refusals = tuple(checking.refusals(day))
    if refusals:
        return Draft(title, title, refusals=refusals)
    writes = numbered(checking.writes(day))
    contracts = tuple(
        ground.facts.get(Contract, number)
        for number in dict.fromkeys(
            use.contract for one in devices for use in going_on(ground.facts, one, day)
        )
    )
    return Draft(
        f"{title}（{wareki(day)}）",
        f"{title}（{len(writes)}件）",
        writes,
        tuple(checking.asks()),
        remarks=(*checking.remarks(day), *told_since(ground, contracts, writes, _KIND)),
    )


class _Round:
    """Some machines looked at on one day, all with the same result."""

    def __init__(self, ground: Ground, devices: tuple[Device, ...], answers: Answers) -> None:
        self._facts, self._today, self._devices, self._answers = ground.facts, ground.today, devices, answers
        self._patches, self._anti, self._forbidden = (
            answers.get(name) for name in ("patches", "antimalware", "forbidden")
        )
        self._found = str(answers.get("found") or "")
        self._by = ground.facts.find(Person, answers.get("by"))

    @property
    def _unfit(self) -> bool:
        return self._patches is False or self._anti is False or self._forbidden is True

    def needed(self) -> Iterator[Ask]:
        if not isinstance(self._answers.get("on"), date):
            yield Ask("点検日を入力してください。", "on", needed=True)
        if self._patches is None and self._anti is None and self._forbidden is None:
            yield Ask("点検の結果を選んでください。", "patches", needed=True)
        if self._unfit and not self._found:
            yield Ask("何が不適だったかを「見つかったもの」に入力してください。", "found", needed=True)

    def refusals(self, day: date) -> Iterator[str]:
        if day > self._today:
            yield f"点検日（{wareki(day)}）がきょうより後です。点検してから、その日を登録してください。"
            return
        if self._by is not None:
            yield from unfit(self._by, day, "点検者")
        for device in self._devices:
            yield from self._unused(device, day)

    def _unused(self, device: Device, day: date) -> Iterator[str]:
        number = device.control_number
        if not holds_data(device):
            yield f"{number}は紙を入れる箱のため、点検の対象ではありません。選択から外してください。"
        elif why := unused(self._facts, device, day):
            yield why
        elif not any(
            one.starts_on <= day and one.status == Status.ACTUAL for one in going_on(self._facts, device, day)
        ):
            yield (
                f"{number}は{wareki(day)}には使用していません。"
                "点検日を確かめるか、「契約のPC・媒体」の使用の登録を確かめてください。"
            )

    def writes(self, day: date) -> Iterator[Write]:
        for device in self._devices:
            yield Write(
                DeviceCheck(
                    device=device.id,
                    occasion=Occasion.REGULAR.value,
                    checked_on=day,
                    checked_by=self._by.id if self._by is not None else None,
                    patches=self._patches,
                    anti_malware=self._anti,
                    forbidden=self._forbidden,
                    found=self._found,
                    action=str(self._answers.get("action") or ""),
                )
            )

    def asks(self) -> Iterator[Ask]:
        if self._by is None:
            yield Ask("点検者を選んでください。", "by")
        for value, field in (
            (self._patches, _PATCHES),
            (self._anti, _ANTI_MALWARE),
            (self._forbidden, _FORBIDDEN),
        ):
            if value is None:
                yield Ask(f"「{field.label}」の結果がありません。点検したときは選んでください。", field.name)
        if self._unfit and not self._answers.get("action"):
            yield Ask("不適に対する措置を入力してください。", "action")

    def remarks(self, day: date) -> Iterator[str]:
        if self._unfit:
            yield "不適として登録します。是正したら、それぞれの点検の「是正した日」を登録してください。"
        for device in self._devices:
            if any(one.checked_on == day for one in self._facts.of(DeviceCheck, "device", device.id)):
                yield f"{device.control_number}には、同じ日のソフトウェア点検が登録されています。"


def _offered(ground: Ground, one: Record) -> bool:
    return isinstance(one, Device) and holds_data(one) and not unused(ground.facts, one, ground.today)


CHECK_DEVICES = Act(
    name="check-devices",
    title="ソフトウェア点検",
    words=("ソフトウェア点検", "定期点検", "更新プログラム", "ウイルス対策", "パッチ", "てんけん"),
    hint="複数のPCの点検を、同じ結果でまとめて登録します。",
    about=Device,
    fields=_FIELDS,
    draft=_draft,
    many=True,
    offered=_offered,
    given=lambda ground, _records: {"on": ground.today},
)
