"""OFD files (GB/T 33190-2016): their parts and words, which ingestion reads, and their pages as drawings."""
