"""What only all rows together tell: rows without a key, rows of one key, and what stands in no column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from app.exchange.coming_in import days
from app.exchange.coming_in.likes import Likes
from app.exchange.tables.answers.answers import Asks
from app.exchange.tables.line import Line, Problem
from app.exchange.tables.mapping import Said
from app.records import Asset, Facts, Record, Spec
from app.records.dated import dated
from app.records.known import Known
from app.records.spelling.fold import alike, squeezed

_LONGEST_KEY = 40
_MOST = 3
"""Records like a row that are named before the others are left out."""


class Keys:
    """Looks at all rows at once: rows without a key, rows of one key, and what stands in no column."""

    def __init__(
        self, facts: Facts, spec: Spec[Any], said: Said, lines: Sequence[Line], counted: str
    ) -> None:
        self._counted = counted
        self._spec, self._said, self._lines = spec, said, lines
        self._known, self._facts = Known(facts), facts
        self._likes = Likes(facts, spec)

    def look(self) -> None:
        """Add constants and questions to the lines."""
        rows: dict[str, list[Line]] = defaultdict(list)
        for line in self._lines:
            key = self._key(line)
            held = self._held(key)
            self._look_at_same(line, held)
            _erase(line, held)
            self._fill(line, held)
            self._look_at_units(line)
            if key:
                rows[alike(key)].append(line)
            else:
                self._look_at_number(line)
        for several in rows.values():
            if len(several) > 1:
                self._ask_which(several)
        self._ask_whether_one()

    def _look_at_number(self, line: Line) -> None:
        if self._spec.assigned and self._spec.key and not self._spec.late:
            self._ask_for_number(line)
            if self._gets_a_number(line):
                self._ask_if_there(line)

    def _key(self, line: Line) -> str:
        parts = [str(line.entry.get(name, "")) for name in self._spec.key]
        return " / ".join(parts) if all(parts) else ""

    def _held(self, key: str) -> Record | None:
        if self._spec.single:
            return next(iter(self._facts.all(self._spec.cls)), None)
        return self._facts.named(self._spec.name, self._known.held(self._spec.name, key)) if key else None

    def _fill(self, line: Line, held: Record | None) -> None:
        for path, value in self._said.constants.items():
            name, _, inner = path.partition(".")
            if value in (None, ""):
                continue
            if path == days.FIELD:
                if held is not None and dated(held):
                    line.entry[path] = value
                continue
            if inner:
                field = next((one for one in self._spec.fields if one.name == name), None)
                asked = any(path.startswith(f"{name}.") for path in line.filled)
                if field is not None and field.required and held is None and not asked:
                    # It has one at least, also where no column speaks of it.
                    line.entry.setdefault(name, [{}])
                for row in line.entry.get(name, ()):
                    row.setdefault(inner, value)
            elif name not in line.filled and (held is None or getattr(held, name) in (None, "", ())):
                line.entry[name] = value

    def _look_at_same(self, line: Line, held: Record | None) -> None:
        """A record that a row is said to be must be there: else a new one would be made under its number."""
        called = self._said.answers.same.get(line.row)
        if called is None or held is not None:
            return
        if not self._spec.key and called.isdecimal() and self._facts.named(self._spec.name, int(called)):
            return
        reason = f"{self._spec.label}「{called[:_LONGEST_KEY]}」は登録されていません。"
        advice = "登録済みの記録を選び直すか、新しい記録にしてください。"
        line.problems.append(Problem(line.row, "", called, reason, advice, certain=True))

    def _look_at_units(self, line: Line) -> None:
        """A unit in a cell must be that of the thing which is counted: 2箱 are not 2枚."""
        for unit in line.units.values():
            own = self._unit_of_asset(line)
            if own and squeezed(own) == squeezed(unit):
                continue
            row, column, value = line.places.get("quantity", (line.row, "", ""))
            why = f"（この情報資産の単位は{own}）" if own else ""
            line.problems.append(
                Problem(
                    row,
                    column,
                    value,
                    f"単位が「{unit}」です{why}。",
                    f"{own or '台帳の単位'}の数を書いてください。",
                    certain=False,
                )
            )

    def _unit_of_asset(self, line: Line) -> str:
        try:
            asset = self._facts.named("asset", self._known.id_of("asset", str(line.entry.get("asset", ""))))
        except ValueError:
            return ""
        return asset.unit if isinstance(asset, Asset) else ""

    def _ask_for_number(self, line: Line) -> None:
        name = self._spec.number_field
        if self._said.constants.get(name, None) == "" or name in line.filled:
            return
        label = self._spec.field(name).label
        line.problems.append(
            Problem(
                line.row,
                "",
                "",
                f"{label}がありません。",
                f'{label}を書くか、自動で付けることにしてください（--map の constants に "{name}": ""）。',
                certain=False,
                asks=Asks.NUMBER,
                path=name,
            )
        )

    def _gets_a_number(self, line: Line) -> bool:
        """Whether nobody has to be asked any more for the number of a row that has none."""
        asked = any(one.asks == Asks.NUMBER for one in line.problems)
        return not asked or (line.row, Asks.NUMBER) in self._said.answers.passed

    def _ask_whether_one(self) -> None:
        """Rows that get their numbers by themselves may be one person, or one machine."""
        alike_rows: dict[str, list[Line]] = defaultdict(list)
        for line in self._lines:
            numberless = self._spec.number_field and not self._key(line)
            if numberless and self._gets_a_number(line) and (word := self._likes.together(line.entry)):
                alike_rows[word].append(line)
        for several in alike_rows.values():
            for line in several[1:]:
                reason = f"{several[0].row}{self._counted}と同じ{self._spec.label}かもしれません。"
                self._ask_like(
                    line, reason, "同じものであればこの行を除き、別のものであれば別の番号を書いてください。"
                )

    def _ask_like(self, line: Line, reason: str, advice: str) -> None:
        path = self._spec.number_field
        line.problems.append(
            Problem(line.row, "", "", reason, advice, certain=False, asks=Asks.LIKE, path=path)
        )

    def _ask_if_there(self, line: Line) -> None:
        """A row that gets its number by itself may be a record that is there already."""
        if found := self._likes.of(line.entry):
            called = "、".join(
                f"「{self._facts.title(one)}」（{self._facts.key(one)}）" for one in found[:_MOST]
            )
            self._ask_like(
                line,
                f"登録済みの{self._spec.label}{called}と同じかもしれません。",
                "同じものであればその番号を書き、別のものであれば別の番号を書いてください。",
            )

    def _ask_which(self, several: Sequence[Line]) -> None:
        for line in several:
            others = "、".join(f"{other.row}{self._counted}" for other in several if other is not line)
            label = "・".join(self._spec.field(name).label for name in self._spec.key)
            name = self._spec.key[0]
            _, column, value = line.places.get(name, (line.row, "", ""))
            line.problems.append(
                Problem(
                    line.row,
                    column,
                    value,
                    f"{others}と{label}が同じです。",
                    "どちらが正しいか確かめて、1行にしてください。",
                    certain=False,
                    asks=Asks.SEVERAL,
                )
            )


def asked_about(lines: Sequence[Line]) -> frozenset[tuple[int, str]]:
    """The rows of which people are asked, or were, whether they are records of the ledger."""
    return frozenset(
        (line.row, "") for line in lines if any(one.asks in (Asks.NUMBER, Asks.LIKE) for one in line.problems)
    )


def _erase(line: Line, held: Record | None) -> None:
    """Put nothing where a blank of the line is to erase what the ledger holds."""
    for path in line.erases - line.filled if held is not None else ():
        if getattr(held, path) not in (None, "", ()):
            line.entry[path] = None
