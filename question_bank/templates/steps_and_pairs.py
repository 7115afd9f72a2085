"""Steps of work to be put in order, and cases to be matched with who pays, what is done, who owns a hold.

A chain holds all its steps; a question draws some of them.
"""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, MatchDraw, OrderDraw, Template, dollars, makers
from question_bank.templates.wording import HOSPITALS, SURNAMES, begin, drawn_day, on, person

WRITTEN = dt.date(2026, 11, 25)
FIRST = dt.date(2026, 1, 5)

CLAIM = (
    ("Verify the patient's coverage with the plan", "Coverage is checked before the service."),
    ("Get the plan's authorization", "Approval is asked for when coverage is known."),
    ("Perform the operation and document it", "Nothing can be charged before it is done."),
    ("Code the record and enter the charges", "Codes come from the documentation."),
    ("Run the claim through the edits", "Edits need codes and charges."),
    ("Send the claim", "It goes out when the edits are clean."),
    ("Read the plan's acknowledgment", "The plan says first whether it takes the claim in."),
    ("Post the remittance", "Payment and adjustments come with the decision."),
    ("Bill the patient's share", "What the patient owes is known from the remittance."),
)
RELEASE = (
    ("Log the request with the day it came", "The clock runs from receipt."),
    ("Check who is asking and whether the form is valid", "Without authority nothing else is needed."),
    ("Find the patient in the index by two identifiers", "The right patient comes before the right pages."),
    ("Gather the pages that the form covers", "The form sets the scope."),
    ("Take out specially protected pages that it does not name", "This is seen once the pages are together."),
    ("Send the copy by the secure method agreed on", "It goes when the content is checked."),
    ("Record what was disclosed, to whom and when", "The log is closed after sending."),
)
LEVELS = (
    ("Redetermination by the Medicare contractor", "Level 1."),
    ("Reconsideration by the independent contractor", "Level 2."),
    ("Hearing before an administrative law judge", "Level 3."), ("Review by the Appeals Council", "Level 4."),
    ("Review by a federal district court", "Level 5."),
)
BREACH = (
    ("Stop the leak and get the information back if possible", "Harm is limited before anything is judged."),
    ("Find out what was seen, by whom and of which patients", "The facts come before their weighing."),
    ("Assess the four factors of risk", "The assessment rests on the facts."),
    ("Decide and document whether it is a breach", "The decision follows the assessment."),
    ("Tell the patients in writing", "Notice follows the decision, within 60 days of discovery."),
    ("Include it in the yearly report to HHS", "For fewer than 500 people this comes after the end of the year."),
)
BUYING = (
    ("Write down what the users need", "Needs come before the market."),
    ("Ask vendors for general information", "A request for information narrows the field."),
    ("Send a request for proposals to some of them", "It asks for offers on stated requirements."),
    ("Score the proposals by criteria set before", "Offers are compared on paper first."),
    ("Watch scripted demonstrations of the best", "Few vendors are invited."),
    ("Negotiate and sign the contract", "One vendor is left."),
    ("Train staff and go live", "It follows the contract."),
)
HOLD_OWNERS = {
    "The coders": ("coded, but the codes wait for a second coder's check", "not coded yet, though the record is "
                                                                           "complete",
                   "with a coding error that the grouper rejects"),
    "The physician": ("without the discharge summary", "without an answer to a query about the kind of heart failure",
                      "with an operative report that is not signed"),
    "Patient registration": ("with a policy number that the plan does not recognize", "with the guarantor missing",
                             "with a birth date that differs from the plan's"),
    "The charging department": ("with a surgical implant in the record and not in the charges",
                                    "with infusion hours that nobody has charged",
                                    "with two charges for one scan, one of them wrong"),
    "Utilization review": ("with an inpatient day that the plan has not authorized",
                           "with a patient status that was changed and is still under review"),
}
OWNER_WHY = {
    "The coders": "The record is complete: what is open is the coding.",
    "The physician": "Only the physician can write, sign or clarify the documentation.",
    "Patient registration": "The error is in the identity or insurance taken at registration.",
    "The charging department": "The charges are missing or wrong, and the department that gave the service enters "
                               "them.",
    "Utilization review": "Authorization and patient status are settled with the plan by utilization review.",
}
PAYERS = {  # how an adjustment reads, and who bears it
    "the deductible, group PR": "The patient", "coinsurance, group PR": "The patient",
    "a copayment, group PR": "The patient", "a service that the policy excludes, group PR": "The patient",
    "the part of the charge above the contract's rate, group CO": "The hospital",
    "a claim filed too late under the contract, group CO": "The hospital",
    "a service without the authorization that the contract requires, group CO": "The hospital",
    "Medicare's sequestration, group CO": "The hospital",
    "what the primary plan has paid already, group OA": "Nobody: another payer has dealt with it",
}
ACTIONS = {
    "Appeal": ("medical necessity is denied, but the record meets the plan's criteria",
               "it is called experimental, though the plan's own policy covers it",
               "the level of care is denied, and the notes show that the criteria were met"),
    "Corrected claim": ("the diagnosis pointer on one line is wrong", "the patient's sex was keyed in wrongly",
                        "a modifier is missing that the operative report supports",
                        "the units are ten times what was given"),
    "Rebill to another payer": ("the spouse's plan turns out to be primary", "the accident insurer is responsible",
                                "the patient joined a Medicare Advantage plan before the service"),
    "Bill the patient": ("the allowed amount went to the deductible, group PR",
                         "coinsurance is left, group PR", "the plan excludes the service, group PR, notice signed"),
    "Close": ("paid at the contract's rate, the rest is group CO",
              "an exact duplicate of a claim that was paid", "only the 2% sequestration was taken off, group CO"),
}


