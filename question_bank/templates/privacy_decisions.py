"""Who may have what of a record: the basis of a disclosure, minors, the dead, Part 2, breaches, fees, accountings.

Each table holds circumstances and what follows from them; a question draws one.
"""

import datetime as dt
from collections.abc import Mapping

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, chosen, dollars, makers, three
from question_bank.templates.wording import HOSPITALS, SURNAMES, begin, drawn_day, lines, on, person, woman

WRITTEN = dt.date(2026, 11, 25)

FREE, SIGNED, COURT, ASKED = (
    "Yes, without the patient's authorization", "Only with the patient's authorization",
    "Only with a court order or satisfactory assurance", "Yes, if the patient agrees or does not object")
BASES = {
    FREE: "HIPAA permits this request only with something more.",
    SIGNED: "HIPAA does not ask for an authorization here.",
    COURT: "No lawyer's subpoena is behind this request.",
    ASKED: "Asking the patient is the rule for the directory and for people involved in the care.",
}
REQUESTS = (  # who asks and for what; what HIPAA says; why
    ("a hospital in another state, which now treats the patient, asks for {}", FREE, "Disclosure for treatment."),
    ("the patient's health plan asks for {} to decide on the claim", FREE, "Disclosure for payment."),
    ("the health department asks for {} about a reportable infection", FREE, "Public health activity."),
    ("a judge has signed an order for exactly {}", FREE, "A court order; what it names and no more."),
    ("the medical examiner asks for {} to determine a cause of death", FREE, "Medical examiners may have what they "
                                                                            "need."),
    ("the state agency that licenses hospitals asks for {} in an inspection", FREE, "Health oversight."),
    ("the workers' compensation carrier asks for {} as the state's law provides", FREE,
     "As authorized by workers' compensation law."),
    ("a life insurer asks for {} to decide on a policy", SIGNED, "Underwriting of life insurance is not payment "
                                                                 "for care."),
    ("the patient's employer asks for {} to judge a promotion", SIGNED, "An employer has no basis of its own."),
    ("a drug maker offers to pay for {} in order to send the patient advertising", SIGNED, "Sale and marketing."),
    ("a reporter asks for {} for a story", SIGNED, "The press has no basis of its own."),
    ("a lawyer, with nothing signed by the patient, asks for {} to prepare a claim against the patient", SIGNED,
     "A lawyer's letter is not legal process."),
    ("a lawyer sends only a subpoena, issued by the clerk of the court, for {}", COURT,
     "A subpoena that no judge signed needs assurance of notice or of a protective order."),
    ("a party to a lawsuit sends a discovery request for {} without any statement about notice", COURT,
     "A discovery request needs assurance of notice or of a protective order."),
    ("a sister at the bedside, who helps at home, asks in the patient's presence about {}", ASKED,
     "People involved in the care: the patient is there and can be asked."),
    ("a caller who gives the patient's name asks for the room number", ASKED,
     "The facility directory: the patient can opt out."),
)
PARTS = ("the operative report", "the last discharge summary", "the laboratory results", "the imaging reports",
         "the records of one stay", "the clinic notes of a year")

MINORS = {
    "The parent, as the personal representative": "Here something takes the parent's role away.",
    "The minor, who lawfully consented alone": "The minor did not consent alone under a state law that allows it.",
    "The minor, as the parent agreed to confidentiality": "No parent agreed to confidentiality here.",
    "The hospital, which may refuse for fear of abuse": "Nothing points to abuse or danger.",
}
MINOR_CASES = (
    ("The mother signed the consent to treat. State law makes no exception for such care", 0,
     "A parent who can consent to the care controls the record."),
    ("The father brought the patient and agreed to the care, which state law leaves to parents", 0,
     "A parent who can consent to the care controls the record."),
    ("State law lets a minor of that age consent to this care, and the patient did so. It gives parents no access", 1,
     "By the minor's own lawful consent, the parent is not the representative for this care."),
    ("The patient came alone. The law of the state allows that for this care, and denies parents a copy", 1,
     "By the minor's own lawful consent, the parent is not the representative for this care."),
    ("Before the visits both parents agreed in writing that the doctor and the patient may talk in confidence", 2,
     "A parent who agrees to confidentiality gives up that role for this care."),
    ("The physician documents injuries that she believes the parent caused, and fears worse if the record is given", 3,
     "A professional who reasonably fears abuse or danger may decide not to treat the parent as representative."),
)
CARE = ("a visit for counseling", "treatment of an infection", "care after an injury", "a visit about contraception",
        "treatment of a skin disease", "an evaluation of headaches")

