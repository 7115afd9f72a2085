"""A phrase of a record is coded: side, site, stage, trimester and encounter each give a character of the code.

The tables hold what each word of the record gives. ICD-10-CM as of April 2026.
"""

import datetime as dt
from collections.abc import Callable

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, CodeDraw, Template, makers
from question_bank.templates.wording import HOSPITALS, person, woman

WRITTEN = dt.date(2026, 11, 25)
ASKED = ("Which ICD-10-CM code does the coder assign for {}?", "Give the ICD-10-CM code for {}.",
         "What is the ICD-10-CM code for {}?")
SIDES = {"right": "1", "left": "2"}

FRACTURES = {  # bone: code with * for the side; displaced and nondisplaced, or without the difference
    "Colles' fracture of the {} radius": ("S52.53*", None),
    "displaced bimalleolar fracture of the {} lower leg": ("S82.84*", {"right": "1", "left": "2"}),
    "nondisplaced bimalleolar fracture of the {} lower leg": ("S82.84*", {"right": "4", "left": "5"}),
    "displaced fracture of the shaft of the {} clavicle": ("S42.02*", {"right": "1", "left": "2"}),
    "nondisplaced fracture of the shaft of the {} clavicle": ("S42.02*", {"right": "4", "left": "5"}),
}
FRACTURE_VISITS = {  # what happens: seventh character of a closed fracture, and why
    "It is seen for the first time and splinted in the emergency department": ("A", "Active treatment is A."),
    "Six days after the fall it is fixed with a plate in the operating room":
        ("A", "Surgery is active treatment, though days have passed: A."),
    "After weeks in a cast it heals as expected, and the cast comes off":
        ("D", "Aftercare with routine healing is D."),
    "At a follow-up visit the physician documents delayed healing": ("G", "Delayed healing is G."),
    "A year later the orthopedist documents a nonunion and plans a graft": ("K", "Nonunion is K."),
    "It has healed in poor alignment, and the physician documents a malunion": ("P", "Malunion is P."),
    "It healed long ago. Residual stiffness is treated today": ("S", "A late effect of the injury is S."),
}
BURN_SITES = {"palm of the {} hand": "T23.*5", "back of the {} hand": "T23.*6", "{} wrist": "T23.*7",
              "{} thumb": "T23.*1", "{} knee": "T24.*2", "{} lower leg": "T24.*3", "{} forearm": "T22.*1"}
BURN_DEGREES = {"First-degree burn": "1", "Second-degree burn": "2", "Partial-thickness burn with blisters": "2",
                "Third-degree burn": "3", "Full-thickness burn": "3"}
BURN_VISITS = {"Dressed on the day of the accident": "A", "Debrided in the operating room on the third day": "A",
               "Healing well; seen for a change of dressing after treatment was over": "D",
               "Long healed; seen for a scar contracture that it left": "S"}
ULCER_SITES = {"sacral region": "L89.15", "right heel": "L89.61", "left heel": "L89.62", "right hip": "L89.21",
               "left hip": "L89.22", "right buttock": "L89.31", "left buttock": "L89.32"}
ULCER_STAGES = {
    "skin intact with redness that does not blanch, stage 1": "1", "loss of part of the dermis, stage 2": "2",
    "loss of the full skin with visible fat, stage 3": "3", "exposed bone, stage 4": "4",
    "wound bed covered by eschar, unstageable": "0", "deep tissue damage due to pressure, with purple skin that is "
                                                     "intact": "6",
    "wound measured and dressed, no stage recorded": "9",
}
GLAUCOMA_STAGES = {"mild": "1", "moderate": "2", "severe": "3", "indeterminate": "4"}
EYES = {"right eye": "1", "left eye": "2", "both eyes": "3"}
EARS = {"right ear": 1, "left ear": 2, "both ears": 3}
GOUT_SITES = {"{} shoulder": "1", "{} elbow": "2", "{} wrist": "3", "{} hand": "4", "{} hip": "5", "{} knee": "6",
              "{} ankle": "7", "{} foot": "7", "{} great toe": "7"}
