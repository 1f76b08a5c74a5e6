"""What the papers on hand-overs, assets and accidents need beside the sample."""

from __future__ import annotations

from datetime import date

from app.records import Asset, Event, TransferAgreement
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
