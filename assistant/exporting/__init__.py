"""An answer taken elsewhere: Word, Markdown, plain text, a chart."""
