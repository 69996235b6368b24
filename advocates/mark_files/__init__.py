"""Marks from files: tables of marks and the participant reports of video meetings."""
