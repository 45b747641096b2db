"""A naive reference scorer, deliberately written apart from the library.

It shares no code with the library, imports nothing of it, and was written from the decision's text and
the data files alone. Where it and the library disagree, one of them misreads the law. Keep it plain:
loops and parsed JSON, nothing to be clever about, and never "fix" it by copying from the library.

The law is Decision 26/2026/QĐ-TTg: Art. 3 (parts and bands), Art. 4 (levels), Annex II (criteria sets); before it
Decision 148/QĐ-TTg of 2023, which marks some criteria as a whole, and Decision 1048/QĐ-TTg of 2019, whose first tourism
set has criteria with ticks that add up.

A choice is an option's letter, or None; in a criterion whose ticks add up, a tuple of letters, or None.
"""

import random
from typing import Any

Choice = str | tuple[str, ...] | None


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


def letters_of(choice: Choice) -> list[str]:
    """List the letters of a choice: none, one, or all that are ticked."""
    if choice is None:
        return []
    if isinstance(choice, str):
        return [choice]
    return list(choice)


def points_of(criterion: dict[str, Any], choice: Choice) -> int:
    """Give the points of the chosen option, or of all ticks; no option met is 0 points."""
    points = 0
    for letter in letters_of(choice):
        points += criterion["options"][place_of(criterion, letter)]["points"]
    return points


def as_good_as(criterion: dict[str, Any], choice: Choice, wanted: str) -> bool:
    """Tell whether the chosen option is the wanted one or a better one; of ticks, whether the wanted one is there."""
    letters = letters_of(choice)
    if criterion.get("additive") or not letters:
        return wanted in letters
    letter = letters[0]
    chosen_option = criterion["options"][place_of(criterion, letter)]
    wanted_option = criterion["options"][place_of(criterion, wanted)]
    if chosen_option.get("case") == wanted_option.get("case"):
        return place_of(criterion, letter) >= place_of(criterion, wanted)
    return bool(chosen_option["points"] >= wanted_option["points"])


def unmet_in(criterion: dict[str, Any], choice: Choice) -> list[tuple[str, str, int]]:
    """List the minimums of one criterion that the choice does not meet, by ascending star.

    Where the criterion itself is marked, any of its options will do; listed is the first.
    """
    letters = letters_of(choice)
    unmet = []
    for star in (1, 2, 3, 4, 5):
        marked = []
        for option in criterion["options"]:
            if option.get("minimum_for") == star:
                marked.append(option)
        met = True
        if marked:
            met = False
            for option in marked:
                if as_good_as(criterion, choice, option["letter"]):
                    met = True
        elif criterion.get("minimum_for") == star:
            met = len(letters) > 0
            marked = [criterion["options"][0]]
        if met:
            continue
        listed = marked[0]
        if letters:
            chosen_case = criterion["options"][place_of(criterion, letters[0])].get("case")
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
    for rule in set_document.get("rules", []):
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
    choices: dict[str, Choice],
    findings: list[str],
    allow_incomplete: bool = False,
) -> dict[str, Any]:
    """Score one complete and valid sheet; by a set that says that it is not complete, only where that is allowed."""
    if set_document.get("complete") is False and not allow_incomplete:
        raise ValueError(f"{set_document['id']} is not complete")
    total = 0
    part_totals = {}
    points = {}
    unmet = []
    for part in set_document["parts"]:
        part_totals[part["code"]] = 0
        for criterion in criteria_below(part):
            choice = choices[criterion["code"]]
            got = points_of(criterion, choice)
            points[criterion["code"]] = got
            part_totals[part["code"]] += got
            total += got
            unmet.extend(unmet_in(criterion, choice))

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


def random_ticks(criterion: dict[str, Any], mode: str, pull: float, rng: random.Random) -> Choice:
    """Draw ticks, in any order, or None; outside the uniform mode, each is or is not set with probability `pull`."""
    chance = {"uniform": 0.5, "mostly-best": pull, "mostly-worst": 1 - pull}[mode]
    ticks = []
    for option in criterion["options"]:
        if rng.random() < chance:
            ticks.append(option["letter"])
    rng.shuffle(ticks)
    if not ticks and rng.random() < 0.5:
        return None
    return tuple(ticks)


def random_choice(criterion: dict[str, Any], mode: str, pull: float, rng: random.Random) -> Choice:
    """Draw a letter or None; outside the uniform mode, the best or the worst with probability `pull`."""
    if criterion.get("additive"):
        return random_ticks(criterion, mode, pull, rng)
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


def random_sheet(set_document: dict[str, Any], rng: random.Random) -> tuple[dict[str, Choice], list[str]]:
    """Draw the choices and findings of a valid sheet."""
    mode = rng.choice(["uniform", "mostly-best", "mostly-best", "mostly-worst"])
    pull = rng.uniform(0.5, 1.0)
    choices: dict[str, Choice] = {}
    criteria = {}
    for part in set_document["parts"]:
        for criterion in criteria_below(part):
            criteria[criterion["code"]] = criterion
            choices[criterion["code"]] = random_choice(criterion, mode, pull, rng)

    causes = []
    for rule in set_document.get("rules", []):
        if rule["effect"] == "applies-only-if":
            code, needed = rule["criterion"], rule["depends_on"]
            if points_of(criteria[needed], choices[needed]) == 0:
                without_points: list[Choice] = [None]
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
