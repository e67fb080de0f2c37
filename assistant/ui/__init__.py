"""The chat in the browser, on Streamlit; only this package and `app.py` import it."""
