"""誓約書: what a worker was told and promised; unsigned until the signature is back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from app.records.for_contract import ForContract, ForContracts
from app.records.kinds import Choice, Day, Ref, Rows, Text
from app.records.order import not_before
from app.records.spec import Record, Section, record


class OathKind(StrEnum):
    STARTING = "着手時"
    LEAVING = "退職時"


class OathForm(StrEnum):
    OATH = "誓約書"
    AGREEMENT = "秘密保持契約"


class OathSheet(StrEnum):
    """Whose wording was signed."""

    PRESCRIBED = "発注者の指定様式"
    OWN = "自社の様式"


@record(
    "oath",
    "誓約書",
    titled=("person", "kind"),
    carried=(
        "contracts",
        "kind",
        "form",
        "sheet",
        "explained",
        "explained_by_company",
        "explained_by_title",
        "explained_by_name",
    ),
    each="person",
    section=Section.PEOPLE,
)
@dataclass(frozen=True, slots=True, kw_only=True)
class Oath(Record, ForContracts):
    """A signed promise of one person."""

    person: Annotated[int, Ref(label="誓約者", to="person", listed=True)]
    contracts: Annotated[tuple[ForContract, ...], Rows(label="対象の契約", of=ForContract, listed=True)]
    kind: Annotated[str, Choice(label="種別", of=OathKind, listed=True)]
    form: Annotated[str, Choice(label="形式", of=OathForm, listed=True)]
    sheet: Annotated[
        str, Choice(label="様式", of=OathSheet, hint="発注者が様式を定めている場合に選びます")
    ] = ""
    explained: Annotated[
        str,
        Text(
            label="説明した内容", lines=3, longest=1000, hint="空欄なら特記事項の定める法令と条項を印字します"
        ),
    ] = ""
    explained_by_company: Annotated[str, Text(label="説明者の会社名", group="説明した者")] = ""
    explained_by_title: Annotated[str, Text(label="説明者の役職", group="説明した者")] = ""
    explained_by_name: Annotated[str, Text(label="説明者の氏名", group="説明した者")] = ""
    explained_on: Annotated[
        date | None, Day(label="説明した日", past=True, listed=True, group="説明した者")
    ] = None
    signed_on: Annotated[date | None, Day(label="署名した日", past=True, listed=True)] = None
    received_on: Annotated[
        date | None, Day(label="再委託先から受け取った日", past=True, hint="再委託先の従事者の誓約書の場合")
    ] = None
    given_back: Annotated[str, Text(label="返却・廃棄したもの", lines=3, longest=1000, group="退職時")] = ""

    def problems(self) -> Iterator[tuple[str, str]]:
        yield from not_before(self, "signed_on", "explained_on")
        yield from not_before(self, "received_on", "signed_on")
