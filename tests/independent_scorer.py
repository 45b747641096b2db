"""A naive reference scorer, deliberately written apart from the library.

It shares no code with the library, imports nothing of it, and was written from the decision's text and
the data files alone. Where it and the library disagree, one of them misreads the law. Keep it plain:
loops and parsed JSON, nothing to be clever about, and never "fix" it by copying from the library.

The law is Decision 26/2026/QĐ-TTg: Art. 3 (parts and bands), Art. 4 (levels), Annex II (criteria sets).
"""

import random
from typing import Any


def criteria_below(node: dict[str, Any]) -> list[dict[str, Any]]:
    """List the scored criteria below a part or a section, in printed order."""
    found: list[dict[str, Any]] = []
    for item in node["items"]:
        if "options" in item:
            found.append(item)
        else:
            found.extend(criteria_below(item))
    return found


def place_of(criterion: dict[str, Any], letter: str) -> int:
    """Give the printed place (0 is the first) of the option with this letter."""
    for place in range(len(criterion["options"])):
        if criterion["options"][place]["letter"] == letter:
            return place
    raise ValueError(f"criterion {criterion['code']} has no option {letter!r}")


def points_of(criterion: dict[str, Any], letter: str | None) -> int:
    """Give the points of the chosen option; no option met is 0 points."""
    if letter is None:
        return 0
    points: int = criterion["options"][place_of(criterion, letter)]["points"]
    return points


def as_good_as(criterion: dict[str, Any], letter: str | None, wanted: str) -> bool:
    """Tell whether the chosen option is the wanted one or a better one."""
    if letter is None:
        return False
    chosen_option = criterion["options"][place_of(criterion, letter)]
    wanted_option = criterion["options"][place_of(criterion, wanted)]
    if chosen_option.get("case") == wanted_option.get("case"):
        return place_of(criterion, letter) >= place_of(criterion, wanted)
    return bool(chosen_option["points"] >= wanted_option["points"])


def unmet_in(criterion: dict[str, Any], letter: str | None) -> list[tuple[str, str, int]]:
    """List the minimums of one criterion that the choice does not meet, by ascending star."""
    unmet = []
    for star in (1, 2, 3, 4, 5):
        marked = []
        for option in criterion["options"]:
            if option.get("minimum_for") == star:
                marked.append(option)
        if not marked:
            continue
        met = False
        for option in marked:
            if as_good_as(criterion, letter, option["letter"]):
                met = True
        if met:
            continue
        listed = marked[0]
        if letter is not None:
            chosen_case = criterion["options"][place_of(criterion, letter)].get("case")
            for option in reversed(marked):
                if option.get("case") == chosen_case:
                    listed = option
        unmet.append((criterion["code"], listed["letter"], star))
    return unmet


def outcome_of(set_document: dict[str, Any], points: dict[str, int], findings: list[str]) -> str:
    """Give the gravest outcome that the rules of the set lead to."""
    disqualified = False
    not_eligible = False
    stopped = False
    for rule in set_document["rules"]:
        found = rule.get("cause") in findings
        if rule["effect"] == "disqualified" and found:
            disqualified = True
        if rule["effect"] == "not-evaluated" and found:
            not_eligible = True
        if rule["effect"] == "required" and found:
            not_eligible = True
        if rule["effect"] == "evaluation-stops":
            if "criteria" in rule:
                for code in rule["criteria"]:
                    if points[code] == 0:
                        stopped = True
            elif found:
                stopped = True
    if disqualified:
        return "disqualified"
    if not_eligible:
        return "not-eligible"
    if stopped:
        return "stopped"
    return "ranked"


def score(
    set_document: dict[str, Any],
    edition_document: dict[str, Any],
    choices: dict[str, str | None],
    findings: list[str],
) -> dict[str, Any]:
    """Score one complete and valid sheet."""
    total = 0
    part_totals = {}
    points = {}
    unmet = []
    for part in set_document["parts"]:
        part_totals[part["code"]] = 0
        for criterion in criteria_below(part):
            letter = choices[criterion["code"]]
            got = points_of(criterion, letter)
            points[criterion["code"]] = got
            part_totals[part["code"]] += got
            total += got
            unmet.extend(unmet_in(criterion, letter))

    outcome = outcome_of(set_document, points, findings)
    star_by_points = 0
    star = None
    for band in sorted(edition_document["bands"], key=lambda band: int(band["star"])):
        if total < band["floor"]:
            continue
        star_by_points = band["star"]
        blocked = False
        for _code, _letter, unmet_star in unmet:
            if unmet_star <= band["star"]:
                blocked = True
        if outcome == "ranked" and not blocked:
            star = band["star"]
    return {
        "total": total,
        "part_totals": part_totals,
        "star_by_points": star_by_points,
        "unmet_minimums": unmet,
        "star": star,
        "outcome": outcome,
    }


def random_choice(criterion: dict[str, Any], mode: str, pull: float, rng: random.Random) -> str | None:
    """Draw a letter or None; outside the uniform mode, the best or the worst with probability `pull`."""
    every: list[str | None] = [None]
    best: list[str | None] = []
    worst: list[str | None] = [None]
    all_points = [option["points"] for option in criterion["options"]]
    for option in criterion["options"]:
        every.append(option["letter"])
        if option["points"] == max(all_points):
            best.append(option["letter"])
        if option["points"] == min(all_points):
            worst.append(option["letter"])
    if mode == "mostly-best" and rng.random() < pull:
        return rng.choice(best)
    if mode == "mostly-worst" and rng.random() < pull:
        return rng.choice(worst)
    return rng.choice(every)


def random_sheet(set_document: dict[str, Any], rng: random.Random) -> tuple[dict[str, str | None], list[str]]:
    """Draw the choices and findings of a valid sheet."""
    mode = rng.choice(["uniform", "mostly-best", "mostly-best", "mostly-worst"])
    pull = rng.uniform(0.5, 1.0)
    choices: dict[str, str | None] = {}
    criteria = {}
    for part in set_document["parts"]:
        for criterion in criteria_below(part):
            criteria[criterion["code"]] = criterion
            choices[criterion["code"]] = random_choice(criterion, mode, pull, rng)

    causes = []
    for rule in set_document["rules"]:
        if rule["effect"] == "applies-only-if":
            code, needed = rule["criterion"], rule["depends_on"]
            if points_of(criteria[needed], choices[needed]) == 0:
                without_points: list[str | None] = [None]
                for option in criteria[code]["options"]:
                    if option["points"] == 0:
                        without_points.append(option["letter"])
                choices[code] = rng.choice(without_points)
        if rule["effect"] in ("disqualified", "not-evaluated", "required"):
            causes.append(rule["cause"])
        if rule["effect"] == "evaluation-stops" and "criteria" not in rule:
            causes.append(rule["cause"])
    findings: list[str] = []
    if causes and rng.random() < 0.1:
        findings = rng.sample(causes, min(len(causes), rng.choice([1, 2])))
    return choices, findings
