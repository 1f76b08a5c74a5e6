"""People of one name: the same person twice, or two who share it. Asked about, never refused."""

from __future__ import annotations

from collections.abc import Iterator

from app.records.facts import Facts
from app.records.person import Person
from app.records.spelling.fold import squeezed


def names_of(person: Person) -> Iterator[str]:
    """Every name of a person, folded: widths, blanks and variant kanji make nobody another."""
    yield squeezed(person.name)
    yield from (squeezed(row.name) for row in person.former_names)


def namesakes(facts: Facts, person: Person) -> tuple[Person, ...]:
    """Others who have, or had, a name that ``person`` has or had, by ascending id."""
    names = set(names_of(person))
    others = (one for one in facts.all(Person) if one.id != person.id)
    return tuple(one for one in others if names.intersection(names_of(one)))


def told(person: Person) -> str:
    """A person so that people know which of two is meant: 佐久間 晴香（E-901、営業部）."""
    about = "、".join(part for part in (person.employee_number, person.department) if part)
    return f"{person.name}（{about}）" if about else person.name
