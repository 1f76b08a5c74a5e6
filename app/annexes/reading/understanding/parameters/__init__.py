"""What a paragraph sets beside its kinds: by clues and by what it lists, brackets and rows included."""
