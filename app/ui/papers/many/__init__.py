"""まとめて発行: many papers of one act at once, all of them or none."""
