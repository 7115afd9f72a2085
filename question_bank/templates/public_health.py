"""Public-health figures: incidence, prevalence, attack rates, mortality, adjustment for age."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, NumberDraw, Template, makers, percent, rounded, three
from question_bank.templates.wording import OFFICES, begin, sheet

WRITTEN = dt.date(2026, 11, 25)
RISK = "cdc-principles-epidemiology-public-health-practice-lesson-3"
AGE = "cdc-principles-epidemiology-public-health-practice-lesson-3-2"
OUTBREAK = "cdc-principles-epidemiology-public-health-practice-lesson-6"
INFECTION_RATIO = "cdc-nhsn-standardized-infection-ratio-guide-sir"
DISEASES = ("chronic hepatitis C", "epilepsy", "Parkinson's disease", "rheumatoid arthritis", "type 1 diabetes",
            "ulcerative colitis", "Crohn's disease")
COMMON = ("asthma", "depression", "type 2 diabetes", "chronic kidney disease", "coronary artery disease")
EVENTS = ("central-line infections", "catheter-associated urinary infections", "hospital-onset C. difficile events",
          "surgical site infections after colon surgery")
OUTBREAKS = ("Legionnaires' disease", "invasive meningococcal disease", "West Nile neuroinvasive disease",
             "invasive listeriosis", "invasive pneumococcal disease", "invasive group A streptococcal disease")
FOODS = ("chicken salad", "potato salad", "rice", "cream pie", "ham", "oysters", "egg rolls", "coleslaw", "custard",
         "turkey",
         "fruit cup", "gravy")
GATHERINGS = ("a wedding", "a church supper", "a school picnic", "a retirement lunch", "a conference dinner",
              "a family reunion")
AREAS = ("a county", "a city", "a tribal region", "a health district", "a group of rural counties")


def per(part: int, whole: int, base: int, places: int = 1) -> str:
    """Return the rate for each `base` persons."""
    return rounded(part * base, whole, places)


def _noted(stream: Stream, about: str, *facts: str, offices: tuple[str, ...] = OFFICES) -> str:
    """Return a sentence that tells of a health department's figures, and the figures below it in a drawn order."""
    office = stream.one(offices)
    return stream.one((
        f"{begin(office)} has the figures below on {about}.",
        f"For {about}, {office} has the counts below.",
        f"A registrar lists the year's figures for {about}.",
        f"The figures below are from a yearly report on {about}.",
    )) + sheet(stream, *facts)


def _incidence(stream: Stream) -> Draw:
    """Incidence for each 100,000: new cases of the year over the population at risk at midyear."""
    population = stream.whole(320, 900) * 1000
    new = population * stream.whole(15, 60) // 100_000
    old, deaths = new * stream.whole(3, 9), new * stream.whole(5, 20) // 100
    stem = _noted(stream, f"{stream.one(DISEASES)} in {stream.one(AREAS)}", f"{population:,} residents at midyear",
                  f"{new} cases newly diagnosed in the year", f"{old:,} residents who had the disease before the year "
                  f"began",
                  f"{deaths} deaths from the disease in the year")
    stem += " With the midyear population as the denominator, what was the incidence per 100,000 residents?"
    key = Choice(per(new, population, 100_000), f"New cases over the population: {new} / {population:,} × 100,000 = "
                                                f"{per(new, population, 100_000)}.")
    return Draw(stem, key, three(
        key,
        Choice(per(new + old, population, 100_000), "This is prevalence over the year: it counts who had the disease "
                                                    "before."),
        Choice(per(deaths, population, 100_000), "This is the mortality of the disease."),
        Choice(per(new, population, 10_000), "This is the rate per 10,000."),
    ))


def _prevalence(stream: Stream) -> Draw:
    """Point prevalence in percent: all who have the disease on the day over the population on that day."""
    population = stream.whole(40, 200) * 500
    before, new = population * stream.whole(45, 110) // 1000, stream.whole(120, 400)
    left, recovered = stream.whole(40, 110), stream.whole(30, 90)
    now = before + new - left - recovered
    stem = _noted(stream,
                  f"{stream.one(COMMON)} in {stream.one(AREAS)}",
                  f"{population:,} residents on December 31", f"{before:,} residents with the disease on January 1",
                  f"{new} new cases during the year", f"{left} residents with the disease who died or moved away",
                  f"{recovered} residents who recovered or whose diagnosis was withdrawn")
    stem += " " + stream.one(("What was the point prevalence on December 31?", "What share of the residents had the "
        "disease on December 31?"))
    key = Choice(percent(now, population), f"On December 31: {before:,} + {new} − {left} − {recovered} = {now:,} "
                 f"residents with the disease. "
                 f"{now:,} / {population:,} = {percent(now, population)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(new, population), "This counts new cases only: the incidence."),
        Choice(percent(before + new, population), "This is prevalence over the year. Those who died, left or "
                                                  "recovered no longer count."),
        Choice(percent(before, population), "This is the count of January 1."),
    ))


