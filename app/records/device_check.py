"""ソフトウェア点検: updates, anti-malware and forbidden software of one machine on one day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.kinds import Choice, Day, Flag, Ref, Text
from app.records.spec import Record, Section, Shared, record


class Occasion(StrEnum):
    REGULAR = "定期"
    MEDIUM = "媒体接続時"
    INTRODUCTION = "導入時"


@record(
    "device_check",
    "ソフトウェア点検",
    titled=("device", "checked_on"),
    shared=Shared.ONE,
    carried=("occasion", "checked_by"),
    section=Section.PLACES,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceCheck(Record):
    """One machine looked at."""

    device: Annotated[int, Ref(label="PC・媒体", to="device", listed=True)]
    occasion: Annotated[str, Choice(label="機会", of=Occasion, listed=True)] = Occasion.REGULAR.value
    medium: Annotated[int | None, Ref(label="接続した媒体", to="device")] = None
    checked_on: Annotated[date, Day(label="点検日", past=True, listed=True)]
    checked_by: Annotated[int | None, Ref(label="点検者", to="person", listed=True)] = None
    patches: Annotated[
        bool | None, Flag(label="更新プログラム", yes="適用済み", no="未適用あり", listed=True)
    ] = None
    anti_malware: Annotated[
        bool | None, Flag(label="マルウェア対策の定義", yes="最新", no="最新でない", listed=True)
    ] = None
    forbidden: Annotated[bool | None, Flag(label="禁止ソフトウェア", yes="あり", no="なし", listed=True)] = (
        None
    )
    found: Annotated[str, Text(label="見つかったもの", longest=1000)] = ""
    action: Annotated[str, Text(label="措置", lines=2, longest=1000)] = ""
    mended_on: Annotated[date | None, Day(label="是正した日", past=True)] = None

    def problems(self) -> Iterator[tuple[str, str]]:
        if self.forbidden and not self.found:
            yield "found", "禁止ソフトウェアがあったときは、見つかったものを入力してください。"
        if self.occasion == Occasion.MEDIUM and self.medium is None:
            yield "medium", "媒体接続時の点検には、接続した媒体を選んでください。"
        if self.mended_on and self.mended_on < self.checked_on:
            yield "mended_on", "是正した日が点検日より前です。日付を確かめてください。"

    @property
    def good(self) -> bool:
        """Whether all three were looked at and nothing was found wanting."""
        return self.patches is True and self.anti_malware is True and self.forbidden is False