def steps(stream: Stream, chain: tuple[tuple[str, str], ...], stem: str, count: int) -> OrderDraw:
    """Return an ordering of some steps of a chain."""
    taken = sorted(stream.some(range(len(chain)), count))
    return OrderDraw(stem, tuple(Choice(*chain[i]) for i in taken))


def _claim(stream: Stream) -> OrderDraw:
    """The life of a claim."""
    return steps(stream, CLAIM, f"{person(stream)} has an elective operation at {stream.one(HOSPITALS)}, planned for "
                 f"{on(drawn_day(stream, FIRST, 300))}. The plan requires authorization. Put these steps in the order "
                 "in which they happen.", 5)


def _release(stream: Stream) -> OrderDraw:
    """Answering a request for records."""
    return steps(stream, RELEASE, f"On {on(drawn_day(stream, FIRST, 300))} a lawyer sends {stream.one(HOSPITALS)} an "
                 f"authorization for the records of {person(stream)}. In what order does a careful clerk work?", 5)


def _levels(stream: Stream) -> OrderDraw:
    """Levels of a Medicare appeal."""
    amount = stream.whole(2_100, 9_900) * 100
    return steps(stream, LEVELS, f"{begin(stream.one(HOSPITALS))} appeals the denial of a stay of {person(stream)} "
                 f"under Original Medicare, worth {dollars(amount)}, as far as it can. Put these stages in the order "
                 "in which they are reached.", 4)


def _breach(stream: Stream) -> OrderDraw:
    """Handling a breach of few patients."""
    return steps(stream, BREACH, f"On {on(drawn_day(stream, FIRST, 300))} {stream.one(HOSPITALS)} learns that letters "
                 f"of {stream.whole(9, 320)} patients went to wrong addresses. Put the privacy officer's steps in "
                 "order.", 5)


