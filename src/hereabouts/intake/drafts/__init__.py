"""Drafts, and completing them one after the other."""
