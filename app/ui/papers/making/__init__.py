"""Making a document: the choices, the draft that follows them, its subjects, its setting."""
