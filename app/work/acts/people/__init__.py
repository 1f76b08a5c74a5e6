"""Acts on people: who begins, what of a person becomes another, who leaves."""