PART2 = {
    "Yes, under the patient's consent": "The consent in this case does not reach this use.",
    "Yes, as a medical emergency": "Nobody is in a medical emergency here.",
    "No, without a Part 2 court order or consent": "Something here does allow the disclosure.",
    "Yes, as these are not Part 2 records": "A Part 2 program made the records, so Part 2 does govern them.",
}
PART2_CASES = (
    ("A Part 2 program holds the records. The patient signed one consent for all future treatment, payment and health "
     "care operations. A clinic that now treats the patient asks for them", 0,
     "One consent may cover all future treatment, payment and operations."),
    ("A Part 2 program holds the records. The patient consented in writing to disclosure to this one health plan for "
     "payment. The plan asks for them", 0, "The consent names the recipient and the purpose."),
    ("A Part 2 program holds the records. The patient is unconscious in an emergency department, cannot consent, and "
     "the physician there needs the doses of methadone", 1,
     "In a medical emergency, what is needed goes to medical personnel and is documented."),
    ("A Part 2 program holds the records. A prosecutor sends a grand jury subpoena, and there is no consent", 2,
     "A subpoena alone is not enough: Part 2 asks for a court order under its own rules."),
    ("A Part 2 program holds the records. The patient consented to treatment, payment and operations only. The lawyer "
     "of a former spouse wants them for a custody trial against the patient", 2,
     "Use against the patient in a proceeding needs a specific consent, or a court order under Part 2."),
    ("A general medical unit noted alcohol use in a history. It is not a program, and nobody there is held out as "
     "providing treatment of such disorders. A treating hospital asks for the note", 3,
     "Without a Part 2 program behind it the note is under HIPAA alone, and treatment is permitted."),
)

BREACH = {
    "A presumed breach: assess the risk, or notify": "An exception or encryption takes this out of the presumption.",
    "No breach: good-faith access within the job": "The access was not in good faith within the job.",
    "No breach: a slip between authorized people": "Recipient and sender were not both authorized at one entity.",
    "No breach: the recipient could not retain it": "The person could have kept the information.",
    "No notice: the information was encrypted": "The information was not secured by encryption.",
}
BREACH_CASES = (
    ("a fax with the results of a patient went to a restaurant, whose owner called about it", 0,
     "An unauthorized recipient outside: a breach is presumed unless a low probability of compromise is shown."),
    ("a clerk looked up the record of a neighbor out of curiosity", 0, "Snooping is not access in good faith."),
    ("a laptop with unencrypted records was stolen from a car", 0, "Unsecured information left the hospital's hands."),
    ("a discharge packet was handed to the wrong patient, who read it at home", 0,
     "An unauthorized person had and read it."),
    ("a biller opened a wrong account while looking for one she was to bill, saw the error, and closed it", 1,
     "Unintentional, in good faith and within the scope of authority, with no further use."),
    ("a coder mistyped a number, opened a chart outside her work queue, saw that it was not hers, and closed it", 1,
     "Unintentional, in good faith and within the scope of authority, with no further use."),
    ("a physician sent a report to the wrong physician of the same hospital, who is authorized to see records and did "
     "nothing with it", 2, "Inadvertent, between two authorized people of one entity, with no further use."),
    ("a nurse handed the papers of one patient to another, and took them back unread a moment later", 3,
     "A good-faith belief that the recipient could not have retained it."),
    ("letters with test results came back from the post office unopened, as undeliverable", 3,
     "A good-faith belief that the recipient could not have retained it."),
    ("a tablet with records was lost; it was encrypted by the standard that HHS names, and its key was kept apart", 4,
     "Encrypted information is not unsecured: no notice is due."),
)

