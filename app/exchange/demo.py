"""The demonstration: a believable ledger with its documents, made anew around any day.

The days in ``resources/sample`` are written relative to that day (see ``_DAY``), so that something is
always overdue, something due, something done, and something submitted that no longer holds.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.annexes.catalogue import Catalogue
from app.common import PeopleError, Progress
from app.duties.case import Case, FormFace
from app.duties.papers.claims import claim_of
from app.exchange.coming_in import importing
from app.exchange.saving import save
from app.filesystem import name_too_long, private_folder, remove_file
from app.records import SPECS, Contract, Facts, Oath, Submission
from app.records.oath import OathKind

if TYPE_CHECKING:
    from app.ledger.door import Ledger

_DAY = re.compile(r"@([+-]\d+)([me]?)([+-]\d+)?( \d\d:\d\d)?")
"""``@-12``: twelve days before; ``@-7m``: the first of the month seven months before; ``@+4e``: the last
of the month in four months; then days more or less; then the time of day."""

_KINDS = tuple(name for name, spec in SPECS.items() if spec.by_hand)

_PAPERS = (
    ("MK-1024", "oath", "@-7m-11", "@-7m-6"),
    ("MK-1024", "personnel-report", "@-7m-8", "@-7m-6"),
    ("MK-1024", "location-notice", "@-7m-8", "@-7m-6"),
    ("MK-1024", "training-report", "@-7m-4", "@-7m-3"),
    ("MK-1024", "device-register", "@-7m+5", "@-7m+6"),
    ("MK-1024", "disposal-certificate", "@-7m+64", "@-7m+65"),
    ("MN-2207", "oath", "@-5m-8", "@-5m-6"),
    ("MN-2207", "personnel-report", "@-5m-8", "@-5m-6"),
    ("MD-0058", "personnel-report", "@-2m-7", "@-2m-6"),
    ("MD-0058", "location-notice", "@-2m-7", "@-2m-6"),
    ("MD-0058", "oath", "@-2m-9", ""),
    ("MD-0058", "training-report", "@-2m-5", ""),
    ("MD-0058", "device-register", "@-2m+3", ""),
    ("MK-1024", "safety-checklist", "@-3m+21", "@-3m+22"),
    ("MK-1024", "transfer-record", "@-15", "@-14"),
    ("MK-1024", "transfer-agreement", "@-7m-3", "@-7m-2"),
    ("MK-1024", "transfer-slip", "@-7m+4", "@-7m+4"),
    ("MK-1024", "return-note", "@-7m+24", "@-7m+24"),
    ("MK-1024", "incident-first", "@-3m+14", "@-3m+14"),
    ("MK-1024", "incident-full", "@-3m+18", "@-3m+18"),
    ("MK-1024", "handling-ledger", "@-15", ""),
    ("MK-1024", "management-report", "@-7m+6", "@-7m+6"),
    ("MN-2207", "worker-list", "@-5m-7", "@-5m-6"),
    ("HB-0311", "supervision-record", "@-20", ""),
    ("MK-1024", "rules-cover", "@-15", ""),
    ("MK-1024", "submission-cover", "@-14", ""),
    ("MK-1024", "closing-statement", "@-15", ""),
    ("MK-1024", "audit-response", "@-14", ""),
    ("MK-1024", "software-check", "@-13", ""),
    ("MK-1024", "subcontract-supervision", "@-12", "@-11"),
    ("MK-1024", "backup-record", "@-9", ""),
    ("MK-1024", "storage-check", "@-9", ""),
    ("MK-1024", "access-review", "@-8", "@-7"),
    ("MN-2207", "subcontract-application", "@-3", "@-3"),
    ("MK-1024", "purpose-application", "@-3", "@-3"),
    ("HB-0311", "takeout-application", "@-3", "@-3"),
    ("MN-2207", "copy-application", "@-2", "@-2"),
    ("BK-0440", "disposal-application", "@-2", "@-2"),
    ("MK-1024", "equipment-takeout-application", "@-1", "@-1"),
)
"""Contract, form, day printed, and day submitted; made before the later changes."""

_LATER_PAPERS = (
    ("MK-1024", "personnel-report", "@-1", ""),
    ("MK-1024", "location-notice", "@-1", ""),
)
"""The notices of change of one contract; those of the other are left to the person who tries it."""


class Maker(Protocol):
    """What the demonstration needs of the program; the composition root is one."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def forms(self) -> Mapping[str, FormFace]: ...

    def create(
        self, path: Path, passphrase: str, officer: str, *, clock: Callable[[], datetime]
    ) -> tuple[Ledger, str]: ...


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made. The passphrase lies in its file, readable by its owner alone."""

    path: Path
    passphrase_file: Path
    documents: tuple[Path, ...]


def make_demo(maker: Maker, folder: Path, day: date, progress: Progress | None = None) -> Demo:
    """Make the ledger and all documents in ``folder``. Raises ``PeopleError``; never overwrites a ledger."""
    progress = progress or Progress()
    path, passphrase_file = folder / "demo.jutaku", folder / "passphrase.txt"
    _prepare(folder, path, passphrase_file)
    passphrase = "-".join(secrets.token_hex(3) for _ in range(4))
    try:
        _write_secret(passphrase_file, passphrase + "\n")
        progress.step(0, 4, "台帳を作成しています")
        ledger, code = maker.create(path, passphrase, "髙橋 美咲", clock=clock_of(day))
        with ledger:
            _save_sheet(folder, code, day)
            # The officer of the sample keeps her sheet; the demonstration is not about its reminder.
            ledger.prove_sheet()
            progress.step(1, 4, "見本の記録を取り込んでいます")
            _fill(ledger, day)
            progress.step(2, 4, "書類を発行し、提出を記録しています")
            made = _issue_all(maker, ledger, folder, _PAPERS, day)
            _change(ledger, day)
            progress.step(3, 4, "変更の届出を作成しています")
            made += _issue_all(maker, ledger, folder, _LATER_PAPERS, day)
    except BaseException:
        _remove(path, passphrase_file)
        raise
    return Demo(path, passphrase_file, tuple(made))


def clock_of(day: date) -> Callable[[], datetime]:
    """The time at which a ledger around ``day`` is written: nothing in it is done before it happens.

    Nor is anything done later than now, but for a day that is still to come: the clock would seem set back.
    """
    from app.ledger.door import local_now

    noon = datetime.combine(day, time(12)).astimezone()
    return local_now if noon.date() <= local_now().date() else lambda: noon


def settle(value: Any, day: date) -> Any:
    """Sample data with its relative days reckoned from ``day``."""
    if isinstance(value, str):
        match = _DAY.fullmatch(value)
        return _reckoned(match, day) if match else value
    if isinstance(value, list):
        return [settle(item, day) for item in value]
    if isinstance(value, dict):
        return {name: settle(item, day) for name, item in value.items()}
    return value


def sample(name: str) -> Any:
    """One file of the sample data."""
    from importlib.resources import files

    return json.loads(files("resources").joinpath("sample", f"{name}.json").read_text(encoding="utf-8"))


def _reckoned(match: re.Match[str], day: date) -> str:
    count, unit, more, hour = match.groups()
    if unit:
        first = _first_of_month(day, int(count) + (unit == "e"))
        found = first - timedelta(days=unit == "e")
    else:
        found = day + timedelta(days=int(count))
    return (found + timedelta(days=int(more or 0))).isoformat() + (hour or "")


def _first_of_month(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _prepare(folder: Path, *made: Path) -> None:
    if any(map(name_too_long, folder.parts)):
        raise PeopleError(f"フォルダ「{folder}」は名前が長すぎます。短い名前を指定してください。")
    for path in made:
        if path.exists():
            raise PeopleError(f"「{path}」は既にあります。上書きはしません。別のフォルダを指定してください。")
    try:
        private_folder(folder)
    except OSError:
        raise PeopleError(f"フォルダ「{folder}」を作成できません。場所と権限を確かめてください。") from None


def _write_secret(path: Path, text: str) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _save_sheet(folder: Path, code: str, day: date) -> None:
    from app.exchange.recovery_sheet import recovery_pdf

    save(folder / "回復シート.pdf", recovery_pdf("demo", day, "髙橋 美咲", code))


def _fill(ledger: Ledger, day: date) -> None:
    for kind in _KINDS:
        entries = settle(sample(kind), day)
        if kind == "oath":
            entries = [
                {name: v for name, v in entry.items() if name != "signed_on" or not _to_be_printed(entry)}
                for entry in entries
            ]
        importing.apply(ledger, importing.plan(ledger.facts(), SPECS[kind], entries), None)


def _to_be_printed(entry: Mapping[str, Any]) -> bool:
    """Whether the sample prints the sheet of an oath itself: its signature comes after that.

    A sub-contractor has its own people sign.
    """
    if "received_on" in entry:
        return False
    printed = {contract for contract, form, _printed, _submitted in _PAPERS if form == "oath"}
    return entry["kind"] == OathKind.STARTING and any(
        one["contract"] in printed for one in entry["contracts"]
    )


def _sign(ledger: Ledger, contract: str, day: date) -> None:
    """The signatures under the oaths of a contract: they come back after the sheets were printed."""
    facts = ledger.facts()
    signed = {
        entry["person"]: entry["signed_on"]
        for entry in settle(sample("oath"), day)
        if {"contract": contract} in entry["contracts"] and "signed_on" in entry and _to_be_printed(entry)
    }
    entries = [
        {"id": entry["id"], "signed_on": signed[entry["person"]]}
        for entry in importing.export(facts, Oath.spec)
        if {"contract": contract} in entry["contracts"]
        and entry["person"] in signed
        and entry["kind"] == OathKind.STARTING
    ]
    importing.apply(ledger, importing.plan(facts, Oath.spec, entries, update=True), None)


def _change(ledger: Ledger, day: date) -> None:
    """What happens after the first documents were handed in: a place changes, a worker leaves."""
    for kind, entries in settle(sample("later"), day).items():
        facts = ledger.facts()
        known = [_with_id(facts, kind, entry) for entry in entries]
        importing.apply(ledger, importing.plan(facts, SPECS[kind], known, update=True), None)


def _with_id(facts: Facts, kind: str, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a type without natural key that ends something: the record it ends, by its references."""
    spec = SPECS[kind]
    if spec.key or "ends_on" not in entry:
        return entry
    refs = [f for f in spec.fields if f.kind.name == "ref" and f.name in entry]
    for record in facts.all(spec.cls):
        keys = {f.name: f.kind.to_json(getattr(record, f.name), facts.key_of) for f in refs}
        if all(entry[name] == key for name, key in keys.items()):
            return {**entry, "id": record.id}
    return entry


