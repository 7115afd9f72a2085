"""Rates of a hospital: deaths, autopsies, infections, cesareans, consultations, readmissions."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, makers, percent, rounded, three
from question_bank.templates.wording import HOSPITALS, MONTHS, reported

WRITTEN = dt.date(2026, 11, 25)
FORMULAS = "inpatient-statistics-formulas"
NET_DEATH = "horton-calculating-reporting-healthcare-statistics-ahima-4"
AUTOPSY = "horton-calculating-reporting-healthcare-statistics-ahima-5"
CESAREAN = "horton-calculating-reporting-healthcare-statistics-ahima-6"
DEVICE = "cdc-nhsn-patient-safety-component-manual-chapter-4-clabsi"
READMITTED = "cms-hospital-wide-condition-specific-30-day-readmission"
PERIODS = ("the first quarter", "the second quarter", "the third quarter", "the fourth quarter", "the first half-year",
           "the second half-year")


def share(part: int, whole: int) -> str:
    """Return the share in percent with two decimals, as rates of death and infection are given."""
    return f"{rounded(100 * part, whole, 2)}%"


def _gross_death(stream: Stream) -> Draw:
    """Gross death rate: all inpatient deaths over all discharges, deaths included."""
    alive, deaths = stream.whole(900, 2600), stream.whole(18, 60)
    early, outside = stream.whole(5, 14), stream.whole(3, 12)
    stem = reported(stream, stream.one(PERIODS), f"{alive:,} patients discharged alive",
                    f"{deaths} inpatient deaths in all",
                    f"{early} inpatient deaths within 48 hours of admission",
                    f"{outside} deaths in the emergency department before admission")
    stem += " " + stream.one(("What is the gross death rate?", "The board is shown the gross death rate. What is it?"))
    key = Choice(share(deaths, alive + deaths), "All inpatient deaths over all discharges, deaths among them: "
                                                f"{deaths} / ({alive:,} + {deaths}) = {share(deaths, alive + deaths)}.")
    return Draw(stem, key, three(
        key,
        Choice(share(deaths, alive), "This leaves the deaths out of the denominator. A death is a discharge as well."),
        Choice(share(deaths + outside, alive + deaths + outside), "A patient who dies in the emergency department "
                                                                  "before admission was never an inpatient."),
        Choice(share(deaths - early, alive + deaths - early), "This is the net death rate: it leaves out deaths within "
                                                              "48 hours."),
    ))


def _net_death(stream: Stream) -> Draw:
    """Net death rate: deaths within 48 hours of admission leave both parts of the fraction."""
    discharges, deaths = stream.whole(700, 2200), stream.whole(24, 70)
    early, newborn = stream.whole(6, 18), stream.whole(2, 5)
    stem = reported(stream, stream.one(PERIODS), f"{discharges:,} discharges including deaths",
                    f"{deaths} deaths of inpatients, newborns included", f"{early} deaths less than 48 hours after "
                    f"admission",
                    f"{newborn} deaths of newborns after 48 hours")
    stem += " " + stream.one(("What is the net death rate?", "Which net death rate does the hospital publish?"))
    key = Choice(share(deaths - early, discharges - early), f"({deaths} − {early}) / ({discharges:,} − {early}) = "
                 f"{share(deaths - early, discharges - early)}. The early deaths leave both parts.")
    return Draw(stem, key, three(
        key,
        Choice(share(deaths - early, discharges), "The early deaths were taken out of the numerator only."),
        Choice(share(deaths, discharges), "This is the gross death rate."),
        Choice(share(early, discharges), "This is the share of early deaths: those that the net rate leaves out."),
        Choice(share(deaths - early - newborn, discharges - early), "Newborn deaths stay in the rate."),
    ))


def _newborn_death(stream: Stream) -> Draw:
    """Newborn death rate: newborn deaths over newborn discharges, deaths included; fetal deaths are apart."""
    alive, deaths = stream.whole(420, 1600), stream.whole(3, 9)
    fetal, total = stream.whole(4, 11), stream.whole(5200, 9800)
    stem = reported(stream, "a year", f"{alive:,} newborns discharged alive", f"{deaths} newborns who died in the "
                    f"nursery or the neonatal unit",
                    f"{fetal} intermediate and late fetal deaths", f"{total:,} discharges of adults and children")
    stem += " " + stream.one(("What is the newborn death rate?", "Which newborn death rate goes in the annual report?"))
    key = Choice(share(deaths, alive + deaths), f"Newborn deaths over all newborn discharges: {deaths} / ({alive:,} + "
                                                f"{deaths}) = {share(deaths, alive + deaths)}.")
    return Draw(stem, key, three(
        key,
        Choice(share(deaths + fetal, alive + deaths + fetal), "Fetal deaths have a rate of their own. They were never "
                                                              "born alive."),
        Choice(share(deaths, alive + deaths + total), "This divides by all discharges. Newborns have their own "
                                                      "denominator."),
        Choice(share(fetal, alive + deaths + fetal), "This is the fetal death rate."),
        Choice(share(deaths, alive), "The newborns who died are discharges as well."),
    ))


def _fetal_death(stream: Stream) -> Draw:
    """Fetal death rate: intermediate and late fetal deaths over them and live births."""
    births = stream.whole(600, 2400)
    early, middle, late = stream.whole(12, 30), stream.whole(4, 10), stream.whole(3, 9)
    counted = middle + late
    stem = reported(stream, "a year", f"{births:,} live births", f"{early} early fetal deaths (less than 20 weeks)",
                    f"{middle} intermediate fetal deaths (20 to 27 weeks)", f"{late} late fetal deaths (28 weeks or "
                        f"more)")
    stem += (" The hospital's rate counts intermediate and late fetal deaths. "
             + stream.one(("What is the fetal death rate?", "Which fetal death rate is reported?")))
    key = Choice(share(counted, births + counted), f"({middle} + {late}) / ({births:,} + {middle} + {late}) = "
                 f"{share(counted, births + counted)}. The fetal deaths that are counted are in the denominator as "
                 "well.")
    return Draw(stem, key, three(
        key,
        Choice(share(counted + early, births + counted + early), "This counts the early fetal deaths too."),
        Choice(share(counted, births), "The denominator is live births alone. The fetal deaths that are counted belong "
                                       "to it."),
        Choice(share(late, births + late), "This counts the late fetal deaths only."),
    ))


def _autopsy(stream: Stream) -> Draw:
    """Gross or net autopsy rate, as drawn: bodies that the medical examiner takes leave the net denominator."""
    deaths, examiner = stream.whole(40, 110), stream.whole(4, 12)
    done, outpatients = stream.whole(8, 20), stream.whole(2, 6)
    net = stream.chance(60)
    stem = reported(stream, "a year", f"{deaths} inpatient deaths", f"{examiner} bodies of inpatients removed by the "
                    f"medical examiner, not autopsied by the hospital",
                    f"{done} autopsies of inpatients by hospital pathologists", f"{outpatients} hospital autopsies of "
                        f"former patients who died at home")
    stem += f" What is the {'net' if net else 'gross'} autopsy rate?"
    rate = {"net": share(done, deaths - examiner), "gross": share(done, deaths)}
    net_choice = Choice(rate["net"], f"{done} / ({deaths} − {examiner}) = {rate['net']}. The net rate divides by the "
                                     f"bodies that the hospital could autopsy.")
    gross_choice = Choice(rate["gross"], f"{done} / {deaths} = {rate['gross']}. The gross rate divides by all "
                                         f"inpatient deaths.")
    key, other = (net_choice, gross_choice) if net else (gross_choice, net_choice)
    return Draw(stem, key, three(
        key, other,
        Choice(share(done + outpatients, deaths - examiner if net else deaths), "Autopsies of patients who died at "
            "home belong to the hospital (adjusted) autopsy rate."),
        Choice(share(done + examiner, deaths), "The medical examiner's cases are not autopsies of the hospital."),
    ))


def _postoperative_death(stream: Stream) -> Draw:
    """Postoperative death rate: deaths within ten days of surgery over patients operated on."""
    patients = stream.whole(380, 1200)
    operations, deaths, later = patients + stream.whole(30, 150), stream.whole(4, 15), stream.whole(2, 9)
    anesthesia = stream.whole(1, 2)
    stem = reported(stream, stream.one(PERIODS), f"{patients:,} patients operated on",
                    f"{operations:,} operations",
                    f"{deaths} deaths within 10 days of the operation", f"{later} deaths of surgical patients after "
                    f"the tenth day",
                    f"{anesthesia} death{'s' if anesthesia > 1 else ''} caused by an anesthetic agent")
    stem += " " + stream.one(("What is the postoperative death rate?", "The surgery committee asks for the "
        "postoperative death rate. What is it?"))
    key = Choice(share(deaths, patients), f"Deaths within 10 days over patients operated on: {deaths} / {patients:,} = "
                                          f"{share(deaths, patients)}.")
    return Draw(stem, key, three(
        key,
        Choice(share(deaths, operations), "This divides by operations. A patient with two operations can die only "
                                          "once."),
        Choice(share(deaths + later, patients), "Deaths after the tenth day are not counted."),
        Choice(share(anesthesia, patients), "This counts anesthesia deaths alone, which have a rate of their own."),
    ))


def _infection(stream: Stream) -> Draw:
    """Postoperative infection rate: infections in clean surgical cases over operations."""
    operations = stream.whole(320, 980)
    clean, dirty, other = stream.whole(5, 16), stream.whole(6, 14), stream.whole(12, 30)
    discharges = operations * stream.whole(22, 34) // 10
    stem = reported(stream, stream.one(PERIODS), f"{operations} surgical operations",
                    f"{clean} infections in clean surgical cases",
                    f"{dirty} infections in cases that were contaminated at surgery",
                    f"{other} hospital-acquired infections of other patients",
                    f"{discharges:,} discharges")
    stem += " " + stream.one(("What is the postoperative infection rate?", "Which postoperative infection rate goes to "
        "the committee?"))
    key = Choice(share(clean, operations), f"Infections in clean cases over operations: {clean} / {operations} = "
                                           f"{share(clean, operations)}.")
    return Draw(stem, key, three(
        key,
        Choice(share(clean + dirty, operations), "Cases contaminated at surgery do not show what happened afterward: "
                                                 "only clean cases count."),
        Choice(share(clean, discharges), "This divides by discharges instead of operations."),
        Choice(share(clean + dirty + other, discharges), "This is the rate of all infections over discharges."),
    ))


def _device_infection(stream: Stream) -> Draw:
    """Central-line infections for each 1,000 central-line days."""
    month, _ = stream.one(MONTHS)
    patient_days = stream.whole(380, 760)
    line_days = patient_days * stream.whole(45, 72) // 100
    infections, patients = stream.whole(1, 5), stream.whole(80, 150)
    stem = (f"In {month} an intensive care unit of {stream.one(HOSPITALS)} had {patients} patients, {patient_days} "
            f"patient days and {line_days} central-line days. "
            f"{stream.one(('Surveillance finds', 'The infection preventionist confirms', 'The unit reports'))} "
            f"{infections} central-line infection{'s' if infections > 1 else ''}. "
            + stream.one(("What is the rate per 1,000 device days?", "Which rate per 1,000 central-line days is "
                "reported?")))
    key = Choice(rounded(1000 * infections, line_days, 2), f"{infections} / {line_days} × 1,000 = "
                                                           f"{rounded(1000 * infections, line_days, 2)}. The days at "
                                                           f"risk are the days with a line.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(1000 * infections, patient_days, 2), "This divides by patient days. A patient without a line is "
                                                            "not at risk of this infection."),
        Choice(rounded(1000 * infections, patients, 2), "This divides by patients, whose stays are of unlike length."),
        Choice(rounded(100 * infections, line_days, 2), "This is a rate per 100 device days, a tenth of what is "
                                                        "asked."),
    ))


def _cesarean(stream: Stream) -> Draw:
    """Cesarean section rate: cesarean deliveries over all deliveries, not over infants."""
    vaginal = stream.whole(240, 900)
    section = vaginal * stream.whole(28, 62) // 100
    twins = stream.whole(6, 20)
    primary = section * stream.whole(45, 70) // 100
    stem = reported(stream, stream.one(PERIODS), f"{vaginal} vaginal deliveries", f"{section} cesarean deliveries",
                    f"{primary} first cesareans, among the cesarean deliveries",
                    f"{vaginal + section + twins:,} infants born ({twins} deliveries were of twins)")
    stem += " " + stream.one(("What is the cesarean section rate?", "Which cesarean section rate does the obstetric "
                                                                    "service report?"))
    total = vaginal + section
    key = Choice(percent(section, total), f"Cesarean deliveries over all deliveries: {section} / ({vaginal} + "
                                          f"{section}) = {percent(section, total)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(section, total + twins), "This divides by infants. A delivery of twins is one delivery."),
        Choice(percent(section, vaginal), "This divides by vaginal deliveries: a ratio, not the rate."),
        Choice(percent(primary, total), "This counts first cesareans only."),
    ))


def _consultation(stream: Stream) -> Draw:
    """Consultation rate: patients who had a consultation over discharges."""
    discharges = stream.whole(420, 1500)
    seen = discharges * stream.whole(22, 48) // 100
    reports, physicians = seen + stream.whole(40, 160), stream.whole(35, 90)
    stem = reported(stream, stream.one(PERIODS), f"{discharges:,} discharges", f"{seen} discharged patients with at "
                    f"least one consultation",
                    f"{reports} consultation reports in the records", f"{physicians} physicians on the medical staff")
    stem += " " + stream.one(("What is the consultation rate?", "What percentage of patients had a consultation?"))
    key = Choice(percent(seen, discharges), f"Patients with a consultation over discharges: {seen} / {discharges:,} = "
                                            f"{percent(seen, discharges)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(reports, discharges), "This counts reports. A patient seen by three consultants is one "
                                             "patient."),
        Choice(percent(seen, reports), "This divides patients by reports, which tells how few had several."),
        Choice(percent(reports - seen, discharges), "These are the further consultations of patients who had one "
                                                    "already."),
    ))


def _readmission(stream: Stream) -> Draw:
    """Thirty-day readmission rate: index stays followed by an unplanned readmission over index stays."""
    discharges, deaths = stream.whole(320, 900), stream.whole(8, 30)
    back, planned = stream.whole(45, 110), stream.whole(6, 18)
    late = stream.whole(5, 20)
    illness = stream.one(("heart failure", "pneumonia", "COPD", "sepsis", "acute myocardial infarction"))
    stem = (reported(
        stream, f"patients with {illness} in a year", f"{discharges} discharges including deaths",
        f"{deaths} deaths in the hospital", f"{back} patients readmitted within 30 days, planned or not",
        f"{planned} planned readmissions within 30 days", f"{late} patients readmitted between day 31 and day 60")
        + " Patients who died are not in the denominator, and planned readmissions are not counted. "
          "What is the 30-day readmission rate?")
    alive, counted = discharges - deaths, back - planned
    key = Choice(percent(counted, alive), f"({back} − {planned}) / ({discharges} − {deaths}) = {counted} / {alive} = "
                                          f"{percent(counted, alive)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(back, alive), "The planned readmissions were left in."),
        Choice(percent(counted, discharges), "The patients who died were left in the denominator."),
        Choice(percent(counted + late, alive), "Readmissions after day 30 were added."),
    ))


TEMPLATES = makers(
    (Template("t-gross-death-rate", ("3.5",), "application", FORMULAS, WRITTEN), _gross_death),
    (Template("t-net-death-rate", ("3.5",), "application", NET_DEATH, WRITTEN), _net_death),
    (Template("t-newborn-death-rate", ("3.5",), "application", FORMULAS, WRITTEN), _newborn_death),
    (Template("t-fetal-death-rate", ("3.5",), "application", FORMULAS, WRITTEN), _fetal_death),
    (Template("t-autopsy-rate", ("3.5",), "application", AUTOPSY, WRITTEN), _autopsy),
    (Template("t-postoperative-death-rate", ("3.5", "5.1"), "application", FORMULAS, WRITTEN), _postoperative_death),
    (Template("t-postoperative-infection-rate", ("5.1", "3.5"), "application", FORMULAS, WRITTEN), _infection),
    (Template("t-central-line-rate", ("5.1", "3.4"), "application", DEVICE, WRITTEN), _device_infection),
    (Template("t-cesarean-rate", ("3.5",), "application", CESAREAN, WRITTEN), _cesarean),
    (Template("t-consultation-rate", ("3.5",), "application", FORMULAS, WRITTEN), _consultation),
    (Template("t-readmission-rate", ("5.1", "3.3"), "analysis", READMITTED, WRITTEN), _readmission),
)
