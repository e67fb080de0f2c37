"""What those on duty learn of the answering: counts and times, never a word of a question or a document."""
