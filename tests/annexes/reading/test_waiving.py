"""A sentence that asks for one thing and waives another, or allows one: what it asks stands, and no more."""

from __future__ import annotations

import pytest

from app.annexes.reading.understanding.prepared import Paragraph
from app.annexes.reading.understanding.understood import Understanding, understand


def of(text: str) -> Understanding:
    return understand(Paragraph(text, client="甲", vendor="乙"))


def kinds(text: str) -> set[str]:
    return {one.kind for one in of(text).kinds}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("乙は、従事者の名簿を提出するものとし、押印は不要とする。", "worker-list"),
        ("乙は、従事者の名簿を提出するものとし、誓約書の提出は要しない。", "worker-list"),
        ("乙は、従事者の名簿を提出し、印鑑証明書の提出は要しない。", "worker-list"),
        ("乙は、従事者の名簿を提出するが、押印を要しない。", "worker-list"),
        ("従事者の名簿の提出は必要だが、写真の添付は不要である。", "worker-list"),
        ("従事者の名簿を甲に提出すること。なお、写真の貼付は省略することができる。", "worker-list"),
        ("乙は、作業場所を届け出て、図面の提出を要しない。", "work-location"),
        ("乙は、作業場所を届け出、図面の提出は省略することができる。", "work-location"),
        ("責任者を置き、その氏名の届出は不要とする。", "responsible-person"),
        ("乙は、業務終了後、個人情報を返還し、受領書の交付は求めない。", "return"),
        ("乙は、業務終了後、個人情報を返還するものとし、複製物については返還を要しない。", "return"),
        ("乙は、事故が発生したときは直ちに甲に報告し、書面の提出は省略することができる。", "incident-notice"),
        (
            "乙は、事故を知ったときは直ちに甲に報告書を提出するものとし、写しの添付を要しない。",
            "incident-notice",
        ),
        ("乙は、消去したときは消去証明書を提出するものとするが、写真は要しない。", "disposal-certificate"),
        ("乙は、再委託をしてはならない。ただし、印刷については甲の承諾を要しない。", "subcontract-approval"),
        (
            "乙は、個人情報を持ち出してはならないものとし、法令に基づく場合はこの限りでない。",
            "takeout-approval",
        ),
        ("暗号化は不要とするが、施錠して保管すること。", "locked-storage"),
        ("様式は問わないが、乙は従事者の名簿を提出しなければならない。", "worker-list"),
        (
            "乙は、消去したときは消去証明書を提出するものとし、電子署名をもって押印に代える。",
            "disposal-certificate",
        ),
    ],
)
def test_what_is_asked_stands_beside_what_is_waived(text: str, kind: str) -> None:
    assert kind in kinds(text)
    assert of(text).silent == ""


@pytest.mark.parametrize(
    "text",
    [
        "乙は、従事者の名簿の提出を要しない。",
        "乙は、従事者の名簿を提出することを要しないものとする。",
        "乙は、従事者の名簿の提出を省略することができる。",
        "従事者の名簿の提出は不要とする。",
        "乙は、甲に申し出て承諾を得たときは、名簿の提出を要しない。",
        "乙は、甲の承諾を得て、名簿の提出を省略することができる。",
    ],
)
def test_a_waiver_of_the_thing_itself_asks_for_nothing(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "暗号化は不要とするが、施錠して保管すること。",
        "誓約書の提出は不要とするが、従事者の名簿は提出しなければならない。",
    ],
)
def test_what_is_waived_first_is_not_asked_by_what_follows(text: str) -> None:
    assert kinds(text) & {"encryption", "oath"} == set()


@pytest.mark.parametrize(
    "text",
    [
        "乙が従事者の名簿を作成することを妨げない。",
        "乙は、必要に応じて従事者の名簿を提出することを妨げない。",
        "前項の規定は、乙が再委託することを妨げない。",
        "この規定は、乙が個人情報を複写することを妨げるものではない。",
    ],
)
def test_what_nothing_hinders_the_vendor_to_do_is_no_duty(text: str) -> None:
    found = of(text)
    assert (found.kinds, found.offered) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "乙は、従業員が甲に通報することを妨げない。",
        "乙は、甲の職員が作業場所に立ち入ることを妨げない。",
        "甲が必要に応じて立入調査を行うことを妨げない。",
    ],
)
def test_whom_the_vendor_may_not_hinder_binds_him(text: str) -> None:
    assert of(text).silent == ""


