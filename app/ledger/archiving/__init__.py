"""The whole ledger as plain lines and files, and a new ledger from them: same ids, history and journal."""
