"""The answer without a model, in the form that suits the question."""
