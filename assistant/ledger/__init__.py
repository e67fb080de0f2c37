"""The base of facts as people and programs read it: records, tables, files."""
