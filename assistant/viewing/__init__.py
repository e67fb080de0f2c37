"""The original of a document as people know it: its pages as pictures, a quote marked on them."""
