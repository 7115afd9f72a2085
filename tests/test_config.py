"""The settings: read once, checked once, one clear line when one cannot be used."""

import stat

import pytest

from app.config import SettingsError, from_environment


def read(folder, **environ):
    return from_environment({"CHARTROOM_INSTANCE": str(folder), **environ})


def test_a_site_needs_no_setting_at_all(tmp_path):
    settings = read(tmp_path / "new")
    assert settings.database_url == f"sqlite:///{tmp_path / 'new' / 'chartroom.sqlite'}"
    assert settings.mail is None


def test_the_key_is_made_once_and_is_nobody_else_s_to_read(tmp_path):
    first = read(tmp_path).secret_key
    assert read(tmp_path).secret_key == first
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_is_reached_by_psycopg(tmp_path, given):
    assert read(tmp_path, DATABASE_URL=given).database_url == "postgresql+psycopg://u@h/d"


@pytest.mark.parametrize(("environ", "said"), [
    ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
    ({"DATABASE_URL": "mysql://h/d"}, "must begin with postgresql://"),
    ({"REDIS_URL": "localhost"}, "REDIS_URL must begin with"),
    ({"SITE_URL": "chartroom.example.org"}, "SITE_URL must begin with https://"),
    ({"MAIL_SERVER": "mail.example.org"}, "MAIL_SERVER needs SITE_URL"),
    ({"MAIL_SERVER": "mail.example.org", "SITE_URL": "https://a.example"}, "needs MAIL_FROM"),
    ({"TRUSTED_PROXIES": "one"}, "TRUSTED_PROXIES must be a whole number from 0 to 9, not 'one'"),
])
def test_a_bad_setting_is_told_in_one_line(tmp_path, environ, said):
    with pytest.raises(SettingsError, match=said) as raised:
        read(tmp_path, **environ)
    assert "\n" not in str(raised.value)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="set CHARTROOM_INSTANCE to another folder"):
        read(tmp_path / "file" / "instance")


def test_cookies_are_secure_on_a_secure_site(tmp_path):
    assert read(tmp_path, SITE_URL="https://chartroom.example.org").secure_cookies
    assert not read(tmp_path).secure_cookies
