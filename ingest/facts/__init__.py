"""What a document states: figures, references, days, tasks and measures, each with its proof."""
