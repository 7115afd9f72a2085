"""Prove of clean cases that person, codes, papers and dates agree: `flask --app wsgi world check`."""
