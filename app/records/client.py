"""発注者: a municipality that entrusts work, and whom its documents are addressed to."""

from dataclasses import dataclass
from typing import Annotated

from app.records.codes import Mail, Postal, Telephone
from app.records.kinds import Text
from app.records.spec import Record, Section, record


@record("client", "発注者", key=("name",), titled=("name",), carried=("honorific",), section=Section.GROUND)
@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Record):
    """A municipality that places contracts."""

    name: Annotated[str, Text(label="名称", listed=True, searched=True, hint="例 ○○市")]
    addressee: Annotated[str, Text(label="宛名", listed=True, searched=True, hint="例 ○○市長")]
    honorific: Annotated[str, Text(label="敬称", longest=10)] = "様"
    department: Annotated[str, Text(label="担当課", listed=True, searched=True)] = ""
    contact: Annotated[str, Text(label="担当者", searched=True)] = ""
    telephone: Annotated[str, Telephone(label="電話番号（事故時の連絡先）", listed=True, group="連絡先")] = ""
    email: Annotated[str, Mail(label="電子メール", group="連絡先")] = ""
    postal_code: Annotated[str, Postal(label="郵便番号", group="連絡先")] = ""
    address: Annotated[str, Text(label="所在地", group="連絡先")] = ""
    responsible_person: Annotated[str, Text(label="発注者の責任者", group="発注者側の相手方")] = ""
    handover_person: Annotated[str, Text(label="発注者の授受担当者", group="発注者側の相手方")] = ""
