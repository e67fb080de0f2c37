"""An answer taken elsewhere: Word, Markdown, plain text, a chart, a page as an image."""
