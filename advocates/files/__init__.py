"""Stored files: exact bytes behind one small seam."""
