"""What a question means: names, places, documents, wording, and what the conversation adds."""