def _suspect_food(stream: Stream) -> Draw:
    """Which dish to suspect: the greatest ratio of the attack rates of those who ate it and those who did not."""
    foods = stream.some(FOODS, 4)
    guilty = stream.whole(0, 3)
    rows, ratios = [], []
    for i in range(4):
        ate, other = stream.whole(40, 80), stream.whole(20, 50)
        sick = ate * (stream.whole(58, 80) if i == guilty else stream.whole(35, 52)) // 100
        sick_other = other * (stream.whole(8, 18) if i == guilty else stream.whole(30, 48)) // 100
        rows.append((ate, sick, other, sick_other))
        ratios.append(sick * other * 1000 // (ate * max(1, sick_other)))
    listing = "; ".join(f"{food}: {sick} of {ate} who ate it, {sick_other} of {other} who did not"
                        for food, (ate, sick, other, sick_other) in zip(foods, rows, strict=True))
    stem = (f"After {stream.one(GATHERINGS)} many guests fell ill. {begin(stream.one(OFFICES))} asks each guest what "
            f"he or she ate. Numbers ill, by dish: {listing}. " + stream.one(("Which dish is the most likely source?",
                                                           "Which dish do these attack rates point to?")))
    whys = [f"{percent(sick, ate)} of those who ate it and {percent(sick_other, other)} of the others fell "
            f"ill." for ate, sick, other, sick_other in rows]
    key = Choice(begin(foods[guilty]), whys[guilty] + " No other dish separates the two so clearly.")
    most = max(range(4), key=lambda i: rows[i][1])
    return Draw(stem, key, tuple(
        Choice(begin(foods[i]), whys[i] + (" Most of the ill ate it, but most of the guests "
                                           "did." if i == most else " The two rates are close."))
        for i in range(4) if i != guilty))


def _attack_rate(stream: Stream) -> NumberDraw:
    """Secondary attack rate: new cases among contacts over contacts at risk."""
    primary, contacts = stream.whole(12, 40), stream.whole(60, 190)
    immune = stream.whole(6, 30)
    sick = (contacts - immune) * stream.whole(10, 40) // 100
    stem = (f"In an outbreak of {stream.one(('pertussis', 'mumps', 'influenza', 'hepatitis A', 'chickenpox'))} "
            f"{stream.one(OFFICES)} follows households with {primary} primary cases and {contacts} other people. "
            f"Records show that {immune} of the others were already immune, and later {sick} of the others fell ill. "
            "With those at risk as the denominator, what was the secondary attack rate in percent, to one decimal?")
    return NumberDraw(stem, rounded(100 * sick, contacts - immune, 1), "%", (
        f"Those who are immune are not at risk: {sick} / ({contacts} − {immune}) = {percent(sick, contacts - immune)}. "
        f"With the immune left in it would be {percent(sick, contacts)}; the primary cases do not belong to either "
        "part."), "0.1")


def _case_fatality(stream: Stream) -> Draw:
    """Case fatality: deaths from the disease over cases of the disease."""
    population, cases = stream.whole(30, 120) * 100_000, stream.whole(60, 420)
    deaths, hospital = max(3, cases * stream.whole(4, 16) // 100), cases * stream.whole(30, 60) // 100
    stem = _noted(stream, f"{stream.one(OUTBREAKS)} in a state",
                  f"{population:,} residents",
                  f"{cases} cases",
                  f"{hospital} patients admitted to hospitals", f"{deaths} deaths from the disease, all in hospitals",
                  offices=("the state health department", "the state epidemiologist"))
    stem += " " + stream.one(("What was the case fatality rate?", "Of those who had the disease, what share died of it "
                                                                  "(case fatality)?"))
    key = Choice(percent(deaths, cases), f"Deaths from the disease over its cases: {deaths} / {cases} = "
                                         f"{percent(deaths, cases)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(deaths, hospital), "This divides by the patients in hospitals. Cases treated at home count as "
                                          "well."),
        Choice(percent(hospital, cases), "This is the share of cases that went to a hospital."),
        Choice(percent(deaths, cases - deaths), "This divides by those who survived. Those who died were cases too."),
    ))