def _buying(stream: Stream) -> OrderDraw:
    """Buying a system."""
    what = stream.one(("a coding system", "a system for releasing records", "dictation with speech recognition",
                       "a master patient index", "a scanning system", "a system for chart deficiencies"))
    return steps(stream, BUYING, f"{begin(stream.one(HOSPITALS))} wants to buy {what} for {stream.whole(12, 90)} "
                 f"users, and {stream.one(SURNAMES)} leads the project. Put these stages in order.", 5)


def _who_pays(stream: Stream) -> MatchDraw:
    """Who bears each adjustment of a remittance."""
    both = [stream.some([words for words, payer in PAYERS.items() if payer == wanted], 2)
            for wanted in ("The patient", "The hospital")]
    words = stream.shuffled([*both[0], *both[1], "what the primary plan has paid already, group OA"])
    amounts = [stream.whole(12, 900) * 100 + stream.whole(0, 99) for _ in words]
    whys = {"The patient": "PR is the patient's.", "The hospital": "CO never goes to the patient."}
    pairs = tuple((Choice(f"{dollars(amount)}: {what}", whys.get(PAYERS[what], "OA puts it on neither party.")),
                   PAYERS[what]) for what, amount in zip(words, amounts, strict=True))
    return MatchDraw(f"A remittance of {on(drawn_day(stream, FIRST, 300))} to {stream.one(HOSPITALS)}, in network, "
                     f"adjusts five claims. Match each adjustment to who bears it.", pairs, ("The plan, after an "
                                                                                             "appeal",))


def _action(stream: Stream) -> MatchDraw:
    """What a denial desk does in each case."""
    drawn = stream.shuffled([(stream.one(cases), action) for action, cases in ACTIONS.items()])
    reasons = {"Appeal": "The claim was right and the decision wrong.", "Corrected claim": "The claim was wrong.",
               "Rebill to another payer": "The claim went to the wrong payer.",
               "Bill the patient": "The plan decided that the patient owes it.", "Close": "Nothing is left to get."}
    pairs = tuple((Choice(f"{begin(words)} (account of {person(stream)})", reasons[action]), action)
                  for words, action in drawn)
    return MatchDraw(f"The denial desk of {stream.one(HOSPITALS)} sorts five payer responses on "
                     f"{on(drawn_day(stream, FIRST, 300))}. Match each to the action it needs.", pairs)


def _hold_owner(stream: Stream) -> MatchDraw:
    """Who can release a held account."""
    owners = stream.some(tuple(HOLD_OWNERS), 4)
    pairs = tuple((Choice(f"{dollars(stream.whole(30, 900) * 10_000)}, {stream.one(HOLD_OWNERS[owner])}",
                          OWNER_WHY[owner]), owner) for owner in owners)
    return MatchDraw(f"Discharged accounts of {stream.one(HOSPITALS)} are unbilled on "
                     f"{on(drawn_day(stream, FIRST, 300))}. Match each to who can release it.", pairs,
                     tuple(owner for owner in HOLD_OWNERS if owner not in owners))


TEMPLATES = makers(
    (Template("t-order-claim", ("4.9",), "application", "registration-billing-practice", WRITTEN), _claim),
    (Template("t-order-release", ("2.1", "2.2"), "application", "release-of-information-steps", WRITTEN), _release),
    (Template("t-order-appeal", ("4.4",), "recall", "42-cfr-405-904", WRITTEN), _levels),
    (Template("t-order-breach", ("2.5",), "application", "45-cfr-164-402-414-steps", WRITTEN), _breach),
    (Template("t-order-buying", ("6.5",), "application", "ahima-rfi-rfp-process-health-information-systems", WRITTEN),
     _buying),
    (Template("t-match-who-pays", ("4.4", "4.9"), "application", "x12-835-claim-adjustment-group-codes-plain-meaning",
              WRITTEN), _who_pays),
    (Template("t-match-denial-action", ("4.4",), "analysis", "payer-remittance-practice", WRITTEN), _action),
    (Template("t-match-hold-owner", ("4.7",), "application", "dnfb-work-queue-practice", WRITTEN), _hold_owner),
)
