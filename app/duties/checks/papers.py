"""Cross-checks of documents: stale, never handed in, sent back, or of what is no longer recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.duties.case import FormFace
from app.duties.checks.check import Check, Found, clause_of, found, from_duties
from app.duties.finding import Severity
from app.duties.verdict import open_record, print_form, shown, submit
from app.duties.view import ContractView
from app.records import PaperSetting, Submission

_LYING = 14
"""Days after which a printed document counts as forgotten: the product's assumption."""


def _stale(view: ContractView) -> Iterator[Found]:
    for one in view.drifts:
        form = view.forms[one.submission.form]
        number = len(one.differences) or len(one.missing)
        text = f"提出済みの{one.submission.title}（{one.submission.number}）が、現況と{number}か所違います。"
        newer = view.ready(form, after=one.submission.id)
        step = submit(newer) if newer else print_form(form)
        yield found(text, one.submission, step)._replace(clause=clause_of(view, form.kinds))


def _unsubmitted(view: ContractView) -> Iterator[Found]:
    """The newest print of a form, unless a later one was handed in."""
    for form in view.forms.values():
        printed = view.printed(form)
        if not printed or not _newest(view, form, printed[0]):
            continue
        one = printed[0]
        if one.sent_back_on is None and one.issued_on + timedelta(days=_LYING) < view.day:
            text = f"{shown(one.issued_on)}に発行した{one.title}（{one.number}）の提出が記録されていません。"
            yield found(text, one, submit(one))._replace(clause=clause_of(view, form.kinds))


def _newest(view: ContractView, form: FormFace, document: Submission) -> bool:
    return all(document.id > other.id for other in view.standing(form))


def _sent_back(view: ContractView) -> Iterator[Found]:
    """A document that the client sent back and that nothing has replaced."""
    for form in view.forms.values():
        for one in view.of_form(form.id):
            back = one.sent_back_on
            voided = one.voided_on is not None and one.voided_on <= view.day
            if back is None or back > view.day or voided or one.replaced_by is not None:
                continue
            if not any(later.id > one.id for later in view.of_form(form.id) if later.issued_on <= view.day):
                text = f"{shown(back)}に差し戻された{one.title}（{one.number}）に代わる書類がありません。"
                yield found(text, one, print_form(form))._replace(clause=clause_of(view, form.kinds))


def _of_nothing(view: ContractView) -> Iterator[Found]:
    """A certificate that was handed in says that something was destroyed of which no record is left."""
    for form in view.forms_for("disposal-certificate"):
        for document in view.counting(form):
            told = view.told(document)
            if any(view.facts.stated(key) is None for key in (told.subjects if told else ())):
                text = (
                    f"提出済みの{document.title}（{document.number}）が証明する廃棄・消去の記録が、"
                    "取り消されています。"
                )
                yield found(text, document, open_record(document))


def _set_for_no_form(view: ContractView) -> Iterator[Found]:
    """A setting whose form is spelled otherwise does nothing: papers go out as though it were not there."""
    for setting in view.facts.of(PaperSetting, "contract", view.contract.id):
        if setting.form not in view.forms:
            text = f"書類の設定に様式「{setting.form}」とありますが、その様式はないため、印刷に使われません。"
            yield found(text, setting)


CHECKS = (
    Check("setting-of-no-form", "使われない書類の設定", Severity.WARNING, (), _set_for_no_form),
    Check("document-stale", "現況と違う提出書類", Severity.WARNING, (), _stale),
    Check("document-unsubmitted", "発行したまま提出していない書類", Severity.REMARK, (), _unsubmitted),
    Check("document-sent-back", "差し戻されたままの書類", Severity.WARNING, (), _sent_back),
    Check(
        "certificate-of-nothing",
        "記録のない廃棄の証明",
        Severity.VIOLATION,
        ("disposal-certificate",),
        _of_nothing,
    ),
    Check(
        "disposal-uncertified",
        "証明書のない廃棄・消去",
        Severity.WARNING,
        ("disposal-certificate",),
        from_duties("disposal-certificate", "disposal"),
    ),
)
