"""An application: what the client is asked to allow, one sheet for each, with the client's answer below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.duties.case import Case
from app.duties.papers.claims import Claim
from app.printing.blocks import Column, Consent, Grid, KeepTogether, Sheet, Table
from app.records import Approval, Client, Statement, stated_key
from forms.asking import consenting
from forms.asking.consenting import Kinds, can_be_asked
from forms.form import Form
from forms.layout.as_set import title_of
from forms.parts.about import About
from forms.parts.cells import Cell, field
from forms.parts.letter import LETTER, Section, letter_sheet, under
from forms.parts.needs import Asked, Need
from forms.parts.paper import Paper
from forms.parts.texts import BESIDE, NONE, unique

Things = Callable[[Case, Approval], Sequence[Any]]
_CONSENTS = "承諾"


def itself(_case: Case, approval: Approval) -> tuple[Approval, ...]:
    """The application tells of the approval alone."""
    return (approval,)


@dataclass(frozen=True)
class Listing:
    """A table of what is asked for: its ``head``, its columns, and the rows of one thing."""

    head: str
    columns: tuple[Column, ...]
    rows: Callable[[Case, Any], list[list[str]]]


@dataclass(frozen=True)
class Part:
    """A numbered item of the sheet: a grid of ``lines`` for each of ``things``, and a ``listing`` of it.

    A line of which nothing is recorded is left out, unless one of its cells must be known.
    """

    head: str
    lines: tuple[tuple[Cell[Any], ...], ...]
    things: Things = itself
    listing: Listing | None = None

    @property
    def cells(self) -> Iterator[Cell[Any]]:
        """What it states of an approval."""
        for line in self.lines:
            yield from (self._lifted(cell) for cell in line)
        if self.listing is not None:
            yield Cell(self.listing.head, partial(_listed, self.listing, self.things))

    def _lifted(self, cell: Cell[Any]) -> Cell[Any]:
        return cell if self.things is itself else Cell(cell.label, partial(_beside, cell, self.things))

    @property
    def needs(self) -> Iterator[Asked[Any]]:
        """What must be known of the things, where they are other records than the approval."""
        for line in self.lines if self.things is not itself else ():
            for cell in line:
                if cell.path is not None and cell.needed is not None:
                    need = Need(cell.path, cell.needed)
                    yield Asked(*cell.path.ends, partial(_lacking, need, self.things))

    def told(self, case: Case, approval: Approval) -> list[dict[str, Any]]:
        """What is printed: for each thing its grid and the rows of its table."""
        return [
            {
                "grid": [row for line in self.lines if (row := _line(case, line, thing))],
                "rows": self.listing.rows(case, thing) if self.listing else [],
            }
            for thing in self.things(case, approval)
        ]

    def drawn(self, told: Sequence[Mapping[str, Any]]) -> Iterator[Section]:
        """The items: the grid, then the table under its own head."""
        for number, one in enumerate(told, 1):
            mark = f"（{number}）" if len(told) > 1 else ""
            if one["grid"]:
                grid = Grid(tuple(map(tuple, one["grid"])), size=9.5, label=0.18)
                yield f"{self.head}{mark}", (grid,)
            if self.listing is not None and one["rows"]:
                rows = tuple((str(at), *row) for at, row in enumerate(one["rows"], 1))
                table = Table((Column("№", 5, "center"), *self.listing.columns), rows)
                yield f"{self.listing.head}{mark}", (table,)


def _line(case: Case, line: tuple[Cell[Any], ...], thing: Any) -> list[str]:
    told = [(cell.label, cell.read(case, thing)) for cell in line]
    if all(text == NONE for _label, text in told):
        return []
    return [part for pair in told for part in pair]


def _beside(cell: Cell[Any], things: Things, case: Case, approval: Approval) -> str:
    return BESIDE.join(cell.read(case, one) for one in things(case, approval)) or NONE


def _listed(listing: Listing, things: Things, case: Case, approval: Approval) -> str:
    rows = (row for one in things(case, approval) for row in listing.rows(case, one))
    return "\n".join("　".join(row) for row in rows) or NONE


def _lacking(need: Need[Any], things: Things, paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
    for approval in paper.things:
        if can_be_asked(paper.case, approval):
            for thing in things(paper.case, approval):
                yield from ((one.id, one.sentence) for one in need.missing(paper.case, thing))


def asked(path: str, label: str = "") -> Cell[Approval]:
    """What stands in a field of the approval and must be known before the client is asked."""
    return field(Approval, path, label=label, needed=can_be_asked)


@dataclass(frozen=True)
class Application:
    """One form of application. ``act``: what the vendor wants to do, in words that lead up to たい.

    ``kinds``: what it asks for. ``consent``: the word for the answer where no clause is cited.
    """

    id: str
    title: str
    kinds: Kinds
    act: Callable[[Approval], str]
    parts: tuple[Part, ...]
    proves: tuple[Claim, ...]
    needs: tuple[Need[Approval] | Asked[Approval], ...] = ()
    consent: str = _CONSENTS

    @property
    def form(self) -> Form[Approval]:
        """The form as it is offered, gathered and drawn."""
        return Form(
            id=self.id,
            title=self.title,
            proves=self.proves,
            about=About(
                Approval,
                lambda case: consenting.applied_for(case, self.kinds),
                settled=self._settled,
                empty=self._none,
                done="これから申請する承諾がありません。申請するものを「承諾」に登録してください。"
                "同じ申請書をもう一度出すときは「再提出」を選んでください。",
            ),
            entry=(field(Approval, "number"), *(cell for part in self.parts for cell in part.cells)),
            needs=(
                Asked(Approval, "granted_on", consenting.granted),
                Asked(Approval, "refused_on", consenting.refused),
                Asked(Approval, "applied_on", consenting.asked_otherwise),
                Asked(Approval, "kind", self._banned),
                *self.needs,
                *(need for part in self.parts for need in part.needs),
            ),
            facts=self._facts,
            draw=self._draw,
            titled=self._titled,
            choices={
                cell.label: tuple(str(kind) for kind in self.kinds)
                for part in self.parts
                for cell in part.cells
                if cell.path is not None and cell.path.ends == (Approval, "kind")
            },
        )

    def _settled(self, case: Case) -> set[str]:
        """What is dealt with; what no client can allow is left out too, where something else can be asked."""
        found = consenting.dealt_with(case, self.id, self.kinds)
        banned = {stated_key(one) for one in consenting.applied_for(case, self.kinds) if self._ban(case, one)}
        rest = (stated_key(one) for one in consenting.applied_for(case, self.kinds))
        return found | banned if any(key not in found | banned for key in rest) else found

    def _ban(self, case: Case, approval: Approval) -> str:
        return consenting.ground(case, approval, self._kind(approval)).banned

    @property
    def _none(self) -> str:
        words = "」又は「".join(self.kinds)
        return (
            f"この契約に、種別が「{words}」で根拠が「承諾」の承諾の記録がありません。"
            "申請するものを「承諾」に登録してください。"
        )

    def _banned(self, paper: Paper[Approval]) -> Iterator[tuple[int, str]]:
        for one in paper.things:
            banned = self._ban(paper.case, one) if can_be_asked(paper.case, one) else ""
            if banned:
                yield (
                    one.id,
                    f"{banned}は{one.kind}を例外なく禁じているため、{one.number}を申請することはできません。"
                    "必要な場合は、発注者と契約の変更を協議してください。",
                )

    def _kind(self, approval: Approval) -> str:
        return next(duty for kind, duty in self.kinds.items() if kind == approval.kind)

    def _facts(self, paper: Paper[Approval]) -> dict[str, Any]:
        case, first = paper.case, paper.things[0]
        held = consenting.ground(case, first, self._kind(first))
        return {
            **LETTER.facts(case, held.rests),
            "sheets": [self._sheet(case, one) for one in paper.things],
        }

    def _sheet(self, case: Case, approval: Approval) -> dict[str, Any]:
        """What stands on the sheet of one approval; parties and clauses are those that speak of it."""
        held = consenting.ground(case, approval, self._kind(approval))
        letter = LETTER.facts(case, held.rests)["letter"]
        vendor, client = case.facts.vendor, case.facts.find(Client, case.contract.client)
        signer = unique((client.name, client.department)) if client else ()
        named = (
            (vendor.name, f"{vendor.representative_title}　{vendor.representative_name}　様")
            if vendor
            else ()
        )
        return {
            "cited": letter["cited"],
            "contract": letter["contract"],
            "act": self.act(approval),
            "consent": held.consent(self.consent),
            "parts": [part.told(case, approval) for part in self.parts],
            "answer": {"addressee": list(named), "signer": list(signer)},
        }

    def _titled(self, statement: Statement) -> str:
        """The title in the word of the clauses (許可, 同意); in the form's own where they use several."""
        verbs = {sheet["consent"] for sheet in statement.facts["sheets"]}
        return self._asking(verbs.pop()) if len(verbs) == 1 else self.title

    def _asking(self, verb: str) -> str:
        return self.title.replace(self.consent, verb)

    def _draw(self, statement: Statement) -> tuple[Sheet, ...]:
        return tuple(self._drawn(statement, sheet) for sheet in statement.facts["sheets"])

    def _drawn(self, statement: Statement, sheet: Mapping[str, Any]) -> Sheet:
        letter = {**statement.facts["letter"], "cited": sheet["cited"], "contract": sheet["contract"]}
        own = replace(statement, facts={**statement.facts, "letter": letter})
        verb, answer = sheet["consent"], sheet["answer"]
        sentence = f"{under(own)}下記のとおり{sheet['act']}たいので、{verb}くださるよう申請します。"
        sections = tuple(
            section
            for part, told in zip(self.parts, sheet["parts"], strict=True)
            for section in part.drawn(told)
        )
        # A title that the client set stands on every sheet, whatever word the clause of each has.
        title = self._titled(statement) if title_of("", statement.facts) else self._asking(verb)
        made = letter_sheet(own, title, sentence, sections, close=True)
        consent = Consent(tuple(answer["addressee"]), tuple(answer["signer"]), verb)
        # The answer is never alone on a page: the end of what is asked for stands above it.
        *rest, end = made.blocks
        last = end.blocks if isinstance(end, KeepTogether) else (end,)
        return replace(made, blocks=(*rest, KeepTogether((*last, consent))), single=True)
