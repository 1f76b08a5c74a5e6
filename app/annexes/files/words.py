"""What people read for the parts of an annex that they write themselves: its words and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WORD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "client": "発注者の語",
        "vendor": "受注者の語",
        "subcontractor": "再委託先の語",
        "responsible": "責任者の語",
        "workers": "従事者の語",
        "place": "作業場所の語",
        "devices": "機器の語",
        "information": "情報の語",
    }
)
"""Each of ``WORDS``: the annex's own term for it."""

HEAD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "key": "識別名",
        "title": "題名",
        "version": "版",
        "source": "出典",
        "in_force_from": "適用の始まり",
        "in_force_until": "適用の終わり",
    }
)
"""What an annex says of itself as a whole."""

PARAMETER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "submit": "発注者への提出：none（しない）・on-request（求めがあれば）・beforehand（事前）・"
        "promptly（事後速やかに）",
        "urgency": "急ぐ度合い：直ちに・速やかに・遅滞なく・あらかじめ",
        "days_before": "使用や着手の何日前までか",
        "within_days": "出来事から何日以内か",
        "within_business_days": "出来事から何営業日以内か",
        "within_months": "出来事から何か月以内か",
        "first_day": "出来事の当日を1日目に数えるときは true",
        "roll": "期限が閉庁日のとき：next（次の開庁日）・previous（前の開庁日）・none（動かさない）",
        "then": "2回目の報告を急ぐ度合い：直ちに・速やかに・遅滞なく",
        "then_days": "2回目の報告は何日以内か",
        "cycle": "周期の数え方：rolling（前回から）・contract-year（契約年）・fiscal-year（年度）",
        "subsidiaries": "子会社も再委託先に含むときは true",
        "tiers": "再々委託以降もそれぞれ承諾が要るときは true",
        "written": "書面によるときは true",
        "instead": "これを果たせば足りるとする別の義務の種別（例 oath）",
        "exception": "禁止を解くもの（配列）：approval・approval-each・instruction・"
        "instruction-and-approval・specification・statute。none は例外なし",
        "applies_to": "対象の情報：all・個人情報・特定個人情報・個人情報以外",
        "media": "対象の媒体（配列）：紙・電子データ",
        "workers": "対象の従事者（配列）：自社・派遣・再委託先",
        "roles": "定める役割（配列）",
        "topics": "研修で扱う事項（配列）",
        "explain": "誓約の前に説明する条文（act・article・subject を持つ表の配列）",
        "prescribed": "特記事項に様式が付いているときは true",
        "period_months": "何か月ごとに行うか",
        "keep_months": "何か月保存するか",
        "items": "書類や取決めに載せる事項（配列）",
        "acts": "対象の措置（配列）：返還・引渡し・廃棄・消去",
        "methods": "定められた廃棄・消去の方法（配列）",
        "copies": "複写したものも対象とするときは true",
        "designated": "発注者が指定したものだけを対象とするときは true",
        "mishaps": "防ぐ、または報告する出来事（配列）：漏えい・滅失・毀損・改ざん・盗難・違反・おそれ",
        "stages": "事故の報告を何段階で行うか",
        "country": "保管してよい国",
        "answer": "外部からの請求への対応：notify（通知する）・opinion（意見を述べる）",
        "further": "再々委託：forbidden（禁止）・same-duties（同等の義務を負わせる）",
        "best_effort": "「可能な限り」と定めているときは true",
        "assumed": "特記事項に定めがなく、こちらで仮に置いた条件の名前（配列）",
    }
)
"""Each parameter of a clause: what it sets and how it is written."""
