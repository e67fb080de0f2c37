"""Keywords and vectors fused into one ranking."""
