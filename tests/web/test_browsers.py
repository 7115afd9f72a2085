"""The tests themselves: two browsers are two people, or no test of access would mean anything."""


def test_each_browser_is_its_own_person(cast, browse):
    learner, classmate, nobody = browse("learner"), browse("classmate"), browse("nobody")
    assert "learner@example.org" in learner.get("/account").text
    assert "classmate@example.org" in classmate.get("/account").text
    assert nobody.get("/account").status_code == 302
    assert "learner@example.org" in learner.get("/account").text
