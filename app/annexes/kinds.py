"""The words of the duty engine: kinds of duty, moments and states, with what people read for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of duty: it decides which records are evidence and when the duty falls due.

    about: what such a clause asks of the vendor, in one sentence, for whoever has to choose a kind.
    early: it is done before something starts, whether or not the client is told beforehand.
    after: it is due so long after something has happened, whether or not anything is handed in.
    ready: who works, where, with what, and what they need for it: where its clause speaks of the time
        before the start, it has that day even while nothing of it is recorded.
    delegated: it speaks of work that is delegated, which does not follow from who is a worker.
    shown_only: it is there for reading and never a duty; every other kind has an evaluator.
    """

    name: str
    label: str
    about: str
    early: bool = False
    after: bool = False
    ready: bool = False
    delegated: bool = False
    shown_only: bool = False


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

_ALL = (
    Kind(
        "responsible-person",
        "責任者の選任・報告",
        "特記事項が定める責任者を置き、求めがあれば発注者に届け出ます。",
        early=True,
        ready=True,
    ),
    Kind(
        "worker-list", "従事者の特定・名簿", "業務に就く従事者を決め、名簿を発注者に届け出ます。", ready=True
    ),
    Kind(
        "work-location",
        "作業場所の特定・届出",
        "作業場所を決め、使い始める前に発注者に届け出ます。",
        ready=True,
    ),
    Kind(
        "equipment-register",
        "PC・媒体の台帳",
        "業務に使うPCと媒体を台帳に載せ、使用者と置き場所を決めます。",
        ready=True,
    ),
    Kind(
        "oath",
        "誓約書",
        "従事者から誓約書を取り、求められたものは発注者に提出します。",
        early=True,
        ready=True,
    ),
    Kind(
        "training",
        "教育・研修",
        "従事者に、定められた内容の教育・研修を着手前と定期に行います。",
        early=True,
        ready=True,
    ),
    Kind("supervision", "周知・監督", "従事者に守るべきことを知らせ、守られているかを見ます。"),
    Kind(
        "dispatch-contract",
        "派遣契約への明記",
        "派遣の従事者について、派遣元との契約に秘密保持を明記します。",
        early=True,
        ready=True,
    ),
    Kind(
        "management-system",
        "責任体制・管理体制",
        "個人情報を管理する体制を整え、求めがあれば体制図を提出します。",
        early=True,
        ready=True,
    ),
    Kind(
        "transfer-method",
        "授受方法の取決め",
        "情報の受渡しの担当者、媒体、方法、記録の残し方を発注者と決めます。",
        early=True,
        ready=True,
    ),
    Kind(
        "transfer-record",
        "授受・返還記録",
        "情報を受け取り、又は返すたびに、日付、品目、数量と双方の担当者を記録します。",
    ),
    Kind("secrecy", "秘密保持", "業務で知った情報を、契約が終わった後も他に漏らしません。"),
    Kind(
        "retirement-secrecy",
        "退職時の秘密保持",
        "業務を離れる従事者に秘密保持を誓約させ、預けたものを返させます。",
    ),
    Kind("purpose-limit", "目的外利用・提供の禁止", "情報を業務の目的以外に使わず、第三者に提供しません。"),
    Kind("collection-limit", "取得の制限", "業務に必要な範囲を超えて情報を集めません。"),
    Kind("law", "法令等の遵守", "関係する法令と、発注者の規程や指針に従います。"),
    Kind(
        "security-measures",
        "安全管理措置",
        "漏えいや滅失を防ぐため、組織・人・物・技術の面から必要な措置をとります。",
    ),
    Kind("copy-approval", "複写・複製の承諾", "情報を複写・複製する前に、発注者の承諾を得ます。"),
    Kind("takeout-approval", "持出しの承諾", "情報を作業場所の外へ持ち出す前に、発注者の承諾を得ます。"),
    Kind(
        "equipment-takeout",
        "PC等の持出しの承諾",
        "業務に使うPCや媒体を作業場所の外へ出す前に、発注者の承諾を得ます。",
    ),
    Kind(
        "bringin-approval",
        "機器の持込みの承諾",
        "決められたもの以外の機器を作業場所に持ち込む前に、承諾を得ます。",
        early=True,
    ),
    Kind("private-device-ban", "私用機器の禁止", "個人の所有するPCや媒体を業務に使いません。"),
    Kind(
        "software-hygiene",
        "ソフトウェアの管理",
        "PCのソフトウェアを最新に保ち、不正なものがないことを定期に点検します。",
    ),
    Kind("locked-storage", "施錠保管・立入制限", "情報を施錠できる場所に保管し、立ち入る人を限ります。"),
    Kind("encryption", "暗号化", "情報を入れる機器や持ち出す媒体を暗号化します。"),
    Kind("transport", "搬送の安全", "情報を運ぶときは、施錠できる容器を使うなど紛失を防ぐ方法をとります。"),
    Kind("domestic-storage", "国内保管", "情報を、バックアップを含めて国内で保管します。"),
    Kind("access-control", "アクセス制御", "情報を扱うシステムで、使う人を認証し、権限を限ります。"),
    Kind(
        "access-log", "アクセス記録", "システムの利用の記録を取って定められた期間保存し、定期に分析します。"
    ),
    Kind("handling-ledger", "取扱台帳", "預かった情報の受領から返還・廃棄までを台帳に記録します。"),
    Kind("backup-check", "バックアップ・点検", "情報の控えを取り、保管状況や正確さを定期に点検します。"),
    Kind(
        "subcontract-approval",
        "再委託の承諾",
        "業務を再委託する前に、発注者の承諾を得ます。",
        early=True,
        delegated=True,
    ),
    Kind(
        "subcontract-flowdown",
        "再委託先への義務付け・監督",
        "再委託先に同じ義務を負わせ、守られているかを監督します。",
        early=True,
        delegated=True,
    ),
    Kind(
        "data-subject-request",
        "本人等からの請求の通知",
        "本人や行政機関などから求めを受けたときは、発注者に知らせます。",
        after=True,
    ),
    Kind(
        "status-report",
        "遵守状況の報告",
        "特記事項を守っている状況を、求めに応じて、又は定期に報告します。",
        after=True,
    ),
    Kind("audit", "監査・実地調査", "発注者の監査や実地の調査を受け入れ、求められた説明をします。"),
    Kind("improvement", "改善", "監査などで指摘されたことを改め、結果を報告します。", after=True),
    Kind(
        "management-rules",
        "管理運営規定",
        "個人情報の管理についての規程を定め、求めがあれば提出します。",
        ready=True,
    ),
    Kind(
        "incident-notice",
        "事故の通知・報告",
        "漏えいなどの事故やそのおそれを知ったときは、発注者に報告します。",
        after=True,
    ),
    Kind(
        "incident-followup",
        "事故後の措置",
        "事故の拡大を防ぎ、本人への連絡や再発の防止などの措置をとります。",
        after=True,
    ),
    Kind("return", "返還", "業務が終わったときに、預かった情報と複写したものを返します。", after=True),
    Kind("disposal", "廃棄・消去", "いらなくなった情報を、復元できない方法で廃棄・消去します。", after=True),
    Kind("disposal-approval", "廃棄の事前承認", "情報を廃棄・消去する前に、発注者の承認や指示を得ます。"),
    Kind(
        "disposal-certificate", "廃棄・消去の証明", "廃棄・消去した内容を証明する書類を発注者に提出します。"
    ),
    Kind("witness", "立会い", "求められたときは、廃棄・消去に発注者などの立会いを受けます。", after=True),
    Kind(
        "liability",
        "損害賠償・解除・公表",
        "損害賠償、契約の解除、公表などを定める条項で、行うことはなく表示だけします。",
        shown_only=True,
    ),
)


def by_name(kinds: tuple[Kind, ...]) -> Mapping[str, Kind]:
    """The kinds by name. Raises ``TypeError`` for one declared twice: one of the two would never be seen."""
    found: dict[str, Kind] = {}
    for kind in kinds:
        if found.setdefault(kind.name, kind) is not kind:
            raise TypeError(f"{kind.name} is declared twice")
    return MappingProxyType(found)


KINDS = by_name(_ALL)
"""Every kind of duty by name, in the order people see them."""


def kind_label(name: str) -> str:
    """What people read for the kind called ``name``. Raises ``KeyError`` for an unknown one."""
    return KINDS[name].label
