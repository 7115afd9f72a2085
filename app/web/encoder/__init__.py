"""The encoder: search, book logic, guided questions, tables of ICD-10-PCS, and a page for each code."""
