"""The names (URIs) of the code systems and numbering systems in a Bundle.

FHIR's own: FHIR R4B (4.3.0), hl7.org/fhir/R4B/terminologies-systems.html and identifier-registry.html. Outside FHIR:
HL7 Terminology (THO) for ICD-10-PCS, HCPCS Level II (with http since its change of Nov 2023) and the X12 lists; CARIN
Blue Button 2.1.0 for those of NUBC and CMS. As of 2026-01-01.

Codes of X12 and NUBC are facts and stand alone here: their official texts are licensed, ours are our own words.
"""

OURS = "https://example.org/chartroom/fhir"  # example.org is kept for examples (RFC 2606): nothing answers there
HL7 = "http://hl7.org/fhir"
THO = "http://terminology.hl7.org/CodeSystem"

ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD_10_PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
MS_DRG = ("https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/"
          "MS-DRG-Classifications-and-Software")
PLACE_OF_SERVICE = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
REVENUE = "https://www.nubc.org/CodeSystem/RevenueCodes"
TYPE_OF_BILL = "https://www.nubc.org/CodeSystem/TypeOfBill"
DISCHARGE_STATUS = "https://www.nubc.org/CodeSystem/PatDischargeStatus"
GROUP_CODE = "https://x12.org/codes/claim-adjustment-group-codes"
REASON_CODE = "https://x12.org/codes/claim-adjustment-reason-codes"
REMARK_CODE = "https://x12.org/codes/remittance-advice-remark-codes"
CARIN_ADJUDICATION = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
DICOM = "http://dicom.nema.org/resources/ontology/DCM"
LANGUAGE = "urn:ietf:bcp:47"

# Numbers that somebody was given.
NPI = "http://hl7.org/fhir/sid/us-npi"
MRN, MEMBER, PAYER_ID, TAX_ID = (f"{OURS}/sid/{name}" for name in ("mrn", "member", "payer", "tax-id"))
VISIT, CLAIM, PAYER_CLAIM = (f"{OURS}/sid/{name}" for name in ("visit", "claim", "payer-claim"))
DOCUMENT, REFERRAL, CASE = (f"{OURS}/sid/{name}" for name in ("document", "referral", "case"))
USER = f"{OURS}/sid/user"

# What has no free code elsewhere. A training code stands where a licensed code set would.
TRAINING = f"{OURS}/CodeSystem/training-code"
MODIFIER = f"{OURS}/CodeSystem/modifier"  # modifiers of two digits; those with a letter first are HCPCS Level II
DOCUMENT_KIND = f"{OURS}/CodeSystem/document-kind"
ADJUSTMENT = f"{OURS}/CodeSystem/adjudication"
TAG = f"{OURS}/CodeSystem/tag"
PLAN = f"{OURS}/CodeSystem/plan-kind"
