"""What an oath must say: the client's own form where one is prescribed, and the articles to be explained."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from app.duties.evaluators.oath_holders import too_early
from app.duties.papers.settings import PROMISE, setting_of, worded
from app.duties.verdict import Lack, Question, open_record
from app.records import Oath, Person, stated_key
from app.records.oath import OathForm, OathSheet


def misfits(question: Question, person: Person, oath: Oath) -> Iterator[Lack]:
    """What the record says of a signed oath that is not what the clause asks."""
    asks = question.asks
    if asks.prescribed and oath.form != OathForm.OATH:
        yield _prescribed(
            person, oath, f"{person.name}が署名したのは{oath.form}で、指定の誓約書ではありません。"
        )
    elif asks.prescribed and oath.sheet == OathSheet.OWN:
        yield _prescribed(person, oath, f"{person.name}の誓約書は、発注者の指定様式によっていません。")
    if oath.explained and (absent := _unexplained(question, oath)):
        text = f"{person.name}の誓約書の「説明した内容」に、{'、'.join(absent)}がありません。"
        why = "誓約書は、条項の定める法令の内容について説明を受けたうえで署名される必要があります。"
        yield Lack(text, why, "oath", oath.id, step=open_record(oath))


def early(question: Question, oath: Oath) -> Iterator[Lack]:
    """The doubt about an oath signed before the contract, or before its signer joined."""
    if text := too_early(question.view, oath):
        why = "この契約についての誓約かどうかを、署名した日と誓約の内容で確かめてください。"
        yield Lack(text, why, "oath", oath.id, step=open_record(oath))


def uncertain(question: Question, person: Person, oath: Oath) -> Iterator[Lack]:
    """What nobody recorded of a signed oath and no printed sheet shows; only a person can say."""
    yield from early(question, oath)
    asks = question.asks
    printed = _printed(question, person)
    known = question.view.contract.oath_wording or asks.oath_text or _set(question)
    if asks.prescribed and not oath.sheet and not (printed and known):
        text = f"{person.name}の誓約書が発注者の指定様式によるものかが登録されていません。"
        why = "誓約書は発注者の指定様式によることとされているため、署名された様式を確かめてください。"
        yield Lack(text, why, "oath", oath.id, step=open_record(oath))
    if asks.explain and not printed and not (oath.explained_by_name and oath.explained_on):
        text = f"{person.name}に、誓約書の内容を説明した者と日が登録されていません。"
        why = "誓約書は、条項の定める法令の説明を受けたうえで署名されるため、説明の事実を確かめてください。"
        yield Lack(text, why, "oath", oath.id, step=open_record(oath))


def _prescribed(person: Person, oath: Oath, text: str) -> Lack:
    why = "誓約書は、発注者の指定様式により作成する必要があります。"
    return Lack(text, why, "oath", oath.id, step=open_record(oath))


def _printed(question: Question, person: Person) -> bool:
    """Whether a sheet of the product was printed for the person: it says what was explained and by whom."""
    view = question.view
    key = stated_key(person)
    return any(
        view.names(document, key)
        for form in view.forms_for(question.kind)
        for document in (*view.printed(form), *view.standing(form))
    )


def _set(question: Question) -> bool:
    """Whether the client's words are set for the oaths of the contract."""
    view = question.view
    settings = (
        setting_of(view.facts, view.contract, form.id, view.as_of) for form in view.forms_for(question.kind)
    )
    return any(worded(setting, PROMISE) for setting in settings)


def _unexplained(question: Question, oath: Oath) -> list[str]:
    """The articles of the clause that the recorded words do not name."""
    told = _plain(oath.explained)
    return [
        f"{one.act}{one.article}"
        for one in question.asks.explain
        if _plain(one.article) not in told or _plain(one.act) not in told
    ]


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())