GOUT_KINDS = {"Primary gout": "M10.0", "Idiopathic gout": "M10.0", "Gout due to a diuretic": "M10.2"}
PREGNANCIES = {  # what is documented: code with * for the trimester
    "Prenatal visit for a first pregnancy at age {age}; supervised as high-risk because of her age":
        "O09.51*",
    "Prenatal visit for a third pregnancy at age {age}; supervised as high-risk because of her age":
        "O09.52*",
    "Anemia complicating the pregnancy, now treated": "O99.01*",
    "Gestational hypertension without proteinuria": "O13.*",
    "Urinary tract infection in pregnancy, site not further specified": "O23.4*",
}


def asked(stream: Stream, what: str) -> str:
    """Return the question at the end."""
    return stream.one(ASKED).format(what)


def note(stream: Stream, words: str, low: int = 19, high: int = 88, who: Callable[[Stream], str] = person) -> str:
    """Return a sentence with the words of a record."""
    years, place, name = stream.whole(low, high), stream.one(HOSPITALS), who(stream)
    return stream.one((
        f"The record of {name}, age {years}, at {place} reads: {words}.",
        f"Documented at {place} for a patient, age {years}: {words}.",
        f"{name} is {years} and is seen at {place}. The provider writes: {words}.",
        f"From a chart at {place}, patient age {years}: {words}.",
    ))


def code_draw(stem: str, right: str, why: str, *mistakes: tuple[str, str]) -> CodeDraw:
    """Return a question that is answered with one code; a mistake that is the key itself falls out."""
    wrong: dict[str, str] = {}
    for code, text in mistakes:
        if code != right:
            wrong.setdefault(code, text)
    return CodeDraw(stem, Choice(right, why), tuple(Choice(code, text) for code, text in wrong.items())[:5])


def _fracture(stream: Stream) -> CodeDraw:
    """Side, displacement and seventh character of a fracture."""
    bone, (pattern, marks) = stream.one(tuple(FRACTURES.items()))
    side = stream.one(tuple(SIDES))
    other = "left" if side == "right" else "right"
    marks = marks or SIDES
    visit, (seventh, why) = stream.one(tuple(FRACTURE_VISITS.items()))
    code = pattern.replace("*", marks[side])
    stem = f"{note(stream, f'closed {bone.format(side)}')} {visit}. {asked(stream, 'the fracture')}"
    return code_draw(
        stem, code + seventh, f"Side and kind of fracture give {code}. {why}",
        (code + "D", "D is for routine healing after active treatment."),
        (code + "A", "A is for active treatment, not for the first visit to a provider."),
        (code + "S", "S is for what remains after the fracture has healed."),
        (pattern.replace("*", marks[other]) + seventh, "This is the other side."),
    )


def _burn(stream: Stream) -> CodeDraw:
    """Degree, site, side and seventh character of a burn."""
    site, pattern = stream.one(tuple(BURN_SITES.items()))
    degree, digit = stream.one(tuple(BURN_DEGREES.items()))
    side, (visit, seventh) = stream.one(tuple(SIDES)), stream.one(tuple(BURN_VISITS.items()))
    def code(at: str, on_side: str, then: str) -> str:
        return pattern.replace("*", at) + SIDES[on_side] + then
    stem = f"{note(stream, f'{degree} of the {site.format(side)}')} {visit}. {asked(stream, 'the burn itself')}"
    return code_draw(
        stem, code(digit, side, seventh),
        f"The fourth character {digit} is the degree, then site and side. The seventh is {seventh}.",
        (code("2" if digit != "2" else "3", side, seventh), "This is another degree. Partial thickness is the second, "
                                                            "full thickness the third."),
        (code(digit, "left" if side == "right" else "right", seventh), "This is the other side."),
        (code(digit, side, "A" if seventh != "A" else "D"), "A is active treatment, D what follows, S a late effect."),
        (code("0", side, seventh), "A degree is documented."),
    )


