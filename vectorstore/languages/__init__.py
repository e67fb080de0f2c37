"""The languages that readers are spoken to in: Simplified Chinese is written in the code."""
