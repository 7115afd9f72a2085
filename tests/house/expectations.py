"""Who may do what: a line a route. A route without a line fails the walk.

Who: nobody, guest, learner (owns the things in the walk), classmate, other class, instructor (of the learner's class),
other instructor, administrator. What: ok (200, 302 to a page, 422), in (sent to sign in), no (404).
"""

WHO = ("nobody", "guest", "learner", "classmate", "other class", "instructor", "other instructor", "administrator")
ALL = dict.fromkeys(WHO, "ok")
SIGNED_IN = {**ALL, "nobody": "in"}
TEACHERS = {**SIGNED_IN, **dict.fromkeys(("guest", "learner", "classmate", "other class"), "no")}
CLASS = {**dict.fromkeys(WHO, "no"), "nobody": "in", "instructor": "ok", "administrator": "ok"}
READS_ATTEMPT = {**dict.fromkeys(WHO, "no"), "nobody": "in", "learner": "ok", "instructor": "ok", "administrator": "ok"}
OWN = {**dict.fromkeys(WHO, "no"), "nobody": "in", "learner": "ok"}

EXPECTED = {
    "GET /": ALL,
    "GET /about": ALL,
    "GET /about/world": ALL,
    "GET /credits": ALL,
    "GET /privacy": ALL,
    "GET /health": ALL,
    "POST /theme": ALL,
    "GET /static/<path:filename>": ALL,
    "POST /guest": ALL,
    "GET /register": ALL,
    "POST /register": ALL,
    "GET /sign-in": ALL,
    "POST /sign-in": ALL,
    "POST /sign-out": SIGNED_IN,
    "GET /forgot": ALL,
    "POST /forgot": ALL,
    "GET /reset/<token>": ALL,
    "POST /reset/<token>": ALL,
    "GET /account": SIGNED_IN,
    "POST /account/join": SIGNED_IN,
    "POST /account/password": SIGNED_IN,
    "GET /home": SIGNED_IN,
    "GET /scenarios": SIGNED_IN,
    "GET /scenarios/<scenario_id>": SIGNED_IN,
    "POST /scenarios/<scenario_id>/start": SIGNED_IN,
    "GET /codes": SIGNED_IN,
    "GET /codes/sets": SIGNED_IN,
    "GET /codes/<code>": SIGNED_IN,
    "GET /codes/book": SIGNED_IN,
    "GET /codes/book/<code>": SIGNED_IN,
    "GET /codes/guided": SIGNED_IN,
    "GET /codes/guided/<code>": SIGNED_IN,
    "GET /codes/pcs": SIGNED_IN,
    "GET /x12": SIGNED_IN,
    "POST /x12": SIGNED_IN,
    "GET /attempts/<attempt_id>": READS_ATTEMPT,
    "GET /attempts/<attempt_id>/steps/<step_id>": READS_ATTEMPT,
    "GET /attempts/<attempt_id>/steps/<step_id>/papers/<paper_id>.pdf": READS_ATTEMPT,
    "GET /attempts/<attempt_id>/summary": READS_ATTEMPT,
    "POST /attempts/<attempt_id>/steps/<step_id>/draft": OWN,
    "POST /attempts/<attempt_id>/steps/<step_id>/edits": OWN,
    "POST /attempts/<attempt_id>/steps/<step_id>/hint": OWN,
    "POST /attempts/<attempt_id>/steps/<step_id>/hand-in": OWN,
    "POST /attempts/<attempt_id>/steps/<step_id>/dispute": OWN,
    "GET /questions": SIGNED_IN,
    "POST /questions": SIGNED_IN,
    "GET /questions/<sitting_id>": OWN,
    "GET /questions/<sitting_id>/<int(max=9999):position>": OWN,
    "POST /questions/<sitting_id>/<int(max=9999):position>": OWN,
    "GET /drills": SIGNED_IN,
    "POST /drills": SIGNED_IN,
    "GET /drills/<drill_id>": OWN,
    "GET /drills/<drill_id>/charts/<int(max=9999):position>": OWN,
    "POST /drills/<drill_id>/charts/<int(max=9999):position>/draft": OWN,
    "POST /drills/<drill_id>/charts/<int(max=9999):position>/hand-in": OWN,
    "POST /drills/<drill_id>/charts/<int(max=9999):position>/skip": OWN,
    "POST /drills/<drill_id>/stop": OWN,
    "GET /classes": TEACHERS,
    "POST /classes": TEACHERS,
    "GET /classes/<class_id>": CLASS,
    "POST /classes/<class_id>/assignments": CLASS,
    "GET /classes/<class_id>/disputes": CLASS,
    "POST /classes/<class_id>/disputes/<dispute_id>": CLASS,
}
