"""The forms of accounts, with what they say about bad input."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, Length, Regexp

from app.actions.accounts import SHORTEST

_ADDRESS = Regexp(r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$", message="Write an address such as name@example.org.")
_LONG = Length(SHORTEST, 200, message=f"Use {SHORTEST} characters or more.")


def _email(label: str = "Email") -> StringField:
    return StringField(label, [DataRequired("Write your email address."), Length(max=254), _ADDRESS],
                       render_kw={"autocomplete": "email", "type": "email"})


def _new_password(label: str = "Password") -> PasswordField:
    return PasswordField(label, [DataRequired("Choose a password."), _LONG],
                         description=f"At least {SHORTEST} characters. A few words are better than one odd one.",
                         render_kw={"autocomplete": "new-password"})


class SignIn(FlaskForm):
    email = _email()
    password = PasswordField("Password", [DataRequired("Write your password.")],
                             render_kw={"autocomplete": "current-password"})


class Register(FlaskForm):
    name = StringField("Name", [DataRequired("Write your name."), Length(max=80)],
                       description="As your instructor knows you.", render_kw={"autocomplete": "name"})
    email = _email()
    password = _new_password()


class Forgot(FlaskForm):
    email = _email()


class Reset(FlaskForm):
    password = _new_password("New password")
    again = PasswordField("The same once more", [EqualTo("password", "The two are not the same.")],
                          render_kw={"autocomplete": "new-password"})


class Change(Reset):
    old = PasswordField("Present password", [DataRequired("Write your present password.")],
                        render_kw={"autocomplete": "current-password"})


class Join(FlaskForm):
    code = StringField("Class code", [DataRequired("Write the code your instructor gave you."), Length(max=16)],
                       render_kw={"autocomplete": "off"})
