"""A plan as it is read before it is confirmed, and what was written read back afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.annexes.catalogue import Catalogue
from app.records import Contract, Facts
from app.records.days import wareki
from app.ui.context import Context
from app.ui.homes import begin
from app.ui.parts.link import Link
from app.ui.parts.space.ems import hold
from app.ui.parts.space.flow import flow
from app.ui.parts.space.scrolled import scrolled
from app.ui.parts.widgets import Prose, button, clear, label, row
from app.ui.targets import DoAct, IssueForm
from app.work.acts.afterwards import keys_of
from app.work.acts.doing import Done
from app.work.acts.plan import Ask, Begin, Follow, Paper, Plan, Todo, Write, after
from app.work.acts.telling import shown
from app.work.states import named

_LEAST = 22
"""Full-width characters of a line that reads well; where there are fewer the plan stands below the form."""


class PlanView(QWidget):
    """What stands in the way, what only a person can answer, every record, every paper: in this order."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._only: tuple[str, ...] = ()
        """What was written: papers that are made for single records are made for these."""
        inner = QWidget()
        inner.setProperty("role", "page")
        self._inside = QVBoxLayout(inner)
        self._inside.setContentsMargins(12, 0, 12, 12)
        self._inside.setSpacing(6)
        self.area: QScrollArea = scrolled(inner, "登録する内容")
        hold(self.area, _LEAST)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)

    def show_plan(self, plan: Plan, seen: frozenset[Write] | None = None) -> None:
        """Show a plan; of one that was made anew, what is not among ``seen`` is marked as changed since."""
        clear(self._inside)
        self._only = ()
        then = after(plan.facts, plan.writes)
        self._put_lines("このままでは登録できません", "✕", plan.refusals, "error")
        if plan.refusals:
            self._put_begin(plan.draft.begin)
            self._put_ways(plan.draft.follows)
            # What an act says beside its own refusal leads on; beside the ledger's it was said of the plan.
            head = "先に行うこと" if plan.draft.refusals else "知っておくこと"
            self._put_lines(head, "・", plan.draft.remarks, "")
        else:
            needed, asked, reminded = _parted(plan.asks)
            self._put_lines("登録の前に答えること", "△", needed, "")
            self._put_lines("確かめること", "△", asked, "")
            self._put_lines("知っておくこと", "・", plan.draft.remarks, "")
            self._put_writes(f"登録する内容（{len(plan.writes)}件）", then, plan.writes, seen)
            self._put_papers("届出・提出が必要になる書類", then, plan.papers)
            self._put_lines("新たに必要になること", "△", _todos(then, plan.todos), "")
            self._put_lines("あわせて行うこと", "・", reminded, "")
        self._inside.addStretch(1)

    def show_done(self, plan: Plan, done: Done, facts: Facts) -> None:
        """Show what was written, as the ledger holds it now."""
        clear(self._inside)
        self._only = keys_of(done.writes)
        _needed, asked, reminded = _parted(plan.asks)
        self._put_lines("知っておくこと", "・", plan.draft.remarks, "")
        self._put_papers("届出・提出が必要になった書類", facts, done.papers)
        left = (*asked, *_todos(facts, done.todos), *reminded)
        self._put_lines("残っていること", "△", left, "")
        self._put_writes(f"登録した内容（{len(done.writes)}件）", facts, done.writes, None)
        self._inside.addStretch(1)

    def _put_lines(self, head: str, mark: str, texts: Iterable[str], role: str) -> None:
        held = tuple(texts)
        if not held:
            return
        self._inside.addWidget(label(head, "h3"))
        for text in held:
            line = row(Prose(text, role))
            line.insertWidget(0, label(mark, role or "sub"), 0, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            self._inside.addLayout(line)

    def _put_begin(self, one: Begin | None) -> None:
        """The way to what is done instead, right below why."""
        if one is not None:
            go = partial(begin, self._context, one.kind, given=one.given)
            self._inside.addLayout(flow(button(one.text, go)))

    def _put_ways(self, follows: tuple[Follow, ...]) -> None:
        """The acts by which one comes on where this one is refused."""
        buttons = [
            button(f"{one.text}…", partial(self._context.navigate, DoAct(one.act, one.ids, one.said)))
            for one in follows
        ]
        if buttons:
            self._inside.addLayout(flow(*buttons))

    def _put_writes(
        self, head: str, facts: Facts, writes: tuple[Write, ...], seen: frozenset[Write] | None
    ) -> None:
        self._inside.addWidget(label(head, "h3"))
        if not writes:
            self._inside.addWidget(Prose("登録する内容はありません。", "sub"))
        for one in writes:
            new = seen is not None and one not in seen
            self._inside.addWidget(_write(self._context.catalogue, facts, one, changed_since=new))

    def _put_papers(self, head: str, facts: Facts, papers: tuple[Paper, ...]) -> None:
        if not papers:
            return
        self._inside.addWidget(label(head, "h3"))
        for one in papers:
            self._inside.addWidget(self._paper(facts, one))

    def _paper(self, facts: Facts, one: Paper) -> QWidget:
        form = self._context.forms[one.form]
        only = self._only if form.apart else ()
        due = f"{wareki(one.due)}まで" if one.due else "期日の定めなし"
        widget = QWidget()
        inside = QVBoxLayout(widget)
        inside.setContentsMargins(0, 0, 0, 4)
        inside.setSpacing(2)
        go = Link(
            self._context.look,
            f"{form.title}（{due}）",
            lambda: self._context.navigate(IssueForm(one.form, one.contract, only)),
        )
        inside.addWidget(go)
        contract = facts.find(Contract, one.contract)
        if contract is not None:
            inside.addWidget(Prose(named(facts, contract), "sub"))
        inside.addWidget(Prose("　".join(filter(None, (*one.clauses, one.text))), "hint"))
        return widget


def _parted(asks: Iterable[Ask]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """What must be answered first, what a field of the act can answer, what is settled outside the ledger."""
    held = tuple(asks)
    return (
        tuple(one.text for one in held if one.needed),
        tuple(one.text for one in held if one.field and not one.needed),
        tuple(one.text for one in held if not one.field and not one.needed),
    )


def _todos(facts: Facts, todos: Iterable[Todo]) -> Iterator[str]:
    for one in todos:
        due = f"（{wareki(one.due)}まで）" if one.due else ""
        yield f"{one.text}{due}　{facts.key_of('contract', one.contract)}　{one.clause}"


def _write(catalogue: Catalogue, facts: Facts, one: Write, *, changed_since: bool) -> QWidget:
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 2, 0, 6)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    title = facts.title(one.before or one.record)
    mark = "（表示したあとに変わりました）" if changed_since else ""
    grid.addWidget(Prose(f"{_act(one)}　{one.record.spec.label}　{title}{mark}"), 0, 0, 1, 2)
    top = Qt.AlignmentFlag.AlignTop
    for at, (name, text) in enumerate(_lines(catalogue, facts, one), 1):
        grid.addWidget(label(name, "sub"), at, 0, top)
        grid.addWidget(Prose(text), at, 1)
    grid.setColumnStretch(1, 1)
    return widget


def _act(one: Write) -> str:
    return "登録" if one.before is None else "取消し" if one.gone else "変更"


def _lines(catalogue: Catalogue, facts: Facts, one: Write) -> Iterator[tuple[str, str]]:
    """What a record will say otherwise, label and text."""
    if one.gone:
        yield "理由", one.gone
        return
    before = one.before
    for field in one.changed:
        now = shown(facts, catalogue, one.record, field, apart=True) or "（空欄）"
        was = shown(facts, catalogue, before, field, apart=True) or "（空欄）" if before is not None else ""
        arrow = "\n→\n" if "\n" in was + now else " → "
        yield field.label, f"{was}{arrow}{now}" if was else now