NOTICES = {
    "The patients now, and HHS with the yearly report": "There are 500 people or more.",
    "The patients and HHS now, and no media": "The number does not fit: look at the total and at each state.",
    "The patients, HHS now, and media in one state": "The number does not fit: count the states with more than 500 "
                                                     "affected residents.",
    "The patients, HHS now, and media in both states": "Not both states have more than 500 affected residents.",
}
DEAD = {
    "Yes: it is no longer protected, as 50 years have passed": "50 years from the death have not passed.",
    "Yes: to the personal representative": "The person who asks does not act for the estate.",
    "Yes: to a person involved in the care, as relevant to it": "The person was not involved in the care.",
    "Not without the personal representative's authorization": "A rule does permit this one.",
}
NECESSARY = {
    "It does not apply: this is for treatment": "The request is not a provider's for treatment.",
    "It does not apply: this goes to the patient": "The patient is not the one who receives this.",
    "It does not apply: this is by authorization": "Nobody signed an authorization.",
    "It applies: only what is needed may go": "One of the exceptions covers this disclosure.",
}
NECESSARY_CASES = (
    ("a surgeon elsewhere asks for the whole record before an operation", 0, "Disclosures to a provider for "
                                                                             "treatment."),
    ("a home health nurse asks for wound photographs to plan her care", 0, "Disclosures to a provider for treatment."),
    ("the patient asks for a copy of everything", 1, "Disclosures to the individual."),
    ("the patient asks to see all notes of the last stay on the portal", 1, "Disclosures to the individual."),
    ("the patient signed a valid authorization for the whole record to a lawyer", 2,
     "The authorization itself says what is disclosed."),
    ("a life insurer presents the patient's valid authorization for five years of records", 2,
     "The authorization itself says what is disclosed."),
    ("a health plan asks for records to review a claim", 3, "Payment is under the standard."),
    ("the quality department asks for charts for a study of falls", 3, "Health care operations are under the "
                                                                       "standard."),
    ("a collection agency that works for the hospital asks for the account", 3, "Payment is under the standard."),
)
FORMS = {
    "Yes, it is valid": "The form has a defect.",
    "No: it has expired": "The date on the form has not come yet.",
    "No: a core element is missing": "Each core element is there.",
    "No: it was revoked in writing": "Nobody revoked it.",
}
ELEMENTS = ("a description of what is to be disclosed", "the name of the party who may disclose it", "the name of "
    "the party who receives it",
            "the purpose", "the patient's signature and its date")
LISTED = {  # a disclosure: whether an accounting shows it
    "records to a specialist for treatment": False, "a claim with notes to the health plan": False,
    "a copy to the patient": False, "records to a lawyer under the patient's authorization": False,
    "charts to the hospital's own quality department": False,
    "a report of a disease to the health department": True, "a fax sent to a wrong number": True,
    "records under a court order": True, "a report of suspected child abuse": True,
    "records to an agency inspecting the hospital": True, "a gunshot wound report to the police, as the law "
                                                          "requires": True,
}


def among(stream: Stream, answers: Mapping[str, str], right: str, why: str) -> tuple[Choice, tuple[Choice, ...]]:
    """Return the key and three drawn ones of the other answers."""
    key, others = chosen(answers, right, why)
    return key, tuple(stream.some(others, 3))


def _basis(stream: Stream) -> Draw:
    """Whether a request is met without authorization."""
    words, answer, why = stream.one(REQUESTS)
    stem = (f"At {stream.one(HOSPITALS)}, {words.format(stream.one(PARTS))}. The patient is {person(stream)}, "
            f"{stream.whole(31, 86)} years old, and no state law is stricter. Does HIPAA let the hospital "
            + stream.one(("meet the request?", "disclose what is requested?", "comply?")))
    return Draw(stem, *chosen(BASES, answer, why))


def _minor(stream: Stream) -> Draw:
    """Who controls the record of a minor's care."""
    words, number, why = stream.one(MINOR_CASES)
    answer = tuple(MINORS)[number]
    child = stream.one(("boy", "girl"))
    stem = (f"The parent of a {stream.whole(13, 17)}-year-old {child} named {stream.one(SURNAMES)} "
            f"asks {stream.one(HOSPITALS)} for the record of {stream.one(CARE)}. {words}. Under HIPAA, who "
            "controls access to the record?")
    return Draw(stem, *chosen(MINORS, answer, why))


def _part2(stream: Stream) -> Draw:
    """Whether records about a substance use disorder may go out."""
    words, number, why = stream.one(PART2_CASES)
    stem = (f"At {stream.one(HOSPITALS)}, a request concerns records of alcohol and drug use of {person(stream)}, age "
            f"{stream.whole(22, 68)}. {words}. May they be disclosed?")
    return Draw(stem, *chosen(PART2, tuple(PART2)[number], why))


def _breach(stream: Stream) -> Draw:
    """Breach, exception or secured information."""
    words, number, why = stream.one(BREACH_CASES)
    found = drawn_day(stream, dt.date(2026, 1, 5), 300)
    stem = (f"On {on(found)} the privacy officer of {stream.one(HOSPITALS)} learns that {words}. How does the HIPAA "
            "breach rule treat this?")
    return Draw(stem, *among(stream, BREACH, tuple(BREACH)[number], why))


