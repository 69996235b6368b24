"""Grades that people give, second looks, corrections of questions, and what the tests tell about questions and gain."""
