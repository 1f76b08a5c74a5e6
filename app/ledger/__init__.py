"""The ledger: one encrypted SQLite file, and one door (``app.ledger.door.Ledger``) to read and write it.

Ways in::

    ledger, code = Ledger.create(path, passphrase, officer)       # code: the recovery code, shown once
    key = access.opening.unlock(path, passphrase)                 # or unlock_with_code(path, code)
    ledger = Ledger.open(path, key, rules=…)                      # context manager; .close()

Reading::

    facts() -> Facts                    get(cls, id)              counts() -> {record name: n}
    listing(name, order_by, …) -> ids   page(name, ids)           search(text, limit) -> [Hit]
    history(name, id) -> [Entry]        blob(sha256) -> bytes     document_bytes(submission)

Writing: every write is one transaction with validation, row, history, journal entry, search text
and one ``ChangeSet`` for subscribers::

    with ledger.write("reason") as change:
        person = change.add(Person(...), files={sha256: data})
        change.change(replace(device, ...))
        change.retire(record, "why")
    ledger.add(record) / ledger.change(record) / ledger.retire(record, why)   # the same, one at a time
    shown = ledger.undoing(ledger.done(1)[0].number)              # what goes back, what stays and why
    ledger.undo(shown)                                           # exactly that, a new recorded operation

Documents: ``reserve(statement)`` → draw the PDF with its number and code → ``issue(reservation, title,
pdf)``; ``submit``, ``accept``, ``send_back``, ``void``. Proof: ``verify``, ``quick_check``,
``hold`` of a head kept outside. Copies: ``backup``, ``secure``, ``standing``. Keys: ``secret``.
"""
