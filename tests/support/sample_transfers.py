"""What the papers on hand-overs, assets and accidents need beside the sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from app.records import Asset, Event, Incident, TransferAgreement
from app.records.transfer_agreement import TransferPerson
from tests.support.sample import KAWAGUCHI, KIMITSU, Sample


def extend(sample: Sample) -> None:
    """Add it to a sample."""
    for contract, day, office in (
        (KIMITSU, date(2026, 3, 25), "保険年金課"),
        (KAWAGUCHI, date(2026, 4, 24), "企画課"),
    ):
        sample.add(
            TransferAgreement(
                contract=contract,
                agreed_on=day,
                persons=(TransferPerson(person=2), TransferPerson(person=1)),
                client_persons=f"{office}　神谷　主査",
                media="紙、USBメモリ、電子データ",
                methods="庁舎窓口での手渡しとし、施錠ケースに収めて運搬する。",
                record_kept="授受の都度、授受票２通に双方が署名し、１通ずつ保管する。",
            )
        )
    for event in sample.facts.all(Event):
        kimitsu = sample.facts.get(Asset, event.asset).contract == KIMITSU
        city = "みなと北市　保険年金課" if kimitsu else "緑川市　企画課"
        sample.change(Event, event.id, handover_place=f"{city}の窓口")


def stick_lost() -> Incident:
    """Nothing but that a stick was lost: all that is known in the first minutes."""
    return Incident(
        contract=KIMITSU,
        number="I-001",
        kinds=("滅失",),
        found_at=datetime(2026, 5, 29, 17, 40),  # noqa: DTZ001  # local time, as the ledger keeps it
    )


def _with_accidents(sample: Sample) -> None:
    for contract in (KIMITSU, KAWAGUCHI):
        sample.add(replace(stick_lost(), contract=contract, number=f"I-00{contract}"))


BESIDE: Mapping[str, Callable[[Sample], None]] = {
    **dict.fromkeys(("transfer-agreement", "transfer-slip"), extend),
    **dict.fromkeys(("incident-first", "incident-full"), _with_accidents),
}
"""Form → what it needs beside the sample."""
