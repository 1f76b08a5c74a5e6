"""accept, send-back, attach, reissue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.access import open_ledger, submission_of, today
from app.cli.arguments import Wanted
from app.cli.output import put_error, put_json, put_line
from app.common import PeopleError
from app.start import Product

if TYPE_CHECKING:
    from app.exchange.scans.filing import Given
    from app.ledger.door import Ledger
    from app.records import Attachment, Facts, Submission


def accept(wanted: Wanted) -> int:
    """Record that papers were accepted, and keep the stamped copy with them."""
    if not wanted.number and wanted.scan is None:
        raise PeopleError("文書番号か、受領印のある控えのファイル（--scan）を指定してください。")
    with open_ledger(wanted, Product()) as ledger:
        if wanted.scan is None:
            assert wanted.on is not None  # noqa: S101  # the option is required
            done = [ledger.accept(submission_of(ledger.facts(), wanted.number), wanted.on)]
            given = None
        else:
            given = _given(ledger, wanted)
            done = _file(ledger, given, wanted)
        kept = {one.id: _newest(ledger, one) if given else None for one in done}
    if wanted.json:
        put_json([{"number": one.number, "accepted": _day(one), "scan": kept[one.id]} for one in done])
        return 0
    for one in done:
        put_line(f"書類「{one.number}」を受理済みにしました。{'控えを保管しました。' if given else ''}")
    return 0


def _given(ledger: Ledger, wanted: Wanted) -> Given:
    """The scan, read. Raises ``PeopleError`` where any page of it is refused: nothing is written then."""
    from app.exchange.scans.filing import take_in, take_in_as

    assert wanted.scan is not None  # noqa: S101  # the caller has asked
    if not wanted.number:
        given = take_in(ledger, wanted.scan)
    else:
        given = take_in_as(ledger, wanted.scan, submission_of(ledger.facts(), wanted.number))
    if given.intake.refused:
        raise PeopleError(f"「{given.name}」の{given.intake.refused[0]}")
    return given


def _file(ledger: Ledger, given: Given, wanted: Wanted) -> list[Submission]:
    from app.exchange.scans.binding import spans
    from app.exchange.scans.filing import file_copies

    for bound in given.intake.bound:
        if bound.remark:
            raise PeopleError(f"書類「{bound.submission.number}」：{bound.remark}")
    if unread := given.intake.unread:
        what = "番号の指定によって" if wanted.number else "コードの読めたページの書類として"
        kept = f"{what}保管します。" if given.intake.whole else "保管しません。"
        put_error(f"{spans(unread)}ページ目は照合用コードを読み取れないため、{kept}")
    return file_copies(ledger, given, wanted.on, today())


def _newest(ledger: Ledger, paper: Submission) -> str | None:
    from app.records import Attachment

    held = [one for one in ledger.facts().of(Attachment, "record_id", paper.id) if _is_of(one)]
    return held[-1].data if held else None


def _is_of(one: Attachment) -> bool:
    return one.record_kind == "submission"


def send_back(wanted: Wanted) -> int:
    """Record that a paper was sent back, and why."""
    assert wanted.on is not None  # noqa: S101  # the option is required
    with open_ledger(wanted, Product()) as ledger:
        held = submission_of(ledger.facts(), wanted.number)
        done = ledger.send_back(held, wanted.on, wanted.why)
    if wanted.json:
        put_json({"number": done.number, "sent_back": done.sent_back_on and done.sent_back_on.isoformat()})
    else:
        put_line(f"書類「{done.number}」を差戻しにしました。")
    return 0


def reissue(wanted: Wanted) -> int:
    """Print a paper that was handed in once more, marked 再発行."""
    from app.exchange.documents.copying import second_copy
    from app.exchange.saving import check_place, save

    check_place(wanted.out)
    with open_ledger(wanted, Product()) as ledger:
        held = submission_of(ledger.facts(), wanted.number)
        kept, pdf = second_copy(ledger, held, wanted.on or today(), wanted.why)
    try:
        save(wanted.out, pdf)
    except PeopleError as error:
        raise PeopleError(
            f"書類「{held.number}」の再発行は台帳に保管しましたが、「{wanted.out.name}」に保存できませんでした。"
            "書類の画面の添付から保存してください。"
        ) from error
    if wanted.json:
        put_json({"number": held.number, "sha256": kept.data, "out": str(wanted.out)})
    else:
        put_line(f"書類「{held.number}」を再発行しました。{wanted.out}")
    return 0


def attach(wanted: Wanted) -> int:
    """Keep a file with a record."""
    import hashlib

    from app.exchange.scans.filing import read_copy
    from app.records import Attachment

    data = read_copy(wanted.file)
    digest = hashlib.sha256(data).hexdigest()
    with open_ledger(wanted, Product()) as ledger:
        facts = ledger.facts()
        given = Attachment(
            record_kind=wanted.record,
            record_id=_record(facts, wanted.record, wanted.key),
            title=wanted.title or wanted.file.stem,
            kind=wanted.kind,
            received_on=wanted.on,
            file_name=wanted.file.name,
            data=digest,
        )
        made = ledger.add(_pictured(facts, given, wanted, data), {digest: data})
    if wanted.json:
        put_json(
            {
                "record": wanted.record,
                "key": wanted.key,
                "title": made.title,
                "line": wanted.line,
                "sha256": digest,
            }
        )
    else:
        put_line(f"「{made.title}」を{wanted.key}に添付しました。")
    return 0


def _pictured(facts: Facts, given: Attachment, wanted: Wanted, data: bytes) -> Attachment:
    """The file with the line that it shows, if one was named.

    Raises ``PeopleError`` where there is no such line, or the file is no photograph of a disposal.
    """
    from app.records import Disposal
    from app.records.attachment import AttachmentKind
    from app.work.acts.disposing.photos import check_photo, of_line

    disposal = facts.find(Disposal, given.record_id) if given.record_kind == Disposal.spec.name else None
    if disposal is None or given.kind != AttachmentKind.PHOTO:
        if wanted.line is None:
            return given
        raise PeopleError(
            "--line は、廃棄・消去の写真（disposal に --kind 写真）だけに指定できます。"
            "--lineを外してください。"
        )
    if wanted.line is None:
        check_photo(facts, disposal, given, data)
        return given
    last = len(disposal.lines)
    if not 1 <= wanted.line <= last:
        raise PeopleError(
            f"廃棄・消去「{wanted.key}」に明細{wanted.line}はありません。"
            f"--line には1から{last}までを指定してください。"
        )
    photo = of_line(given, disposal, wanted.line - 1)
    check_photo(facts, disposal, photo, data)
    return photo


def _record(facts: Facts, kind: str, key: str) -> int:
    """The id of the record that is meant. Raises ``PeopleError``."""
    from app.records import SPECS
    from app.records.known import Known

    if kind not in SPECS or kind == "attachment":
        called = SPECS[kind].label if kind in SPECS else f"「{kind}」という種類の記録"
        raise PeopleError(f"{called}には添付できません。jutaku records で種類を確かめてください。")
    spec = SPECS[kind]
    if spec.key:
        try:
            return Known(facts).id_of(kind, key)
        except ValueError as error:
            raise PeopleError(str(error)) from None
    if key.isdecimal() and facts.find(spec.cls, int(key)) is not None:
        return int(key)
    raise PeopleError(f"{spec.label}「{key}」は登録されていません。番号を確かめてください。")


def _day(paper: Submission) -> str | None:
    return paper.accepted_on.isoformat() if paper.accepted_on else None