def _infant_mortality(stream: Stream) -> Draw:
    """Infant, neonatal or postneonatal mortality as drawn, for each 1,000 live births."""
    births = stream.whole(4200, 19_800)
    neonatal, post = births * stream.whole(28, 46) // 10_000, births * stream.whole(14, 26) // 10_000
    fetal = births * stream.whole(30, 60) // 10_000
    kind = stream.one(("infant", "neonatal", "postneonatal"))
    stem = _noted(stream, f"births and early deaths in {stream.one(AREAS)}", f"{births:,} live births",
                  f"{neonatal} deaths before 28 days of age",
                  f"{post} deaths from 28 days of age to the first birthday", f"{fetal} fetal deaths")
    stem += f" What was the {kind} mortality rate per 1,000 live births?"
    rates = {"infant": (neonatal + post, f"Infant mortality takes all deaths before the first birthday: {neonatal} + "
             f"{post} = {neonatal + post}."),
             "neonatal": (neonatal, f"Neonatal mortality takes the deaths before 28 days of age: {neonatal}."),
             "postneonatal": (post, f"Postneonatal mortality takes the deaths from 28 days of age on: {post}.")}
    key = Choice(per(rates[kind][0], births, 1000, 2), f"{rates[kind][1]} Over {births:,} live births, times 1,000: "
                                                       f"{per(rates[kind][0], births, 1000, 2)}.")
    others = [Choice(per(deaths, births, 1000, 2), why) for name, (deaths, why) in rates.items() if name != kind]
    return Draw(stem, key, three(
        key, *others,
        Choice(per(rates[kind][0] + fetal, births, 1000, 2), "Fetal deaths were added. They are not deaths of "
                                                             "infants.")))


def _maternal_mortality(stream: Stream) -> Draw:
    """Maternal mortality for each 100,000 live births: accidents and late deaths do not count."""
    births = stream.whole(42, 160) * 1000 + stream.whole(0, 999)
    deaths, late, chance = births * stream.whole(16, 34) // 100_000, stream.whole(3, 9), stream.whole(2, 8)
    deliveries = births * stream.whole(982, 988) // 1000
    state = stream.one(("The state health department", "A vital records office", "A maternal mortality review "
        "committee"))
    stem = f"{state} counts for a year what is listed below." + sheet(stream, f"{births:,} live births",
                  f"{deaths} maternal deaths from pregnancy-related causes during pregnancy or within 42 days after it",
                  f"{late} deaths from such causes between 43 days and a year after",
                  f"{chance} deaths of pregnant women in road accidents",
                  f"{deliveries:,} women delivered")
    stem += " The measure is maternal deaths up to 42 days per 100,000 live births. What is it, to one decimal?"
    key = Choice(per(deaths, births, 100_000), f"{deaths} / {births:,} × 100,000 = {per(deaths, births, 100_000)}. "
                                               f"Late deaths and accidents are not in it.")
    return Draw(stem, key, three(
        key,
        Choice(per(deaths + late, births, 100_000), "Late maternal deaths are reported apart."),
        Choice(per(deaths + chance, births, 100_000), "An accidental death is not a maternal death, although the "
                                                      "woman was pregnant."),
        Choice(per(deaths, deliveries, 100_000), "The denominator is live births, not women delivered."),
    ))


def _adjusted(stream: Stream) -> Draw:
    """Age-adjusted death rate, direct method: the rates of three ages weighted by a standard population."""
    rates = (stream.whole(6, 14) * 10, stream.whole(25, 48) * 10, stream.whole(300, 480) * 10)  # for each 100,000
    standard = stream.one(((60, 27, 13), (59, 25, 16), (55, 30, 15), (62, 24, 14), (57, 29, 14)))
    local = stream.one(((40, 32, 28), (45, 30, 25), (42, 35, 23), (47, 29, 24)))
    ages = ("under 45", "45 to 64", "65 and over")
    rows = "; ".join(f"{age}: {rate:,} per 100,000, with {own}% of the residents and {weight}% of the standard "
                     f"population"
                     for age, rate, own, weight in zip(ages, rates, local, standard, strict=True))
    stem = (f"{begin(stream.one(AREAS))} has many {stream.one(('retired', 'older', 'elderly'))} residents. Its death "
            f"rates by age are: {rows}. "
            + stream.one(("By the direct method, what is the age-adjusted death rate per 100,000?",
                          "What age-adjusted death rate per 100,000 (direct method) is used to compare it with a "
                          "younger area?")))
    def mean(weights: tuple[int, ...]) -> str:
        return rounded(sum(r * w for r, w in zip(rates, weights, strict=True)), sum(weights), 1)
    key = Choice(mean(standard), "Each rate times its share of the standard population: "
                 + " + ".join(f"{rate:,} × {weight}%" for rate, weight in zip(rates, standard,
                     strict=True)) + f" = {mean(standard)}.")
    return Draw(stem, key, three(
        key,
        Choice(mean(local), "This uses the area's own ages as weights: the crude rate, which its age drives up."),
        Choice(mean((1, 1, 1)), "This is the plain mean of three rates, as if each age had as many people."),
        Choice(rounded(rates[2] * standard[2], 100, 1), "This takes the oldest group alone."),
    ))