def _pressure_ulcer(stream: Stream) -> CodeDraw:
    """Site and stage of a pressure ulcer; the stage may come from a nurse."""
    site, code = stream.one(tuple(ULCER_SITES.items()))
    stage, digit = stream.one(tuple(ULCER_STAGES.items()))
    stem = (f"{note(stream, f'pressure ulcer of the {site}', 45, 96)} The wound nurse's note of the same day says: "
            f"{stage}. {asked(stream, 'the ulcer')}")
    return code_draw(
        stem, code + digit,
        f"The physician's diagnosis gives {code}. The stage may be taken from the nurse's notes: {code + digit}.",
        (code + "9", "Unspecified is for an ulcer of which nobody wrote the stage."),
        (code + "0", "Unstageable means covered, so the depth cannot be seen. It is documented, not assumed."),
        (code + ("3" if digit != "3" else "4"), "This is another stage."),
        (code + "6", "Deep tissue damage has its own code and is not a stage."),
    )


def _glaucoma(stream: Stream) -> CodeDraw:
    """Eye and stage of primary open-angle glaucoma."""
    (eye, six), (stage, seven) = stream.one(tuple(EYES.items())), stream.one(tuple(GLAUCOMA_STAGES.items()))
    words = stream.one((f"primary open-angle glaucoma of {'the ' if six != '3' else ''}{eye}, {stage} stage",
                        f"{eye}: primary open-angle glaucoma, stage {stage}",
                        f"chronic simple glaucoma, {eye}, {stage} stage"))
    code = f"H40.11{six}{seven}"
    both = ", the same stage in each eye" if six == "3" else ""
    return code_draw(
        f"{note(stream, words + both, 48, 92)} {asked(stream, 'the glaucoma')}", code,
        f"The sixth character {six} is the eye, the seventh {seven} the stage.",
        (f"H40.11{six}0", "The stage is documented."),
        (f"H40.11{six}4", "Indeterminate is a stage that a provider names, when it cannot be told."),
        (f"H40.119{seven}", "The eye is documented."),
        (f"H40.11{'3' if six != '3' else '1'}{seven}", "This names other eyes than the record."),
    )


def _otitis(stream: Stream) -> CodeDraw:
    """Rupture, recurrence and ear of acute suppurative otitis media."""
    ear, digit = stream.one(tuple(EARS.items()))
    rupture, again = stream.chance(50), stream.chance(40)
    last = digit + (3 if again else 0)
    words = (f"{'recurrent ' if again else ''}acute suppurative otitis media, {ear}, "
             + ("eardrum ruptured spontaneously" if rupture else "eardrum red and bulging, not ruptured"))
    return code_draw(
        f"{note(stream, words, 2, 38)} {asked(stream, 'the ear infection')}", f"H66.0{int(rupture)}{last}",
        f"The fifth character is {int(rupture)}, {'with' if rupture else 'without'} rupture. The sixth gives the ear"
        f"{' and that it recurs' if again else ''}.",
        (f"H66.0{int(not rupture)}{last}", "Look at the eardrum: this is the code with the other state of it."),
        (f"H66.0{int(rupture)}{digit if again else digit + 3}", "Look whether the record calls it recurrent."),
        (f"H66.0{int(rupture)}{(7 if again else 9)}", "The ear is documented."),
        ("H66.90", "The record says more than otitis media."),
    )


def _gout(stream: Stream) -> CodeDraw:
    """Kind, joint and side of gout."""
    (site, joint), (kind, code) = stream.one(tuple(GOUT_SITES.items())), stream.one(tuple(GOUT_KINDS.items()))
    side = stream.one(tuple(SIDES))
    def at(start: str, on_side: str) -> str:
        return f"{start}{joint}{on_side}"
    other = "M10.2" if code == "M10.0" else "M10.0"
    return code_draw(
        f"{note(stream, f'{kind}, acute attack in the {site.format(side)}', 34, 87)} {asked(stream, 'the gout')}",
        at(code, SIDES[side]), f"{code} is the kind, {joint} the joint, {SIDES[side]} the side.",
        (at(code, "2" if side == "right" else "1"), "This is the other side."),
        (at(code, "9"), "The side is documented."),
        (at(other, SIDES[side]), "This is the other cause. Primary gout is idiopathic."),
        ("M10.9", "Kind and joint are documented."),
    )


