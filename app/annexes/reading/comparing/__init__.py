"""Two wordings held against each other: how much alike they are, what was taken out and put in. Pure."""