def _breach_notices(stream: Stream) -> Draw:
    """Who is told of a breach, by the total and by state."""
    numbers = [stream.one((stream.whole(20, 240), stream.whole(260, 490), stream.whole(510, 2_400))) for _ in range(2)]
    states = stream.some(("Ohio", "Indiana", "Kentucky", "Iowa", "Nebraska", "Kansas", "Oregon", "Idaho", "Maine"), 2)
    many = sum(number > 500 for number in numbers)
    answer = tuple(NOTICES)[0 if sum(numbers) < 500 else 1 + many]
    total = f"{numbers[0]:,} + {numbers[1]:,} = {sum(numbers):,} people"
    why = {0: f"{total}, fewer than 500: HHS in the yearly report.",
           1: f"{total}: HHS now. In no state are more than 500 residents affected.",
           2: f"{total}: HHS now. More than 500 residents of one state: media there.",
           3: f"{total}: HHS now. More than 500 residents of each state: media in both."}[tuple(NOTICES).index(answer)]
    stem = (f"A breach of unsecured information at {stream.one(HOSPITALS)} affects {numbers[0]:,} residents of "
            f"{states[0]} and {numbers[1]:,} residents of {states[1]}. All addresses are current. "
            + stream.one(("Who is notified?", "Who must be notified?")))
    return Draw(stem, *chosen(NOTICES, answer, why))


def _deceased(stream: Stream) -> Draw:
    """Whether the record of a dead patient may be given."""
    passed = stream.chance(35)
    today = drawn_day(stream, dt.date(2026, 1, 5), 300)
    died = drawn_day(stream, dt.date(1961, 1, 1), 5_000) if passed else drawn_day(stream, dt.date(1979, 1, 1), 12_000)
    who, number = stream.one((
        ("a historian who never met the patient asks for the record", 3),
        ("the executor named by the court asks for the record", 1),
        ("a brother, who nursed the patient in the last illness and has no court appointment, asks what the final "
         "treatment was", 2),
        ("a cousin, who had no part in the care and no court appointment, asks for the record for a family history", 3),
    ))
    if passed and number != 3:
        who, number = "a historian who never met the patient asks for the record", 3
    answer = tuple(DEAD)[0 if passed else number]
    why = {0: "A person's information is protected for 50 years after death.",
           1: "A person with authority to act for the estate is treated as the individual.",
           2: "What concerns the involvement may be told, unless the patient was known to be against it.",
           3: "Within 50 years the information is protected as in life."}[tuple(DEAD).index(answer)]
    stem = (f"{person(stream)} died at {stream.one(HOSPITALS)} on {on(died)}. On {on(today)} {who}. Does HIPAA let the "
            "hospital disclose it?")
    return Draw(stem, *chosen(DEAD, answer, why))


def _access_fee(stream: Stream) -> Draw:
    """What a patient may be charged for a copy."""
    pages, minutes, wage = stream.whole(40, 180), stream.whole(6, 24), stream.whole(16, 28) * 100
    search, drive, post = stream.whole(15, 40) * 100, stream.whole(3, 9) * 100, stream.whole(4, 13) * 100
    mailed = stream.chance(50)
    labor = (wage * minutes + 30) // 60
    due = labor + drive + (post if mailed else 0)
    way = ("asks that it be mailed" if mailed else "will pick it up")
    stem = (f"{woman(stream)} asks for her own record, {pages} pages, on a flash drive, and {way}. At "
            f"{stream.one(HOSPITALS)} finding and checking the record costs {dollars(search)}. Copying it to the drive "
            f"takes {minutes} minutes at {dollars(wage)} an hour. The drive costs {dollars(drive)}"
            f"{f', postage {dollars(post)}' if mailed else f'; postage would be {dollars(post)}'}. What is the most "
            "the hospital may charge, based on its actual costs?")
    key = Choice(dollars(due), f"Labor for copying {dollars(labor)}, the drive {dollars(drive)}"
                 + (f", postage {dollars(post)}" if mailed else "") + f": {dollars(due)}. Finding the record is not "
                 "charged.")
    return Draw(stem, key, three(
        key,
        Choice(dollars(due + search), "This charges for search and retrieval, which HIPAA does not allow."),
        Choice(dollars(labor), "Supplies may be charged too."),
        Choice(dollars(pages * 75), "A price for each page, here 75 cents, is not allowed for what is kept "
                                    "electronically."),
        Choice(dollars(due + (-post if mailed else post)), "Postage is charged when the patient asks for the mail, and "
                                                           "only then."),
    ))


def _necessary(stream: Stream) -> Draw:
    """Whether the minimum necessary standard applies."""
    words, number, why = stream.one(NECESSARY_CASES)
    stem = (f"{begin(stream.one(HOSPITALS))}, {on(drawn_day(stream, dt.date(2026, 1, 5), 300))}: {words}. The patient "
            f"is {person(stream)}. "
            + stream.one(("How does the minimum necessary standard bear on this?",
                          "Does the minimum necessary standard apply?")))
    return Draw(stem, *chosen(NECESSARY, tuple(NECESSARY)[number], why))


