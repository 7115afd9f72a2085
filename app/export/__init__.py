"""Write a population to files: in chunks, resumable, the same bytes whatever the number of processes."""
