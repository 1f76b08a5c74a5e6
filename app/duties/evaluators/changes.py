"""Changes that a submitted list does not show yet: what is gone from it or reads otherwise now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from unicodedata import normalize

from app.annexes.choices import Submit
from app.counting.deadlines import Deadline
from app.duties.case import FormFace, MissingFact
from app.duties.duty import Action, Remark, Step
from app.duties.papers.claims import Whole
from app.duties.papers.drift import ADDED, REMOVED, Difference, Drift, compare, same_text
from app.duties.verdict import Lack, Question, add, open_record, shown
from app.records import SPECS, Record, Submission
from app.records.dated import began, dated


@dataclass(frozen=True, slots=True)
class Subject:
    """What a list names: its key there, how people call it, its record to open, and its days.

    ``changed_on``: the day on which something other than its period changed, where the ledger says so.
    ``renamed``: former name → the first day of the name after it, where the ledger knows it.
    ``dated``: label of what changed, its earlier text, and the day since which it reads otherwise, as its own
    record keeps them.
    """

    key: str
    title: str
    record: str
    id: int
    starts_on: date
    ends_on: date | None
    changed_on: date | None = None
    renamed: tuple[tuple[str, date], ...] = ()
    dated: tuple[tuple[str, str, date], ...] = ()


def changes(
    question: Question,
    matter: str,
    subject_of: Callable[[str], Subject | None],
    relevant: Callable[[Difference], bool] = lambda _difference: True,
) -> tuple[Lack, ...]:
    """What the last submitted document says no longer; what is new is judged where its start is known.

    ``matter``: what is notified (作業場所). One document that is up to date is enough.
    """
    found: list[Lack] = []
    for document in question.view.speaking(question.kind):
        form = question.view.forms[document.form]
        one = question.view.drift(form, document)
        lacks = [*_unknown(one, matter), *_changed(question, form, one, matter, subject_of, relevant)]
        if not lacks:
            return ()
        found.extend(lacks)
    return tuple(found)


def told_after_all(
    question: Question,
    subject_of: Callable[[str], Subject | None],
    relevant: Callable[[Difference], bool] = lambda _difference: True,
) -> tuple[Remark, ...]:
    """The changes and ends that the client has been told of, but after their deadline.

    They stand between two documents of a form that followed each other; what came in time by another form
    was not late.
    """
    found: dict[tuple[str, date], Remark] = {}
    timely = set()
    for difference, before, on in _steps(question):
        subject = subject_of(difference.key) if relevant(difference) else None
        due = _deadline(question, difference, subject, before)
        if subject is None or due is None:
            continue
        if on <= due.day:
            timely.add((difference.key, due.day))
        else:
            what = "終了" if difference.kind == REMOVED else f"{_labels(difference)}の変更"
            text = f"{subject.title}の{what}の届出は、期限（{shown(due.day)}）より後の{shown(on)}でした。"
            remark = Remark(text, subject.record, subject.id, due.day, on)
            found.setdefault((difference.key, due.day), remark)
    return tuple(remark for key, remark in found.items() if key not in timely)


def _steps(question: Question) -> Iterator[tuple[Difference, Submission, date]]:
    """What each document took out or altered of the one before it of its form, and when it was told."""
    view = question.view
    for form in view.forms_for(question.kind, Whole):
        held = [(one, told.stated) for one in view.standing(form) if (told := view.told(one)) and told.stated]
        for (before, old), (after, new) in pairwise(held):
            for difference in compare(old, new):
                if difference.kind != ADDED and after.submitted_on is not None:
                    yield difference, before, after.submitted_on


def _labels(difference: Difference) -> str:
    return "、".join(label for label, _before, _after in difference.lines)


def _unknown(one: Drift, matter: str) -> Iterator[Lack]:
    for fact in one.missing:
        why = (
            f"提出した{one.submission.title}が{matter}の現況と合っているかを確かめるための事実が足りません。"
        )
        yield Lack(fact.sentence, why, fact.record, fact.id, None, _mend(fact))


def _mend(fact: MissingFact) -> Step:
    if fact.id:
        return Step(f"{SPECS[fact.record].label}を開く", Action.OPEN, fact.record, fact.id)
    return add(fact.record) if fact.record in SPECS else Step()


def _changed(
    question: Question,
    form: FormFace,
    one: Drift,
    matter: str,
    subject_of: Callable[[str], Subject | None],
    relevant: Callable[[Difference], bool],
) -> Iterator[Lack]:
    step = question.renew(form, one.submission)
    for difference in one.differences:
        if difference.kind == ADDED or not relevant(difference):
            continue
        subject = subject_of(difference.key)
        due = _deadline(question, difference, subject, one.submission)
        yield Lack(
            text=_text(difference, subject, one.submission.title),
            why=_why(question, matter, due, one.submission.number),
            record=subject.record if subject else "submission",
            id=subject.id if subject else one.submission.id,
            step=step,
        ).by(due)
        if due is None and subject is not None and question.reported:
            yield from _undated(question, difference, subject)


def _deadline(
    question: Question, difference: Difference, subject: Subject | None, document: Submission
) -> Deadline | None:
    """The last day for telling the client of a change; None where it is not known when it took effect.

    A day of change that is older than the ``document`` belongs to a change it already shows: a typed one up
    to the day on which it was handed in, one that follows from earlier values up to the day that it bears,
    unless the document tells the earlier value all the same.
    """
    if subject is None:
        return None
    if difference.kind == REMOVED:
        return end_by(question, subject.ends_on) if subject.ends_on else None
    after = {normalize("NFKC", text) for _label, _before, text in difference.lines}
    if subject.ends_on and any(shown(subject.ends_on) in text for text in after):
        return end_by(question, subject.ends_on)
    if any(shown(subject.starts_on) in text for text in after):
        return question.told_by(subject.starts_on)
    told = document.submitted_on
    before = {label: text for label, text, _after in difference.lines}
    known = [*_renamed(difference, subject)]
    for label, was, on in subject.dated:
        if label in before and (on > document.issued_on or (was and was in before[label])):
            known.append(on)
    if subject.changed_on and (told is None or subject.changed_on > told):
        known.append(subject.changed_on)
    return question.told_by(min(known)) if known else None


def _renamed(difference: Difference, subject: Subject) -> Iterator[date]:
    """The day on which a name that the document tells was given up."""
    for _label, before, _after in difference.lines:
        yield from (on for name, on in subject.renamed if same_text(name, before))


def dated_days(record: Record) -> tuple[tuple[str, str, date], ...]:
    """For ``Subject.dated``: every day from which a field of ``record`` held a new value, by its label."""
    spec = record.spec
    return tuple((spec.field(name).label, *one) for name in dated(record) for one in began(record, name))


def _undated(question: Question, difference: Difference, subject: Subject) -> Iterator[Lack]:
    """A change of which nobody wrote down the day: told as missing, or there would seem to be no limit.

    Of what has no field for the day, only the notice itself can be asked for.
    """
    record = question.view.facts.named(subject.record, subject.id)
    gone = difference.kind == REMOVED
    if record is None or not hasattr(record, "ends_on" if gone else "changed_on"):
        return
    what = "終了日" if gone else f"{_labels(difference)}を変えた日"
    yield Lack(
        f"{subject.title}の{what}が記録されていないため、届出の期限を数えられません。",
        "届出の期限は変更の日から数えるため、その日を記録する必要があります。",
        subject.record,
        subject.id,
        step=open_record(record),
    )


def end_by(question: Question, last: date) -> Deadline | None:
    """By when an end on ``last`` is told: before it takes effect, on the last day at the latest."""
    if question.asks.submit is Submit.PROMPTLY:
        return question.told_by(last)
    return Deadline(last, f"終わる日の{shown(last)}")


def _text(difference: Difference, subject: Subject | None, title: str) -> str:
    name = subject.title if subject else difference.key
    if difference.kind == REMOVED:
        ended = f"（{shown(subject.ends_on)}まで）" if subject and subject.ends_on else ""
        return f"{name}は終了していますが{ended}、提出済みの{title}に残っています。"
    return f"{name}の{_labels(difference)}が、提出済みの{title}と違います。"


def _why(question: Question, matter: str, due: Deadline | None, number: str) -> str:
    if due is None:
        return (
            f"{matter}に変更があったため、提出済みの{number}に代えて変更の届出が必要です"
            "（変わった日の記録がないため、期限は数えられません）。"
        )
    if question.asks.submit is Submit.PROMPTLY:
        return (
            f"{matter}の変更は、変わった後{question.promptly}（{shown(due.day)}まで）届け出る必要があります。"
        )
    return f"{matter}の変更は、変わる前（{shown(due.day)}まで）に届け出る必要があります。"
