"""What an evidence binder holds: what is bound in it, and the registers of all records of a contract."""
