"""Advocates runs a 40-hour victim advocate training, from the curriculum to a certificate anyone can check."""
