"""One cell as the value of one field: days, makers, units, and what stands in a cell beside its value."""
