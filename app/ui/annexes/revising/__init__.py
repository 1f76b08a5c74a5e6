"""新しい年度の文章: the text of a new year against the annex as it stands, and the draft that comes of it."""
