"""How rightly facts are read from documents, held against what a person wrote down."""
