"""The table of a closed survey: counts, and texts that no spreadsheet runs."""

import csv
import io

from tests.factories.evaluations import answer_all, close, make_end_round


def test_counts_and_texts_without_who(as_trainer, cohort):
    round_ = make_end_round(cohort, 5)
    answer_all(round_, [{"q1": "4", "q9": "=HYPERLINK(1)"}] * 5)
    close(round_)
    response = as_trainer.get(f"/survey-rounds/{round_.id}/answers.csv")
    assert response.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert rows[0] == ["question", "answered", "answer", "count"]
    assert [row[1:] for row in rows if row[2] == "Useful"] == [["5", "Useful", "5"]]
    assert [row[2] for row in rows if "HYPERLINK" in row[2]] == ["'=HYPERLINK(1)"] * 5
    assert ["The trainers explained well.", "fewer than 5", "", ""] in rows


def test_before_closing_and_under_five_there_is_nothing(as_trainer, cohort):
    round_ = make_end_round(cohort, 5)
    answer_all(round_, [{"q9": "Hidden words"}] * 4)
    address = f"/survey-rounds/{round_.id}/answers.csv"
    assert as_trainer.get(address).status_code == 409
    close(round_)
    response = as_trainer.get(address)
    assert response.status_code == 409
    assert "Hidden words" not in response.text


def test_strangers_trainees_and_trainers_of_others_are_refused(client, as_trainee, as_another_trainer, cohort):
    address = f"/survey-rounds/{make_end_round(cohort).id}/answers.csv"
    got = [each.get(address).status_code for each in (client, as_trainee, as_another_trainer)]
    assert got == [303, 403, 404]
    assert as_another_trainer.post_form(address).status_code == 405
