"""A believable ledger of any size for the bench of the duty engine: nothing of it is stored or random."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from big_evidence import (
    approval_of,
    approvals,
    attestations,
    device_checks,
    each_time,
    oaths,
    of_contract,
    of_group,
    rules,
    trainings,
)
from big_numbers import numbered

from app.annexes.catalogue import Catalogue
from app.duties.case import Case, FormFace
from app.records import (
    Asset,
    Assignment,
    Client,
    Contract,
    Device,
    DeviceUse,
    Disposal,
    Event,
    Facts,
    Location,
    LocationUse,
    Person,
    Record,
    Submission,
    Vendor,
)
from app.records.assignment import AssignmentRole, Role
from app.records.contract import ContractAnnex, Option
from app.records.device import Storage
from app.records.disposal import DisposalLine, LineResult
from app.records.status import Status

DAY = date(2026, 11, 20)
_SIGNED, _START, _END = date(2026, 3, 2), date(2026, 4, 1), date(2027, 3, 31)
_TOLD, _LATER = date(2026, 3, 25), date(2026, 10, 1)

PEOPLE, WORKERS, DEVICES, ASSETS, EVENTS = 5, 10, 10, 200, 5
"""For one contract: new people, people at work, devices and assets; for one asset: events."""

BEFORE = ("personnel-report", "location-notice", "device-register", "oath", "training-report")
SINCE = ("transfer-record", "disposal-certificate")
"""What every contract sent before it began; and what every third has sent since."""

_MEDIA = ("紙", "電子データ", "USBメモリ", "紙", "光学媒体")
_EACH_TIME = "hofu"
"""The annex that wants an approval for each copy and each take-out."""
_BANNING = frozenset({"besshi-44", "kawaguchi", "minato"})
"""The annexes that ban taking out what they protect most."""
_HISTORIES = (
    *[("受領", "使用", "使用", "保管場所変更", "使用")] * 6,
    *[("受領", "使用", "複写", "使用", "使用")] * 2,
    ("受領", "使用", "持出", "持帰", "使用"),
    ("受領", "使用", "使用", "使用", "返還"),
)
"""What happens to ten assets in turn: most are only used, some are copied, taken out or given back."""


def big_ledger(catalogue: Catalogue, forms: Mapping[str, FormFace], contracts: int) -> Facts:
    """The facts of a vendor with so many contracts, whose documents were submitted before the work began."""
    facts = Facts(numbered(_records(catalogue, contracts)))
    held = attestations(catalogue, facts.all(Contract), DAY)
    return facts.replaced([*held, *_submissions(facts, catalogue, forms), *_changes(facts)])


def _changes(facts: Facts) -> Iterator[Record]:
    """What became different after the documents were submitted, on every twentieth contract."""
    for use in facts.all(LocationUse)[::40]:
        yield replace(use, purpose="入力作業及び保管", changed_on=_LATER, change_reason="保管を始めたため")
    for person in facts.all(Person)[::100]:
        yield replace(person, department="総務課")


def _records(catalogue: Catalogue, contracts: int) -> Iterator[Record]:
    yield Vendor(
        id=1,
        name="株式会社架空入力",
        address="千葉県架空市1-1",
        representative_title="代表取締役",
        representative_name="山田太郎",
    )
    for number in range(1, contracts // 5 + 2):
        yield Client(id=number, name=f"架空{number}市", addressee=f"架空{number}市長", department="税務課")
    yield _location(1, "本社")
    keys = [annex.key for annex in catalogue.annexes]
    for number in range(1, contracts + 1):
        contract = _contract(number, contracts, keys)
        yield contract
        yield _location(number + 1, f"第{number}作業室")
        yield from _people(number, contracts)
        yield from _things(number)
        yield from _assets(number, frozenset(row.annex for row in contract.annexes))
        yield from approvals(number, _TOLD)
        yield from of_contract(number, _workers(number, contracts), _TOLD)
        yield from device_checks(range((number - 1) * DEVICES + 1, number * DEVICES + 1), DAY)
    yield from rules()
    people = {number: _workers(number, contracts) for number in range(1, contracts + 1)}
    yield from oaths(people, _TOLD)
    for first in range(1, contracts + 1, 5):
        together = {number: people[number] for number in range(first, min(first + 5, contracts + 1))}
        yield from of_group(first, together, DAY)
        yield from trainings(first, together, (_TOLD, _LATER))


def _contract(number: int, contracts: int, keys: list[str]) -> Contract:
    chosen = dict.fromkeys([keys[number % len(keys)], *([keys[0]] if number % 4 == 0 else [])])
    options = tuple(str(option) for option in Option) if number % 3 == 0 else ()
    return Contract(
        id=number,
        client=number * (contracts // 5 + 1) // (contracts + 1) + 1,
        number=f"R8-{number:04}",
        title=f"第{number}号入力業務委託",
        oath_wording="　市の様式の文を読み、守ることを誓います。",
        signed_on=_SIGNED,
        starts_on=_START,
        ends_on=_END,
        annexes=tuple(ContractAnnex(annex=key, options=options) for key in chosen),
        information=("個人情報", "特定個人情報") if options else ("個人情報",),
    )


def _location(number: int, name: str) -> Location:
    return Location(
        id=number,
        name=name,
        kind="作業",
        address="千葉県架空市1-1",
        country="日本",
        room=f"{number}号室",
        area="取扱区域",
        lock="電子錠",
        entry_control="ICカード",
        store="施錠保管庫",
    )


def _workers(number: int, contracts: int) -> list[int]:
    """The ids of those at work on a contract: each person works on two."""
    first = (number - 1) * PEOPLE
    return [(first + offset) % (contracts * PEOPLE) + 1 for offset in range(WORKERS)]


def _people(number: int, contracts: int) -> Iterator[Record]:
    for offset in range(1, PEOPLE + 1):
        person = (number - 1) * PEOPLE + offset
        temporary = person % 10 == 0
        yield Person(
            id=person,
            name=f"従業員{person:05}",
            kana="ジュウギョウイン",
            employee_number=f"E-{person:05}",
            department="入力課",
            post="主任",
            employment="派遣" if temporary else "社員",
            agency="架空派遣株式会社" if temporary else "",
            agency_secrecy=True if temporary else None,
            agency_secrecy_lasting=True if temporary else None,
        )
    roles = [*Role]
    for offset, person in enumerate(_workers(number, contracts)):
        yield Assignment(
            id=(number - 1) * WORKERS + offset + 1,
            person=person,
            contract=number,
            roles=(AssignmentRole(role=roles[min(offset, len(roles) - 1)]),),
            work="入力",
            information="氏名、住所",
            starts_on=_START,
        )


def _things(number: int) -> Iterator[Record]:
    for use, place in ((number * 2 - 1, 1), (number * 2, number + 1)):
        yield LocationUse(id=use, location=place, contract=number, purpose="入力作業", starts_on=_START)
    for offset in range(1, DEVICES + 1):
        device = (number - 1) * DEVICES + offset
        yield Device(
            id=device,
            control_number=f"PC-{device:05}",
            kind="USBメモリ" if offset == DEVICES else "PC",
            maker="架空電機",
            model="K-100",
            serial=f"S{device:08}",
            os="Windows 11",
            storages=(Storage(name="内蔵SSD", encryption="全体", tool="BitLocker", method="AES-256"),),
            anti_malware="架空対策",
            owner="自社",
        )
        yield DeviceUse(
            id=device,
            device=device,
            contract=number,
            person=(number - 1) * PEOPLE + (offset - 1) % PEOPLE + 1,
            location=number + 1,
            starts_on=_START,
        )


def _assets(number: int, annexes: frozenset[str]) -> Iterator[Record]:
    for offset in range(ASSETS):
        asset = (number - 1) * ASSETS + offset + 1
        yield Asset(
            id=asset,
            contract=number,
            number=f"A-{asset:06}",
            item="申請書",
            classification="特定個人情報" if offset % 7 == 0 else "個人情報",
            medium=_MEDIA[offset % len(_MEDIA)],
            unit="枚",
        )
        yield from _events(number, asset, offset, annexes)
    yield Disposal(
        id=number,
        contract=number,
        status=Status.ACTUAL,
        done_on=_LATER,
        method="裁断",
        lines=tuple(
            DisposalLine(
                asset=(number - 1) * ASSETS + offset + 1,
                item="申請書",
                medium="紙",
                quantity=10,
                unit="枚",
                result=LineResult.DONE,
            )
            for offset in range(0, 100, 5)
        ),
        responsible=(number - 1) * PEOPLE + 1,
        place="本社",
        done_by="架空処理株式会社",
        witness="架空市 田中",
    )


def _events(number: int, asset: int, offset: int, annexes: frozenset[str]) -> Iterator[Record]:
    """What happened to one asset; where an annex bans taking out, nothing is, but for one in thirty-three."""
    each, kept = _EACH_TIME in annexes, not _BANNING.isdisjoint(annexes) and asset % 33
    begun = datetime.combine(_START, datetime.min.time()) + timedelta(days=offset % 150, hours=9)
    for step, kind in enumerate(_HISTORIES[offset % len(_HISTORIES)]):
        handed, event = kind in ("受領", "返還"), (asset - 1) * EVENTS + step + 1
        if each:
            yield from each_time(event, number, kind, asset, _TOLD)
        yield Event(
            id=event,
            asset=asset,
            status=Status.ACTUAL,
            kind="使用" if kept and kind in ("持出", "持帰") else kind,
            happened_at=begun + timedelta(days=step * 2, minutes=offset),
            quantity=100 if handed else 10,
            from_party={"受領": "架空市", "返還": "当社"}.get(kind, ""),
            to_party={"受領": "当社", "返還": "架空市"}.get(kind, ""),
            counterpart="田中" if handed else "",
            method="手渡し" if handed else "",
            protection="施錠ケース" if handed or kind == "持出" else "",
            person=(number - 1) * PEOPLE + offset % PEOPLE + 1,
            location=number + 1,
            destination="架空市役所" if kind == "持出" else "",
            approval=None if kept and kind == "持出" else approval_of(kind, number, asset, event, each=each),
        )


def _submissions(facts: Facts, catalogue: Catalogue, forms: Mapping[str, FormFace]) -> Iterator[Submission]:
    """What each contract sent before the start; every third has sent its records of transfers since."""
    ids = count(1)
    for contract in facts.all(Contract):
        for form in (*BEFORE, *(SINCE if contract.id % 3 == 0 else ())):
            only = _signing(facts, contract) if form == "oath" else ()
            day = _LATER if form in SINCE else _TOLD
            case = Case(facts, catalogue, contract, day, only, forms=forms)
            yield _submission(forms[form], case, next(ids))


def _signing(facts: Facts, contract: Contract) -> tuple[str, ...]:
    return tuple(f"person:{one.person}" for one in facts.of(Assignment, "contract", contract.id))


def _submission(form: FormFace, case: Case, number: int) -> Submission:
    statement = form.gather(case).canonical()
    given: dict[str, Any] = {} if number % 30 == 0 else {"submitted_on": case.day, "how": "持参"}
    return Submission(
        id=number,
        number=f"2026-{number:05}",
        form=form.id,
        title=form.title,
        contract=case.contract.id,
        issued_on=case.day,
        pdf="0" * 64,
        statement=statement,
        code="0" * 20,
        head="0" * 64,
        head_sequence=1,
        **given,
    )
