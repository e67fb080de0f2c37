"""Two documents held against each other: what matters first, then every changed word."""
