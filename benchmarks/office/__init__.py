"""Made-up office files of every format, with the defects that real ones have, and how they are read."""
