"""What a clause's parameters choose from, each value with its words; a choice is added here and nowhere else.

Contracts keep the words as people chose them: words that have been shipped stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """One of a closed list. A file has the value, people read the words; without words, the value itself."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Choice:  # of an enum Self is no class
        made = str.__new__(cls, value)
        made._value_ = value
        made.words = words or value
        return made


class Submit(Choice):
    """Whether the client receives something: not at all, when asked, beforehand, or promptly after."""

    NONE = "none", "提出しない"
    ON_REQUEST = "on-request", "求められたときに提出"
    BEFOREHAND = "beforehand", "事前に提出"
    PROMPTLY = "promptly", "行った後に速やかに提出"


class Exempt(Choice):
    """What lifts a ban, or replaces the way asked for. ``NONE`` is absolute: no approval ever turns it green.

    ``APPROVAL_EACH`` serves one event; ``INSTRUCTION_AND_APPROVAL`` means that both are needed.
    """

    APPROVAL = "approval", "発注者の承諾があれば可"
    APPROVAL_EACH = "approval-each", "その都度の承諾があれば可"
    INSTRUCTION = "instruction", "発注者の指示があれば可"
    INSTRUCTION_AND_APPROVAL = "instruction-and-approval", "指示と承諾の両方があれば可"
    SPECIFICATION = "specification", "仕様書に定めがあれば可"
    STATUTE = "statute", "法令に定めがあれば可"
    NONE = "none", "例外なし"


class Consent(Choice):
    """The clause's own word for what the client gives: it stands on an application and in the answer."""

    CONSENT = "承諾"
    APPROVAL = "承認"
    AGREEMENT = "同意"
    PERMISSION = "許可"


class AppliesTo(Choice):
    """The information a clause speaks of; the contract says what it handles."""

    ALL = "all", "すべての情報"
    PERSONAL = "個人情報"
    SPECIFIC = "特定個人情報"
    NOT_PERSONAL = "個人情報以外"


class Urgency(Choice):
    """How soon, in the annex's own word."""

    AT_ONCE = "直ちに"
    SPEEDILY = "速やかに"
    WITHOUT_DELAY = "遅滞なく"
    BEFOREHAND = "あらかじめ"


class Workers(Choice):
    """Whose workers a clause means; ``OWN`` is everyone but temporary and sub-contractor's workers."""

    OWN = "自社"
    TEMPORARY = "派遣"
    SUBCONTRACTOR = "再委託先"


class Act(Choice):
    """How information can leave the vendor's hands for good."""

    RETURN = "返還"
    HAND_OVER = "引渡し"
    DESTROY = "廃棄"
    ERASE = "消去"


class Oversight(Choice):
    """What is done about workers: something is made known to them, or how they keep it is looked at."""

    NOTICE = "周知"
    SUPERVISION = "監督"


class Medium(Choice):
    """What carries the information that a clause speaks of."""

    PAPER = "紙"
    ELECTRONIC = "電子データ"


class Auditor(Choice):
    """Who audits: the client, or whom it sends; or the vendor itself."""

    CLIENT = "client", "発注者"
    OWN = "own", "自社"


class Answer(Choice):
    """What a request from outside obliges to: pass it on, or hear the other party's opinion."""

    NOTIFY = "notify", "発注者に通知する"
    OPINION = "opinion", "意見を述べる機会を設ける"


class Roll(Choice):
    """What becomes of a deadline on a day on which the client's offices are closed."""

    NEXT = "next", "次の開庁日まで延びる"
    PREVIOUS = "previous", "前の開庁日に早まる"
    NONE = "none", "動かさない"


class Cycle(Choice):
    """From when a period is counted: the last time it was done, contract years, or years from April."""

    ROLLING = "rolling", "前回行った日から数える"
    CONTRACT_YEAR = "contract-year", "契約の始期から1年ごとに数える"
    FISCAL_YEAR = "fiscal-year", "4月からの年度ごとに数える"


class Further(Choice):
    """Whether a sub-contractor may delegate again: never, or bound by the same duties."""

    FORBIDDEN = "forbidden", "例外なく禁止"
    SAME_DUTIES = "same-duties", "同等の義務を負わせる"


class Within(Choice):
    """What information may not leave without the client's word; the annexes draw the line differently."""

    PREMISES = "事業所", "自社の事業所の外"
    HANDLING = "取扱場所", "届け出た取扱場所（発注者のシステム環境を含む）の外"
    AREA = "管理区域・取扱区域", "事業所内の管理区域・取扱区域の外"
    DESIGNATED = "指定された区域", "指定された区域の外"


class Lockup(Choice):
    """How a place of storage keeps others away: locked is not the same as entered by few."""

    LOCKED_STORE = "施錠保管", "施錠できる保管設備に保管"
    ENTRY = "立入制限", "立入りの制限"


class Carriage(Choice):
    """What a clause asks of everything that is carried."""

    CASE = "専用ケース", "専用のケースに収納"
    LOCK = "施錠"
    FURTHER = "その他の安全対策", "ケースと施錠のほかの安全対策"


class OathRow(Choice):
    """What stands in the frame of an oath, below 記."""

    WORK = "業務名称"
    VENDOR = "受注者"
    EXPLAINED = "説明を受けた事項"
    EXPLAINER = "説明した者"
    EXPLAINED_ON = "説明を受けた日"


class Beyond(Choice):
    """What goes beyond the purpose: another use of one's own, or handing it to a third party."""

    OTHER_USE = "目的外利用"
    THIRD_PARTY = "第三者提供"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an act that has to be explained to a worker before the oath."""

    act: str
    article: str
    subject: str
