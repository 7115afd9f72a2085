"""Vital signs that fit the person, in the units of an American chart."""

from collections.abc import Mapping

from app.world.model import Sex
from app.world.seed import Stream

# Lowest and highest value; temperature and body mass index in tenths (°F, kg/m²).
ADULT = {"systolic": (112, 134), "diastolic": (66, 82), "pulse": (64, 88), "respirations": (14, 18),
         "temperature": (976, 988), "oxygen": (96, 99), "bmi": (225, 289)}
CHILD = {"systolic": (92, 106), "diastolic": (54, 66), "pulse": (88, 116), "respirations": (20, 26),
         "temperature": (976, 988), "oxygen": (97, 99)}


def vital_words(stream: Stream, age: int, sex: Sex, ranges: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    """Return the words for blood pressure, pulse and the rest. `ranges` narrows or moves the usual ones."""
    usual = ADULT if age >= 13 else CHILD
    drawn = {name: stream.whole(*bounds) for name, bounds in ({**usual, **ranges} if ranges else usual).items()}
    pressure, pulse, breaths = f"{drawn['systolic']}/{drawn['diastolic']}", drawn["pulse"], drawn["respirations"]
    temperature, oxygen = _tenths(drawn["temperature"]), drawn["oxygen"]
    words = _adult_size(stream, sex, drawn["bmi"]) if "bmi" in drawn else _child_size(stream, age)
    words |= {"bp": pressure, "pulse": str(pulse), "respirations": str(breaths), "temperature": temperature,
              "oxygen": str(oxygen)}
    if age < 1:  # the text tells the birth weight; a second one would contradict it
        words["vitals"] = (f"pulse {pulse}, respirations {breaths}, temperature {temperature} °F, oxygen saturation "
                           f"{oxygen}%")
        return words
    index = f", BMI {words['bmi']}" if "bmi" in words else ""
    words["vitals"] = (f"BP {pressure}, pulse {pulse}, respirations {breaths}, temperature {temperature} °F, oxygen "
                       f"saturation {oxygen}%, weight {words['weight']}, height {words['height']}{index}")
    return words


def _adult_size(stream: Stream, sex: Sex, bmi: int) -> dict[str, str]:
    inches = stream.whole(*((61, 68) if sex == "F" else (66, 73)))
    pounds = bmi * inches * inches // 7030
    # The index is worked out again from the written weight and height, so that the three agree.
    exact = (pounds * 7030 + inches * inches // 2) // (inches * inches)
    return {"height": f"{inches} in", "weight": f"{pounds} lb", "bmi": _tenths(exact), "bmi_code": _bmi_code(exact)}


def _child_size(stream: Stream, age: int) -> dict[str, str]:
    if age < 1:
        return _infant_size(stream)
    kilograms = stream.whole(2 * age + 8, 2 * age + 11)
    centimeters = stream.whole(77 + 6 * age, 82 + 6 * age)
    return {"weight": f"{kilograms} kg", "height": f"{centimeters} cm"}


def _infant_size(stream: Stream) -> dict[str, str]:
    """A newborn's: grams and centimeters."""
    return {"weight": f"{stream.whole(2900, 3900)} g", "height": f"{stream.whole(48, 53)} cm"}


def _bmi_code(bmi: int) -> str:
    if bmi < 200:
        return "Z68.1"
    return f"Z68.{bmi // 10}" if bmi < 400 else f"Z68.4{min(1 + (bmi - 400) // 50, 3)}"


def _tenths(value: int) -> str:
    return f"{value // 10}.{value % 10}"