@pytest.mark.parametrize(
    "text",
    [
        "乙は、電話による報告をもって書面による報告に代えることができる。",
        "誓約書の提出をもって、名簿の提出に代えることができる。",
        "事故の報告は、電話をもって足りる。",
        "乙は、業務計画書の提出をもって届出とみなすことができる。",
    ],
)
def test_an_act_that_stands_for_another_is_never_said_to_ask_for_nothing(text: str) -> None:
    assert of(text).silent == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("再委託は、甲が承認した場合に限る。", "subcontract-approval"),
        ("貸与したデータの複製は、甲が許可した場合に限る。", "copy-approval"),
        ("個人情報の持出しは、甲が書面で認めたときに限るものとする。", "takeout-approval"),
        ("貸与した資料は、甲が指定する期日までに甲に返却される。", "return"),
        ("個人情報の廃棄は、甲が指示する方法による。", "disposal"),
        ("従事者は、甲が行う研修を受けるものとする。", "training"),
        ("研修は、甲が行うものを受講する。", "training"),
    ],
)
def test_what_the_client_allows_or_sets_is_still_asked_of_the_vendor(text: str, kind: str) -> None:
    assert kind in kinds(text)
    assert of(text).silent == ""


@pytest.mark.parametrize(
    "text",
    [
        "甲は、必要と認めた場合に限り、立入調査を行う。",
        "甲が必要と認めるときは、乙の作業状況を調査するものとする。",
        "使用する機器は、甲が認めたものに限る。",
        "作業場所への立入りは、甲が認めた者に限る。",
        "甲は、消去の状況を確認する。",
    ],
)
def test_what_the_client_may_look_into_is_never_said_to_ask_for_nothing(text: str) -> None:
    assert of(text).silent == ""


@pytest.mark.parametrize(
    "text", ["甲は、業務に必要な資料を乙に貸与する。", "町は、送料を切手でお渡しします。"]
)
def test_what_the_client_does_himself_is_still_said_to_be_his(text: str) -> None:
    assert of(text).silent == "発注者が行うことです。"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("消去に要する費用は乙が負担し、消去証明書を甲に提出しなければならない。", "disposal-certificate"),
        (
            "成果物の所有権は甲に帰属するものとし、乙は業務終了後に個人情報を返還しなければならない。",
            "return",
        ),
        ("乙は、著作権を侵害するソフトウェアを端末に導入してはならない。", "software-hygiene"),
        (
            "この契約で「事故」とは漏えい等をいい、乙は、事故が発生したときは直ちに甲に報告しなければならない。",
            "incident-notice",
        ),
        ("乙は、個人情報の重要性を認識し、従事者に秘密を守らせなければならない。", "supervision"),
        (
            "乙は、住民の権利利益を害しないように、書類を鍵のかかる棚に保管しなければならない。",
            "locked-storage",
        ),
        ("乙は、信頼を損なうことのないよう深く自覚し、誓約書を提出するものとする。", "oath"),
        ("乙は、この特記事項に必要な事項を定める規程を整備しなければならない。", "management-rules"),
        ("乙は、個人情報の取扱いに関する規程を定めるものとする。", "management-rules"),
        ("乙は、資料の所有権が甲にあることを認識し、目的外に使用してはならない。", "purpose-limit"),
        ("甲に帰属する資料を乙は複写してはならない。", "copy-approval"),
    ],
)
def test_what_a_sentence_tells_first_takes_nothing_from_what_it_asks(text: str, kind: str) -> None:
    assert kind in kinds(text)
    assert of(text).silent == ""


@pytest.mark.parametrize(
    "text",
    [
        "乙は、費用を負担して、個人情報を甲の指定する場所に返還しなければならない。",
        "研修に要する費用は乙の負担とし、年１回実施するものとする。",
        "成果物の著作権は甲に帰属し、乙はその複製物を消去しなければならない。",
        "個人情報とは、生存する個人に関する情報をいい、乙はこれを漏らしてはならない。",
        "「事故」とは漏えい等をいい、乙は直ちに甲へ一報を入れる。",
        "廃棄に係る経費は契約金額に含むものとし、乙は廃棄した日を報告する。",
        "成果物の著作権は甲に帰属し、乙は台帳を備える。",
    ],
)
def test_what_tells_and_asks_is_never_said_to_ask_for_nothing(text: str) -> None:
    assert of(text).silent == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("この特記事項を守るためにかかる費用は、乙の負担とする。", "費用の負担を定めるものです。"),
        ("成果物の著作権は、甲に帰属する。", "権利の帰属を定めるものです。"),
        (
            "この契約において「個人情報」とは、生存する個人に関する情報をいう。",
            "用語の意味を定めるものです。",
        ),
        ("「書面」には、電磁的記録を含まない。", ""),
        (
            "「持出し」とは、媒体を外に移すことをいい、通信回線を通じて送ることを含むものとする。",
            "用語の意味を定めるものです。",
        ),
        (
            "この特約条項は、個人情報の取扱いに関し必要な事項を定めるものとする。",
            "契約の趣旨を述べるものです。",
        ),
    ],
)
def test_what_only_tells_is_still_said_to(text: str, said: str) -> None:
    assert of(text).silent == said
