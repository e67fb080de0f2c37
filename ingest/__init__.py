"""Turns files into passages."""
