"""The rules of tests: drawing, answering, time, results, analysis."""