def _proportionate(stream: Stream) -> Draw:
    """Proportionate mortality: deaths from one cause over all deaths."""
    deaths = stream.whole(1400, 6200)
    cause, low, high = stream.one((("heart disease", 180, 240), ("cancer", 160, 220), ("stroke", 40, 70),
                                   ("chronic lower respiratory disease", 40, 70), ("diabetes", 25, 45)))
    own = deaths * stream.whole(low, high) // 1000
    population, cases = deaths * stream.whole(95, 120), own * stream.whole(9, 20)
    stem = _noted(stream, f"deaths in {stream.one(AREAS)}", f"{deaths:,} deaths from all causes",
                  f"{own:,} deaths from {cause}",
                  f"{population:,} residents at midyear", f"{cases:,} residents who live with {cause}")
    stem += f" What was the proportionate mortality of {cause}?"
    key = Choice(percent(own, deaths), f"Deaths from the cause over all deaths: {own:,} / {deaths:,} = "
                                       f"{percent(own, deaths)}.")
    return Draw(stem, key, three(
        key,
        Choice(percent(deaths - own, deaths), "This is the share of deaths from all other causes."),
        Choice(percent(own, cases), "This divides by those who live with the disease: near to case fatality."),
        Choice(percent(deaths * 10, population), "This is the crude death rate per 1,000, not by cause."),
    ))


def _observed_expected(stream: Stream) -> Draw:
    """Standardized infection ratio, and what it says: observed over predicted infections."""
    expected = stream.whole(80, 260)  # tenths
    better = stream.chance(50)
    observed = expected * (stream.whole(55, 82) if better else stream.whole(122, 170)) // 1000
    ratio, inverse = rounded(10 * observed, expected, 2), rounded(expected, 10 * observed, 2)
    stem = (f"{begin(stream.one(('For a year', 'For twelve months', 'In its yearly summary')))}, a hospital's "
            f"surveillance reports {observed} {stream.one(EVENTS)}. The national model predicted "
            f"{rounded(expected, 10, 1)} for its patients. What does the quality report say about the standardized "
            "infection ratio?")
    fewer, more = "fewer than predicted", "more than predicted"
    says, opposite = (fewer, more) if better else (more, fewer)
    key = Choice(f"{ratio}: {says}", f"Observed over predicted: {observed} / {rounded(expected, 10, 1)} = {ratio}. "
                                     f"Below 1 is fewer than predicted, above 1 more.")
    return Draw(stem, key, three(
        key,
        Choice(f"{inverse}: {opposite}", "This divides predicted by observed: the ratio is upside down, and so is what "
                                         "it says."),
        Choice(f"{ratio}: {opposite}", "The ratio is right and read the wrong way round: 1 is what was predicted."),
        Choice(f"{inverse}: {says}", "This divides predicted by observed. What it says was guessed from the counts and "
                                     "does not fit the ratio."),
    ))


TEMPLATES = makers(
    (Template("t-incidence-rate", ("3.3", "3.5"), "application", RISK, WRITTEN), _incidence),
    (Template("t-point-prevalence", ("3.3", "3.5"), "application", RISK, WRITTEN), _prevalence),
    (Template("t-suspect-food", ("3.3",), "analysis", OUTBREAK, WRITTEN), _suspect_food),
    (Template("t-secondary-attack-rate", ("3.3",), "application", RISK, WRITTEN), _attack_rate),
    (Template("t-case-fatality", ("3.3", "3.4"), "application", RISK, WRITTEN), _case_fatality),
    (Template("t-infant-mortality", ("3.5", "3.4"), "application", RISK, WRITTEN), _infant_mortality),
    (Template("t-maternal-mortality", ("3.5", "3.4"), "application", RISK, WRITTEN), _maternal_mortality),
    (Template("t-age-adjusted-rate", ("3.3",), "analysis", AGE, WRITTEN), _adjusted),
    (Template("t-proportionate-mortality", ("3.5", "3.3"), "application", RISK, WRITTEN), _proportionate),
    (Template("t-infection-ratio", ("3.4", "5.1"), "analysis", INFECTION_RATIO, WRITTEN), _observed_expected),
)