def _authorization(stream: Stream) -> Draw:
    """Whether a form is a valid authorization on the day it is used."""
    number = stream.whole(0, 3)
    signed = drawn_day(stream, dt.date(2026, 1, 5), 120)
    used = signed + dt.timedelta(stream.whole(20, 90))
    expires = used - dt.timedelta(stream.whole(2, 15)) if number == 1 else used + dt.timedelta(stream.whole(5, 120))
    missing = stream.one(ELEMENTS[:4]) if number == 2 else ""
    has = [element for element in ELEMENTS if element != missing]
    revoked = (f"A letter in which the patient revokes it came on {on(used - dt.timedelta(3))}." if number == 3 else
               "Nothing further has come from the patient.")
    stem = (f"On {on(used)} {stream.one(HOSPITALS)} receives a form that {person(stream)} signed on {on(signed)}. It "
            f"has these elements: {'; '.join(has)}. It has the required statements and expires on {on(expires)}. "
            f"{revoked} May the hospital rely on it?")
    why = ("Each core element is there, the date is to come, and nobody took it back.",
           f"{on(expires)} is past on {on(used)}.", f"The form lacks {missing}.",
           "A written revocation ends it, except for what was done before.")[number]
    return Draw(stem, *chosen(FORMS, tuple(FORMS)[number], why))


def _accounting(stream: Stream) -> Draw:
    """How many disclosures an accounting lists."""
    asked = drawn_day(stream, dt.date(2026, 1, 5), 300)
    drawn = stream.some(tuple(LISTED), 6)
    old = stream.whole(0, 5)
    rows, count = [], 0
    for i, what in enumerate(drawn):
        day = asked - dt.timedelta(stream.whole(2_250, 3_000) if i == old else stream.whole(40, 2_100))
        rows.append(f"{what}, {on(day)}")
        count += LISTED[what] and i != old
    every = sum(LISTED[what] for what in drawn)
    stem = (f"On {on(asked)} {person(stream)} asks {stream.one(HOSPITALS)} for an accounting of disclosures for "
            "the longest period that HIPAA allows. The log is below. "
            + stream.one(("How many of its entries does the accounting list?",
                          "How many of the entries belong in the accounting?")) + lines(*rows))
    key = Choice(str(count), "Listed are disclosures of the last six years other than those for treatment, payment and "
                             "operations, to the patient, or by authorization: " + str(count) + ".")
    return Draw(stem, key, three(
        key,
        Choice(str(every), "This lists one that is more than six years old."),
        Choice("6", "This lists everything in the log."),
        Choice(str(5 - count), "These are the ones of six years that an accounting leaves out."),
        Choice(str(6 - every), "These are the ones that an accounting leaves out."),
        Choice(str(count + 1), "This lists one too many: count again which kinds an accounting shows."),
        Choice(str(count + 2), "This lists two too many: count again which kinds an accounting shows."),
    ))


TEMPLATES = makers(
    (Template("t-disclosure-basis", ("2.1", "2.2"), "application", "45-cfr-164-506-508-510-512", WRITTEN), _basis),
    (Template("t-minor-record", ("2.2",), "analysis", "45-cfr-164-502-g-3", WRITTEN), _minor),
    (Template("t-part-2-disclosure", ("2.1",), "analysis", "42-cfr-part-2-consent-and-orders", WRITTEN), _part2),
    (Template("t-breach-or-not", ("2.5", "2.1"), "analysis", "45-cfr-164-402-breach-paragraph-1", WRITTEN), _breach),
    (Template("t-breach-notices", ("2.5", "3.4"), "analysis", "45-cfr-164-406-164-408-b", WRITTEN), _breach_notices),
    (Template("t-deceased-record", ("2.2",), "analysis", "45-cfr-164-502-g-4-164-502-f", WRITTEN), _deceased),
    (Template("t-access-fee", ("2.2", "2.1"), "application", "45-cfr-164-524-c-4", WRITTEN), _access_fee),
    (Template("t-minimum-necessary", ("2.1", "2.3"), "application", "45-cfr-164-502-b-2", WRITTEN), _necessary),
    (Template("t-authorization-valid", ("2.1",), "analysis", "45-cfr-164-508-b-2-c-1", WRITTEN), _authorization),
    (Template("t-accounting-count", ("2.1", "2.2"), "analysis", "45-cfr-164-528-1", WRITTEN), _accounting),
)
