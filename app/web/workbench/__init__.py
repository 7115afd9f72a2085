"""Scenarios and the workbench where they are worked."""