def _issue_all(
    maker: Maker, ledger: Ledger, folder: Path, papers: Sequence[tuple[str, str, str, str]], day: date
) -> list[Path]:
    days: Callable[[str], date] = lambda text: date.fromisoformat(settle(text, day))  # noqa: E731  # one use
    made = []
    for contract, form, printed, submitted in sorted(papers, key=lambda paper: days(paper[2])):
        filed = _issue(maker, ledger, contract, form, days(printed))
        if claim_of(maker.forms[form], "oath"):
            _sign(ledger, contract, day)
            filed = ledger.get(Submission, filed.id)
        if submitted:
            ledger.submit(filed, days(submitted), "持参", "受付印あり")
        target = folder / f"{filed.number} {filed.title} {contract}.pdf"
        save(target, ledger.document_bytes(filed))
        made.append(target)
    return made


def _issue(maker: Maker, ledger: Ledger, contract: str, form: str, on: date) -> Submission:
    from app.exchange.documents import issuing

    facts = ledger.facts()
    held = next(c for c in facts.all(Contract) if c.number == contract)
    case = Case(facts, maker.catalogue, held, on, forms=maker.forms)
    return issuing.issue(ledger, maker.forms[form], case)


def _remove(ledger: Path, passphrase_file: Path) -> None:
    from app.ledger.secret.keys import key_paths

    for path in (ledger, *key_paths(ledger), passphrase_file):
        with suppress(OSError):
            remove_file(path)
