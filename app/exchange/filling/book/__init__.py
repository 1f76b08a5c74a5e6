"""Excel workbooks: cells, boxes, heads and text of drawings, filled in the sheets' own parts."""
