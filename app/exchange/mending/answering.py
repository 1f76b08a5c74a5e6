"""An answer becomes part of what is said of a table: for one row, all alike, or a group of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.exchange.mending.questions import Group, Question, Questions, place
from app.exchange.mending.replies import Deed, Reply
from app.exchange.tables.answers.answers import Answers, Asks
from app.exchange.tables.mapping import Said


def answered(
    said: Said, questions: Questions, asked: Sequence[Question], reply: Reply, *, words: bool = False
) -> Said:
    """``said`` with the same answer to all of ``asked``. ``words``: it holds for a value wherever it
    stands.

    A value is the cell's own text, so that the same file brought in again means the same by it.
    """
    rows = frozenset(one.line.row for one in asked)
    answers = said.answers
    match reply.deed:
        case Deed.LEAVE:
            return replace(said, without=said.without | rows)
        case Deed.ONLY:
            others = {line.row for one in asked for line in questions.of_one_record(one)}
            return replace(said, without=said.without | (others - rows))
        case Deed.PASS:
            passed = {(one.line.row, Asks(one.problem.asks)) for one in asked}
            if len(rows) == 1 and asked[0].problem.asks in (Asks.NUMBER, Asks.LIKE):
                # Whoever answers one row has seen what it is like; of many at once nobody has looked at each.
                passed |= {(row, kind) for row in rows for kind in (Asks.NUMBER, Asks.LIKE)}
            return replace(said, answers=replace(answers, passed=answers.passed | passed))
        case Deed.SAME:
            same = {**answers.same, **dict.fromkeys(rows, reply.text)}
            return replace(said, answers=replace(answers, same=same))
        case Deed.WRITE:
            return replace(said, answers=_written(answers, questions, asked, reply.text, words))


def answered_by_group(said: Said, question: Question, group: Group, text: str) -> Said:
    """``said`` with a value for every row in which the text of the group stands in its column."""
    groups = {**said.answers.groups, (group.column.number, group.shown, question.problem.path): text}
    return replace(said, answers=replace(said.answers, groups=groups))


def _written(
    answers: Answers, questions: Questions, asked: Sequence[Question], text: str, words: bool
) -> Answers:
    cells, values, known = dict(answers.cells), dict(answers.values), dict(answers.words)
    for one in asked:
        there = place(one, questions.column(one.problem))
        if there is None:
            values[one.line.row, one.problem.path] = text
        elif words and there not in cells and (shown := one.problem.value.strip()):
            # What stands there may be an answer itself, of which it turned out that nothing can be made.
            first = [word for word in known if word[0] == there[1] and known[word] == shown]
            known |= dict.fromkeys(first or [(there[1], shown)], text)
        else:
            cells[there] = text
    return replace(answers, cells=cells, values=values, words=known)
