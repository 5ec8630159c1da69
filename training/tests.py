"""Tests of what training and the Rust code must agree on: `python -m unittest training.tests`."""

import unittest

import numpy as np
import torch

from .batches import Item, collate
from .data import Comment, Unit
from .labels import FLAG_LABELS
from .model import link_scores
from .scoreboard import comparisons
from .scores import foremost
from .split import is_development, split
from .summaries import check, cut, lexrank, own_units
from .vocabulary import CLS, SEP, Vocabulary, prune
from .windows import LENGTH, windows

SENTENCE = "The router drops every packet whose checksum is wrong. "


def comment(text: str, answered: str, units: list[tuple[int, int]], group: str = "g") -> Comment:
    flags = (False,) * len(FLAG_LABELS)
    return Comment(
        group=group,
        board="test",
        text=text,
        answered=answered,
        answered_units=((0, 5), (6, len(answered))),
        units=tuple(Unit(span, 0, flags) for span in units),
        stance=1,
        targets=frozenset({1}),
    )


class Windows(unittest.TestCase):
    vocabulary: Vocabulary

    @classmethod
    def setUpClass(cls) -> None:
        cls.vocabulary = prune([SENTENCE], 4000)

    def words(self, ids: list[int]) -> str:
        return self.vocabulary.tokenizer.decode(ids)

    def test_a_short_reply_is_one_window(self) -> None:
        text = "Ünder load? No, it drops."
        found = windows(
            comment(text, "Oops. The router drops it.", [(0, 11), (12, 25)]),
            self.vocabulary.tokenizer,
        )
        self.assertEqual(len(found), 1)
        window = found[0]
        self.assertEqual((window.ids[0], window.ids[-1]), (CLS, SEP))
        self.assertEqual(window.ids[window.comment[0] - 1], SEP)
        places = dict(window.units)
        self.assertEqual(places[1][1], window.comment[1])
        self.assertEqual(places[0][1], places[1][0])
        start, end = dict(window.parents)[1]
        self.assertEqual(self.words(window.ids[start:end]).split()[0], "the")

    def test_every_unit_of_a_long_comment_is_read_once(self) -> None:
        count = 90
        spans = [(at * len(SENTENCE), (at + 1) * len(SENTENCE)) for at in range(count)]
        found = windows(comment(SENTENCE * count, SENTENCE * 40, spans), self.vocabulary.tokenizer)
        self.assertGreater(len(found), 5)
        self.assertTrue(all(len(window.ids) <= LENGTH for window in found))
        units = [number for window in found for number, _ in window.units]
        self.assertEqual(sorted(units), list(range(count)))

    def test_texts_without_tokens_have_windows(self) -> None:
        found = windows(comment("", "", [(0, 0)]), self.vocabulary.tokenizer)
        self.assertEqual(found[0].ids, [CLS, SEP, SEP])
        self.assertEqual((found[0].units, found[0].parents), ([], []))

    def test_padding_changes_no_link(self) -> None:
        short, long = (
            comment("No.", "Oops. Why?", [(0, 3)]),
            comment(SENTENCE * 3, "Oops. Why?", [(0, 9)]),
        )
        items = [
            Item(windows(each, self.vocabulary.tokenizer)[0], number, 1)
            for number, each in enumerate((short, long))
        ]
        alone, both = collate(items[:1], [short]), collate(items, [short, long])
        logits = torch.rand(2, both.units.shape[1], both.parents.shape[1])
        first = link_scores(logits[:1, :1, :2], alone.units)
        self.assertTrue(torch.allclose(first, link_scores(logits, both.units)[:1, :2]))


class Disguises(unittest.TestCase):
    def test_lookalikes_and_spaced_letters_are_read_as_the_word(self) -> None:
        tokenizer = prune(["you idiot, a plan B i think"], 4000).tokenizer

        def pieces(text: str) -> list[str]:
            return tokenizer.encode(text, add_special_tokens=False).tokens

        for disguised in ("you іdіоt", "you i d i o t"):
            self.assertEqual(pieces(disguised), pieces("you idiot"))
        self.assertEqual(len(pieces("a plan B i think")), 5)
        spaced = tokenizer.encode("you i d i o t, no", add_special_tokens=False)
        self.assertEqual(spaced.offsets[1], (4, 13))


class Split(unittest.TestCase):
    def test_sides_are_those_of_the_rust_code(self) -> None:
        sides = [number for number in range(40) if is_development(f"group {number}")]
        self.assertEqual(sides, [7, 11, 18, 22, 23, 24, 26, 30, 31, 33])

    def test_near_duplicates_are_left_out(self) -> None:
        kept = next(f"group {n}" for n in range(99) if is_development(f"group {n}"))
        other = next(f"group {n}" for n in range(99) if not is_development(f"group {n}"))
        long = " ".join(f"word{number}" for number in range(40))
        comments = [
            comment(long, "", [], kept),
            comment(f"{long}, indeed", "", [], other),
            comment("Thanks for the patch.", "", [], other),
        ]
        learnt, development, dropped = split(comments, [])
        self.assertEqual((len(learnt), len(development), dropped), (1, 1, 1))


class Attack(unittest.TestCase):
    def test_a_label_below_its_threshold_hides_none(self) -> None:
        logits = np.array([[2.0, 1.0], [1.0, 0.5], [-3.0, -4.0]])
        asserted = np.array([[True, True], [False, True], [False, False]])
        expected = [[True, False], [False, True], [False, False]]
        self.assertEqual(foremost(asserted, logits).tolist(), expected)


class Scoreboard(unittest.TestCase):
    def test_attacks_meet_comments_that_won_and_others_of_their_threads(self) -> None:
        rows = [
            {"id": str(n), "text": f"text {n}", "group": group, "ad_hominem": attack, "delta": won}
            for n, (group, attack, won) in enumerate(
                [("a", True, False), ("a", False, True), ("a", False, False), ("b", False, True)]
            )
        ]
        won, others = [rows for _, rows in comparisons(rows)]
        self.assertEqual([row["id"] for row in won], ["0", "1", "3"])
        self.assertEqual({row["group"] for row in others}, {"a"})
        self.assertEqual(len(others), 2)


class Summaries(unittest.TestCase):
    thread = {"comments": [{"id": "a@b", "text": "Zoë 🔑 left. The key  leaked."}]}

    def extract(self, unit: str, text: str) -> dict[str, object]:
        sentence = {"unit": unit, "comment": "a@b", "author": None, "text": text}
        empty: dict[str, object] = {"contested": [], "questions": [], "evidence": []}
        return {"about": [], **empty, "derailments": [{"at": sentence, "before": None}]}

    def test_a_sentence_that_stands_elsewhere_is_found(self) -> None:
        good = self.extract("a@b@12-27", "The key  leaked")
        self.assertEqual(check([self.thread], [good]), 1)
        for unit, text in (("a@b@11-26", "The key  leaked"), ("a@b@12-27", "The key leaked")):
            with self.assertRaises(AssertionError):
                check([self.thread], [self.extract(unit, text)])

    def test_baselines_choose_among_the_units_and_are_cut(self) -> None:
        analysis = {"units": [{"comment": "a@b", "start": 12, "end": 28}]}
        self.assertEqual(own_units(self.thread, analysis), [["The key leaked."]])
        self.assertEqual(len(cut(["word " * 50, "more " * 50]).split()), 60)
        near = [["keys leak from images"], ["images leak keys"], ["bananas"], ["keys leak daily"]]
        self.assertEqual(lexrank(near)[-1], "bananas")
        self.assertEqual(lexrank([]), [])


if __name__ == "__main__":
    unittest.main()
