"""書類: from what is missing to the preview, the printed paper and what became of it."""
