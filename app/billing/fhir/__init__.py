"""A case as FHIR R4B: the office's records, the claim as sent, and the payer's answer, in one Bundle.

Resources are plain dictionaries, written by `app.billing.fhir.bundle` and judged by `app.billing.fhir.checking`.
"""
