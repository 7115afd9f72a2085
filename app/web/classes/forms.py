"""The forms of classes."""

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional


class NewClass(FlaskForm):
    name = StringField("Name of the class", [DataRequired("Name the class."), Length(max=80)],
                       description="Such as HIT 210, autumn 2026.")


class NewAssignment(FlaskForm):
    scenario = SelectField("Scenario")
    title = StringField("Title", [DataRequired("Give it a title."), Length(max=120)])
    opens_at = DateTimeLocalField("Opens", [Optional()], format="%Y-%m-%dT%H:%M",
                                  description="UTC. Leave blank to open at once.")
    due_at = DateTimeLocalField("Due", [Optional()], format="%Y-%m-%dT%H:%M",
                                description="UTC. Leave blank for no due date.")
    attempts = IntegerField("Attempts allowed", [InputRequired("Say how many."), NumberRange(1, 20, "From 1 to 20.")],
                            default=3)
