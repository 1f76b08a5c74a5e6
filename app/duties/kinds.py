"""The words of the duty engine: kinds of duty, moments and states, with what people read for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of duty: it decides which records are evidence and when the duty falls due."""

    name: str
    label: str


class When(StrEnum):
    """When a clause asks for something; a clause may name several moments."""

    BEFORE_START = "before-start"
    STANDING = "standing"
    EACH_TIME = "each-time"
    ON_CHANGE = "on-change"
    PERIODIC = "periodic"
    ON_INCIDENT = "on-incident"
    ON_REQUEST = "on-request"
    ON_LEAVING = "on-leaving"
    ON_COMPLETION = "on-completion"
    AFTER_END = "after-end"
    INFO = "info"

    @property
    def label(self) -> str:
        """What people read for this moment."""
        return _WHEN_LABELS[self]


class State(StrEnum):
    """Where one duty of one contract stands on one day, from the most to the least pressing."""

    OVERDUE = "overdue"
    DUE = "due"
    WAITING = "waiting"
    CONFIRM = "confirm"
    NOT_DUE = "not-due"
    SATISFIED = "satisfied"
    NOT_APPLICABLE = "not-applicable"

    @property
    def label(self) -> str:
        """What people read for this state."""
        return _STATE_LABELS[self]


_WHEN_LABELS: Mapping[When, str] = MappingProxyType(
    {
        When.BEFORE_START: "着手前",
        When.STANDING: "常時",
        When.EACH_TIME: "都度",
        When.ON_CHANGE: "変更時",
        When.PERIODIC: "定期",
        When.ON_INCIDENT: "事故時",
        When.ON_REQUEST: "求めに応じ",
        When.ON_LEAVING: "退職時",
        When.ON_COMPLETION: "完了時",
        When.AFTER_END: "終了後",
        When.INFO: "参考",
    }
)

_STATE_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.NOT_DUE: "未到来",
        State.DUE: "要対応",
        State.OVERDUE: "期限超過",
        State.WAITING: "回答待ち",
        State.SATISFIED: "充足",
        State.CONFIRM: "要確認",
        State.NOT_APPLICABLE: "該当なし",
    }
)

_ALL_KINDS = (
    Kind("responsible-person", "責任者の選任・報告"),
    Kind("worker-list", "従事者の特定・名簿"),
    Kind("work-location", "作業場所の特定・届出"),
    Kind("equipment-register", "PC・媒体の台帳"),
    Kind("oath", "誓約書"),
    Kind("training", "教育・研修"),
    Kind("supervision", "周知・監督"),
    Kind("dispatch-contract", "派遣契約への明記"),
    Kind("management-system", "責任体制・管理体制"),
    Kind("transfer-method", "授受方法の取決め"),
    Kind("transfer-record", "授受・返還記録"),
    Kind("secrecy", "秘密保持"),
    Kind("retirement-secrecy", "退職時の秘密保持"),
    Kind("purpose-limit", "目的外利用・提供の禁止"),
    Kind("collection-limit", "取得の制限"),
    Kind("law", "法令等の遵守"),
    Kind("security-measures", "安全管理措置"),
    Kind("copy-approval", "複写・複製の承諾"),
    Kind("takeout-approval", "持出しの承諾"),
    Kind("equipment-takeout", "PC等の持出しの承諾"),
    Kind("bringin-approval", "機器の持込みの承諾"),
    Kind("private-device-ban", "私用機器の禁止"),
    Kind("software-hygiene", "ソフトウェアの管理"),
    Kind("locked-storage", "施錠保管・立入制限"),
    Kind("encryption", "暗号化"),
    Kind("transport", "搬送の安全"),
    Kind("domestic-storage", "国内保管"),
    Kind("access-control", "アクセス制御"),
    Kind("access-log", "アクセス記録"),
    Kind("handling-ledger", "取扱台帳"),
    Kind("backup-check", "バックアップ・点検"),
    Kind("subcontract-approval", "再委託の承諾"),
    Kind("subcontract-flowdown", "再委託先への義務付け・監督"),
    Kind("data-subject-request", "本人等からの請求の通知"),
    Kind("status-report", "遵守状況の報告"),
    Kind("audit", "監査・実地調査"),
    Kind("improvement", "改善"),
    Kind("management-rules", "管理運営規定"),
    Kind("incident-notice", "事故の通知・報告"),
    Kind("incident-followup", "事故後の措置"),
    Kind("return", "返還"),
    Kind("disposal", "廃棄・消去"),
    Kind("disposal-approval", "廃棄の事前承認"),
    Kind("disposal-certificate", "廃棄・消去の証明"),
    Kind("witness", "立会い"),
    Kind("liability", "損害賠償・解除・公表"),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL_KINDS})
"""Every kind of duty by name, in the order people see them; ``liability`` is only shown, never a duty."""


def kind_label(name: str) -> str:
    """What people read for the kind called ``name``. Raises ``KeyError`` for an unknown one."""
    return KINDS[name].label
