"""Measures search and answers on a file of questions whose right answers are known."""

from assistant.evaluation.examination import examine
from assistant.evaluation.figures import Evaluation, Figure, figures_of
from assistant.evaluation.outcome import Outcome
from assistant.evaluation.questions import GoldenQuestion, read_questions

__all__ = ["Evaluation", "Figure", "GoldenQuestion", "Outcome", "examine", "figures_of", "read_questions"]
