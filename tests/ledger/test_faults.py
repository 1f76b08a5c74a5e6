"""Death in the middle of a write, and a long random life."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from app.ledger.door import Ledger
from app.ledger.errors import LedgerError, StaleRecordError
from app.records import Client, Contract, Person, Statement, Submission, Vendor
from app.records.contract import ContractAnnex
from tests.ledger.conftest import CHEAP, PASSPHRASE, Clock

_WRITER = """
import sys
from pathlib import Path
from app.ledger.door import Ledger
from app.records import Person
with Ledger.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])) as ledger:
    while True:
        with ledger.write() as change:
            for _ in range(3):
                made = change.add(Person(name="従事者", employment="社員"))
        print(made.id, flush=True)
"""


@pytest.mark.parametrize("after", [1, 4, 9])
def test_killing_a_writer_loses_nothing_it_acknowledged(ledger: Ledger, after: int) -> None:
    ledger.close()
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(ledger.path), ledger.key.hex()],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as writer:
        assert writer.stdout is not None
        told = [int(writer.stdout.readline()) for _ in range(after)]
        writer.kill()
        told += [int(line) for line in writer.stdout.read().split()]
    with Ledger.open(ledger.path, ledger.key) as again:
        count = again.counts()["person"]
        assert count >= told[-1]
        assert count % 3 == 0
        assert again.verify().ok
        assert again.add(Person(name="次", employment="社員")).id == count + 1


class Life(RuleBasedStateMachine):
    """Any sequence of operations leaves a ledger that agrees with a plain model and verifies."""

    people = Bundle("people")
    papers = Bundle("papers")
    folder: Path

    @initialize()
    def begin(self) -> None:
        number = sum(1 for _ in self.folder.glob("*.jutaku"))
        self.clock = Clock()
        self.ledger, _code = Ledger.create(
            self.folder / f"{number}.jutaku", PASSPHRASE, "担当", cost=CHEAP, clock=self.clock
        )
        self.model: dict[int, str] = {}
        self.past: list[dict[int, str]] = []
        self.undone: list[dict[int, str]] = []
        self.numbers = 0
        vendor = Vendor(
            name="見本", address="君津市", representative_title="社長", representative_name="髙橋"
        )
        self.ledger.add(vendor)
        client = self.ledger.add(Client(name="見本市", addressee="見本市長"))
        day = date(2026, 4, 1)
        self.contract = self.ledger.add(
            Contract(
                client=client.id,
                number="1",
                title="業務",
                signed_on=day,
                starts_on=day,
                ends_on=day,
                annexes=(ContractAnnex(annex="kimitsu-hoji"),),
            )
        )

    @rule(target=people, name=st.sampled_from(["髙橋", "𠮷田", "か\u3099き", "O'B"]))
    def add(self, name: str) -> int:
        self._remember()
        made = self.ledger.add(Person(name=name, employment="社員"))
        self.model[made.id] = name
        return made.id

    @rule(who=people, name=st.sampled_from(["鈴木", "佐藤"]))
    def change(self, who: int, name: str) -> None:
        if who in self.model:
            self._remember()
            self.ledger.change(replace(self.ledger.get(Person, who), name=name))
            self.model[who] = name

    @rule(who=people)
    def change_with_an_old_revision(self, who: int) -> None:
        if who in self.model:
            held = self.ledger.get(Person, who)
            with pytest.raises(StaleRecordError):
                self.ledger.change(replace(held, revision=held.revision - 1))

    @rule(who=people)
    def retire(self, who: int) -> None:
        if who in self.model:
            self._remember()
            self.ledger.retire(self.ledger.get(Person, who), "誤り")
            del self.model[who]

    @rule()
    def undo(self) -> None:
        if self.past:
            before = dict(self.model)
            self.ledger.undo()
            self.model = self.past.pop()
            self.undone.append(before)

    @rule()
    def do_again(self) -> None:
        if self.undone:
            # An undo is a change too: undoing it brings back what was undone.
            before = dict(self.model)
            newest = next(one for one in self.ledger.done(1) if one.redo)
            self.ledger.undo(newest.number)
            self.model = self.undone.pop()
            self.past.append(before)

    @rule(target=papers)
    def issue(self) -> Any:
        statement = Statement(form="oath", contract=self.contract.id, on=date(2026, 4, 1))
        made = self.ledger.issue(
            self.ledger.reserve(statement), "誓約書", b"%PDF" + bytes([self.numbers % 7])
        )
        self.numbers += 1
        self.past, self.undone = [], []
        assert made.number == f"2026-{self.numbers:04}"
        return multiple(made.id)

    @rule(paper=papers)
    def submit_or_void(self, paper: int) -> None:
        held = self.ledger.get(Submission, paper)
        self.past, self.undone = [], []
        if held.voided_on is not None:
            with pytest.raises(LedgerError):
                self.ledger.void(held, date(2026, 4, 9), "誤り")
        elif held.submitted_on is None:
            self.ledger.submit(held, date(2026, 4, 2), "持参")
        else:
            self.ledger.void(held, date(2026, 4, 9), "誤り")

    @rule()
    def refused_batch(self) -> None:
        with pytest.raises(LedgerError):
            self._add_one_good_and_one_bad()

    def _add_one_good_and_one_bad(self) -> None:
        with self.ledger.write() as change:
            change.add(Person(name="余り", employment="社員"))
            change.add(Person(name="", employment="社員"))

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.ledger.path, self.ledger.key, clock=self.clock)

    @invariant()
    def the_model_agrees(self) -> None:
        if hasattr(self, "ledger"):
            held = {person.id: person.name for person in self.ledger.facts().all(Person)}
            assert held == self.model
            assert list(self.ledger.listing("person")) == sorted(self.model)

    def teardown(self) -> None:
        if hasattr(self, "ledger"):
            assert self.ledger.verify().problems == ()
            assert self.ledger.quick_check().ok
            self.ledger.close()

    def _remember(self) -> None:
        self.past.append(dict(self.model))
        self.undone = []


def test_a_long_life_leaves_a_ledger_that_verifies(tmp_path: Path) -> None:
    Life.folder = tmp_path
    machine = Life.TestCase
    machine.settings = settings(
        max_examples=25, stateful_step_count=20, suppress_health_check=list(HealthCheck)
    )
    machine("runTest").runTest()