def _hemiplegia(stream: Stream) -> CodeDraw:
    """Side and dominance of hemiplegia after a cerebral infarction, with the default for what nobody wrote."""
    side, hand = stream.one(tuple(SIDES)), stream.one(("right-handed", "left-handed", "ambidextrous", ""))
    dominant = hand in (f"{side}-handed", "ambidextrous") or (not hand and side == "right")
    last = {(True, "right"): "1", (True, "left"): "2", (False, "right"): "3", (False, "left"): "4"}[dominant, side]
    said = f"The patient is {hand}" if hand else "Handedness is not documented"
    words = stream.one((f"residual hemiplegia of the {side} side from a past cerebral infarction",
                        f"{side} hemiparesis as a sequela of a cerebral infarction"))
    default = {"": f" When it is not documented, the {side} side is taken as "
                   f"{'dominant' if dominant else 'not dominant'}.",
               "ambidextrous": " If the patient is ambidextrous, the affected side is taken as dominant."}.get(hand, "")
    return code_draw(
        f"{note(stream, words, 48, 92)} {said}. {asked(stream, 'the sequela')}", f"I69.35{last}",
        f"{'Dominant' if dominant else 'Non-dominant'} {side} side.{default}",
        (f"I69.35{'3' if side == 'right' else '4'}", "This says that the side is not the dominant one."),
        (f"I69.35{'1' if side == 'right' else '2'}", "This says that the side is the dominant one."),
        ("I69.359", "The side is documented, and the guidelines say what to do about the hand."),
        ("I63.9", "The infarction itself is over."),
    )


def _trimester(stream: Stream) -> CodeDraw:
    """Trimester from the weeks of pregnancy."""
    words, pattern = stream.one(tuple(PREGNANCIES.items()))
    late = "hypertension" in words  # of pregnancy: diagnosed from the 20th week on
    third = stream.whole(2 if late else 1, 3)
    weeks, days = stream.whole(*((7, 13), (20 if late else 14, 27), (28, 38))[third - 1]), stream.whole(0, 6)
    years = stream.whole(36, 44) if "{age}" in words else stream.whole(19, 34)
    stem = (f"{note(stream, words.format(age=years), years, years, woman)} The pregnancy is at {weeks} weeks and "
            f"{days} {'day' if days == 1 else 'days'}, and she goes home. {asked(stream, 'this condition')}")
    def code(trimester: int) -> str:
        return pattern.replace("*", str(trimester))
    spans = {1: "the first trimester, less than 14 weeks 0 days",
             2: "the second trimester, from 14 weeks 0 days to 27 weeks 6 days",
             3: "the third trimester, from 28 weeks 0 days on"}
    return code_draw(
        stem, code(third), f"Week {weeks} falls in {spans[third]}.",
        (code(third % 3 + 1), f"This is {spans[third % 3 + 1]}."),
        (code((third + 1) % 3 + 1), f"This is {spans[(third + 1) % 3 + 1]}."),
        (code(9) if pattern != "O23.4*" else code(0), "The weeks are documented, and they give the trimester."),
    )


INJURIES = "icd-10-cm-official-guidelines-fy-2026-sections-i-c-19-i-c-19"
TEMPLATES = makers(
    (Template("t-code-fracture", ("4.1",), "application", INJURIES, WRITTEN), _fracture),
    (Template("t-code-burn", ("4.1",), "application", "icd-10-cm-fy-2026-burns", WRITTEN), _burn),
    (Template("t-code-pressure-ulcer", ("4.1", "1.1"), "application", "icd-10-cm-fy-2026-documentation-by-others",
              WRITTEN), _pressure_ulcer),
    (Template("t-code-glaucoma", ("4.1",), "application", "icd-10-cm-fy-2026-tabular", WRITTEN), _glaucoma),
    (Template("t-code-otitis", ("4.1",), "application", "icd-10-cm-fy-2026-tabular", WRITTEN), _otitis),
    (Template("t-code-gout", ("4.1",), "application", "icd-10-cm-fy-2026-tabular", WRITTEN), _gout),
    (Template("t-code-hemiplegia", ("4.1",), "analysis", "icd-10-cm-fy-2026-dominant-side", WRITTEN), _hemiplegia),
    (Template("t-code-trimester", ("4.1",), "application", "icd-10-cm-fy-2026-trimesters", WRITTEN), _trimester),
)
