"""Questions that the library can answer, offered to whoever may ask them."""
