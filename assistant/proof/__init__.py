"""A statement held against the passages it cites: figures, names, bounds, negations, words."""
